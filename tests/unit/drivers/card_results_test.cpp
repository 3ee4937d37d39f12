// What the driver makes of each result (SW3) of the security module, and how often it asks before.
#include "card_bench.hpp"
#include "drivers/id_card/codec/status_words.hpp"

#include <algorithm>

namespace drivers::id_card {
namespace {

using base::FaultCode;
using domain::DeviceState;

struct Result {
    std::uint8_t sw3;
    FaultCode ends_in;
    int asked;  // 2: resent once; 3: begun anew with the card that lies there
};
constexpr std::array results{Result{0x10, FaultCode::CardFrameGarbled, 2},
                             Result{0x11, FaultCode::CardFrameGarbled, 2},
                             Result{0x21, FaultCode::CardReadFailed, 1},
                             Result{0x23, FaultCode::CardReadFailed, 1},
                             Result{0x24, FaultCode::CardReadFailed, 3},
                             Result{0x31, FaultCode::CardReadFailed, 1},
                             Result{0x32, FaultCode::CardReadFailed, 1},
                             Result{0x33, FaultCode::CardReadFailed, 1},
                             Result{0x34, FaultCode::CardReadFailed, 3},
                             Result{0x37, FaultCode::CardReadFailed, 1},
                             Result{0x3F, FaultCode::CardReadFailed, 1},
                             Result{0x40, FaultCode::CardNotIdCard, 1},
                             Result{0x41, FaultCode::CardReadFailed, 1},
                             Result{0x47, FaultCode::CardReadFailed, 1},
                             Result{0x60, FaultCode::CardReaderModuleFailed, 1},
                             Result{0x66, FaultCode::CardReaderModuleFailed, 1},
                             Result{0x81, FaultCode::CardReadFailed, 3},
                             Result{0x91, FaultCode::CardReadFailed, 1},
                             Result{0xEE, FaultCode::CardReadFailed, 1}};  // stands in no table

TEST(card_results, each_ends_a_read_as_its_row_says_and_gives_no_part_of_a_card) {
    for (const auto& [sw3, ends_in, asked] : results) {
        SCOPED_TRACE(static_cast<int>(sw3));
        CardBench bench;
        bench.device->sam().refuse(read_text_and_photo, sw3);
        bench.place("wang_xiulan");
        const auto record = bench.read();
        ASSERT_FALSE(record);
        EXPECT_EQ(record.error().code, ends_in) << record.error().safe_detail;
        const auto commands = bench.device->sam().asked();
        EXPECT_EQ(std::count(commands.begin(), commands.end(), read_text_and_photo), asked);
    }
}

TEST(card_results, every_row_of_the_table_is_tried_here) {
    for (const auto& row : status_words) {
        const bool is_answer_to_find = row.sw3 == sw_card_found || row.sw3 == sw_no_card;
        EXPECT_TRUE(row.sw3 == sw_success || is_answer_to_find ||
                    std::any_of(results.begin(), results.end(),
                                [&](const auto& result) { return result.sw3 == row.sw3; }))
            << row.word;
    }
}

TEST(card_results, a_module_that_card_after_card_does_not_trust_is_suspect_until_one_is_read) {
    CardBench bench;
    bench.device->sam().refuse(read_text_and_photo, sw_card_distrusts_module);
    for (int card = 1; card <= 3; ++card) {
        bench.place("wang_xiulan");  // lifted and placed again
        EXPECT_FALSE(bench.read());
        EXPECT_EQ(bench.reader->health().state == DeviceState::degraded, card == 3) << card;
    }
    EXPECT_EQ(bench.reader->health().fault->code, FaultCode::CardReaderModuleFailed);
    bench.device->sam().refuse_nothing();
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
    EXPECT_EQ(bench.reader->health().state, DeviceState::ready);
}

}  // namespace
}  // namespace drivers::id_card
