// A card reader that fails again and again, or comes and goes.
#include "card_bench.hpp"

namespace drivers::id_card {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;

constexpr int failures_until_given_up = 5;

TEST(card_reader_supervision, one_that_fails_again_and_again_is_given_up_and_left_alone) {
    CardBench bench;
    bench.place("wang_xiulan", CardFault::unauthorised);
    for (int i = 0; i < failures_until_given_up; ++i) {
        const auto record = bench.read();
        ASSERT_FALSE(record);
        const auto code = record.error().code;
        EXPECT_TRUE(code == FaultCode::CardReaderModuleFailed ||
                    code == FaultCode::DeviceKeepsFailing);
    }
    EXPECT_EQ(bench.reader->health().fault,
              (base::Fault{FaultCode::DeviceKeepsFailing, "CardReaderModuleFailed"}));
    const auto transfers = bench.device->transfers();
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, FaultCode::DeviceKeepsFailing);
    EXPECT_EQ(bench.device->transfers(), transfers);  // it was answered without asking the reader
}

TEST(card_reader_supervision, one_that_was_given_up_is_tried_when_it_is_plugged_in_again) {
    CardBench bench;
    bench.place("wang_xiulan", CardFault::unauthorised);
    for (int i = 0; i < failures_until_given_up; ++i) ASSERT_FALSE(bench.read());
    ASSERT_EQ(bench.reader->health().fault->code, FaultCode::DeviceKeepsFailing);
    bench.device->unplug();
    bench.device->set_fault(CardFault::none);
    bench.device->plug();
    ASSERT_TRUE(bench.is_ready());
    EXPECT_TRUE(bench.read());
}

TEST(card_reader_supervision, a_plug_pulled_from_an_idle_reader_is_told_and_its_return_as_well) {
    CardBench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    bench.reader->stop();
    for (int round = 0; round < 20; ++round) {
        bench.device->unplug();
        const auto gone =
            bench.inbox.next_health(DeviceKind::id_card_reader, DeviceState::unavailable);
        ASSERT_TRUE(gone) << round;
        EXPECT_TRUE(gone->fault->code == FaultCode::CardReaderUnplugged ||
                    gone->fault->code == FaultCode::CardReaderAbsent);
        bench.device->plug();
        ASSERT_TRUE(bench.is_ready()) << round;
    }
}

TEST(card_reader_supervision, nobody_is_told_of_plugging_after_the_reader_has_gone) {
    CardBench bench;
    bench.start();
    ASSERT_TRUE(bench.is_ready());
    bench.reader.reset();
    const auto said = bench.inbox.size();
    bench.device->unplug();
    bench.device->plug();
    EXPECT_EQ(bench.inbox.size(), said);
}

}  // namespace
}  // namespace drivers::id_card
