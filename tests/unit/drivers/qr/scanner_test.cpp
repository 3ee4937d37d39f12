// Bar code scanners: what their bytes say, and that bad bytes say nothing.
#include "drivers/qr/scanner/codec/pos_reports.hpp"
#include "drivers/qr/scanner/emulated/emulated_pos_scanner.hpp"

#include <gtest/gtest.h>

namespace drivers::qr {
namespace {

using base::Millis;

PosLayout layout_of(const EmulatedPosScanner& scanner) {
    return pos_layout(input_fields(scanner.descriptor()).value()).value();
}

std::vector<std::string> texts_of(PosReports& stream, const std::vector<base::Bytes>& reports,
                                  Millis from = Millis{0}, Millis gap = Millis{8}) {
    std::vector<std::string> out;
    for (const auto& report : reports) {
        if (const auto text = stream.take(report, from)) out.push_back(*text->text);
        from += gap;
    }
    return out;
}

std::string long_text(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('!' + i % 90);
    return text;
}

TEST(hid_descriptor, the_fields_of_a_scanner_stand_where_its_descriptor_puts_them) {
    const auto layout = layout_of({});
    EXPECT_EQ(layout.report, 2);
    EXPECT_EQ(layout.length_byte, 0);
    EXPECT_EQ(layout.aim_byte, 1);
    EXPECT_EQ(layout.data_byte, 4);
    EXPECT_EQ(layout.data_bytes, 56);
    EXPECT_EQ(layout.more_bit, 62 * 8);
    EXPECT_EQ(layout.bytes, 63);
}

TEST(hid_descriptor, without_a_length_byte_everything_moves_up_by_one) {
    const auto layout = layout_of({false});
    EXPECT_FALSE(layout.length_byte);
    EXPECT_EQ(layout.aim_byte, 0);
    EXPECT_EQ(layout.data_byte, 3);
}

TEST(hid_descriptor, one_cut_anywhere_in_its_collections_is_malformed) {
    const auto whole = EmulatedPosScanner{}.descriptor();
    constexpr std::size_t first_collection = 6;  // bytes until it is open
    for (std::size_t size = first_collection; size < whole.size(); ++size)
        EXPECT_FALSE(input_fields(base::ByteView(whole).first(size))) << size;
}

TEST(hid_descriptor, sizes_and_depths_no_device_has_are_refused) {
    EXPECT_FALSE(input_fields(base::Bytes{0x77, 0xFF, 0xFF, 0xFF, 0xFF}));  // report size
    EXPECT_FALSE(input_fields(base::Bytes{0x97, 0xFF, 0xFF, 0xFF, 0x7F}));  // report count
    EXPECT_FALSE(input_fields(base::Bytes{0xC0}));                          // closes nothing
    EXPECT_FALSE(input_fields(base::Bytes{0xB4}));                          // pops nothing
    EXPECT_FALSE(input_fields(base::Bytes{0x85, 0x00}));                    // report id 0
    base::Bytes deep;
    for (int i = 0; i < 40; ++i) deep.insert(deep.end(), {0xA1, 0x00});
    EXPECT_FALSE(input_fields(deep));
}

TEST(pos_layout, a_scanner_that_types_keystrokes_is_no_pos_scanner) {
    const auto fields = input_fields(keyboard_descriptor());
    ASSERT_TRUE(fields);
    EXPECT_FALSE(fields->empty());
    EXPECT_FALSE(pos_layout(*fields));
}

TEST(pos_reports, a_short_and_a_long_code_come_whole_with_and_without_a_length_byte) {
    for (const bool says_length : {true, false}) {
        const EmulatedPosScanner scanner{says_length};
        PosReports stream(layout_of(scanner));
        for (const std::size_t size : {1U, 55U, 56U, 57U, 112U, 300U, 2953U}) {
            const auto text = long_text(size);
            EXPECT_EQ(texts_of(stream, scanner.reports_of(text)), std::vector{text}) << size;
        }
    }
}

TEST(pos_reports, the_kind_of_code_comes_with_it_and_binary_comes_as_it_is) {
    const EmulatedPosScanner scanner;
    PosReports stream(layout_of(scanner));
    const std::string binary("\x00\x1B[2J\xFF\xC3(", 8);
    const auto text = stream.take(scanner.reports_of(binary).front(), Millis{0});
    ASSERT_TRUE(text);
    EXPECT_EQ(text->aim, "]Q1");
    EXPECT_EQ(*text->text, binary);
}

TEST(pos_reports, a_length_byte_that_lies_spoils_the_whole_code) {
    const EmulatedPosScanner scanner;
    PosReports stream(layout_of(scanner));
    auto reports = scanner.reports_of(long_text(150));
    reports[1][1] = 0xFF;
    EXPECT_TRUE(texts_of(stream, reports).empty());
    EXPECT_EQ(texts_of(stream, scanner.reports_of("next")), std::vector<std::string>{"next"});
}

TEST(pos_reports, a_code_cut_off_by_an_unplugged_cable_does_not_run_into_the_next) {
    const EmulatedPosScanner scanner;
    PosReports stream(layout_of(scanner));
    auto first = scanner.reports_of(long_text(150));
    first.pop_back();
    EXPECT_TRUE(texts_of(stream, first).empty());
    EXPECT_EQ(texts_of(stream, scanner.reports_of("CWG1:1"), Millis{5000}),
              std::vector<std::string>{"CWG1:1"});
}

TEST(pos_reports, the_late_end_of_a_code_is_not_taken_for_a_code_of_its_own) {
    const EmulatedPosScanner scanner;
    PosReports stream(layout_of(scanner));
    const auto reports = scanner.reports_of(std::string(56, 'x') + "CWG1:1");
    EXPECT_TRUE(texts_of(stream, reports, Millis{0}, Millis{300}).empty());
    EXPECT_EQ(texts_of(stream, scanner.reports_of("next"), Millis{400}),
              std::vector<std::string>{"next"});
}

TEST(pos_reports, a_scanner_that_never_ends_its_code_says_nothing_and_holds_no_memory) {
    const EmulatedPosScanner scanner;
    PosReports stream(layout_of(scanner));
    EXPECT_TRUE(texts_of(stream, scanner.reports_of(long_text(100'000))).empty());
    EXPECT_EQ(texts_of(stream, scanner.reports_of("next"), Millis{900'000}),
              std::vector<std::string>{"next"});
}

TEST(pos_reports, short_reports_and_reports_of_another_kind_are_passed_over) {
    const EmulatedPosScanner scanner;
    PosReports stream(layout_of(scanner));
    auto report = scanner.reports_of("CWG1:1").front();
    EXPECT_FALSE(stream.take({}, Millis{0}));
    EXPECT_FALSE(stream.take(base::ByteView(report).first(20), Millis{0}));
    report[0] = 4;  // the trigger's report
    EXPECT_FALSE(stream.take(report, Millis{0}));
}

}  // namespace
}  // namespace drivers::qr
