// What the boards say on the wire: reports of the one on USB, lines of a GPIO chip.
#include "drivers/cabinet/boards/board_report.hpp"
#include "drivers/cabinet/boards/gpio_board.hpp"
#include "drivers/cabinet/boards/gpiod_lines.hpp"

#include <gtest/gtest.h>

namespace drivers::cabinet {
namespace {

using domain::CabinetLine;
using domain::CabinetLines;
using domain::Lamp;
using domain::LampState;
using namespace std::chrono_literals;

TEST(board_report, its_bytes_are_those_of_the_readme) {
    CabinetLines fitted, set;
    fitted.set(0).set(1).set(9);
    set.set(0).set(9);
    EXPECT_EQ(lines_report({fitted, set}), (base::Bytes{1, 1, 0x03, 0x02, 0x01, 0x02}));
    domain::Lamps lamps;
    lamps[Lamp::id_card_reader] = LampState::quick;
    lamps[Lamp::camera] = LampState::continuous;
    EXPECT_EQ(lamps_report(lamps), (base::Bytes{2, 1, 0b110010, 0}));
    lamps[Lamp::receipt_printer] = LampState::slow;
    EXPECT_EQ(lamps_report(lamps), (base::Bytes{2, 1, 0b1110010, 0}));
}

TEST(board_report, every_reading_and_every_lamp_comes_back_as_it_was) {
    for (unsigned bits = 0; bits < 1U << domain::cabinet_line_count; ++bits) {
        const auto back = read_lines_report(lines_report({CabinetLines{}.set(), bits}));
        ASSERT_TRUE(back);
        EXPECT_EQ(back->set.to_ulong(), bits);
    }
    for (int i = 0; i < 256; ++i) {
        const domain::Lamps lamps{{static_cast<LampState>(i % 4), static_cast<LampState>(i / 4 % 4),
                                   static_cast<LampState>(i / 16 % 4),
                                   static_cast<LampState>(i / 64)}};
        EXPECT_EQ(read_lamps_report(lamps_report(lamps)), lamps);
    }
}

TEST(board_report, other_lengths_other_reports_and_other_versions_are_refused) {
    for (const base::Bytes& wrong : {base::Bytes{}, base::Bytes{1}, base::Bytes{1, 1, 0, 0, 0},
                                     base::Bytes{1, 1, 0, 0, 0, 0, 0},
                                     base::Bytes{2, 1, 0, 0, 0, 0}, base::Bytes{1, 2, 0, 0, 0, 0}})
        EXPECT_FALSE(read_lines_report(wrong));
}

TEST(board_report, bits_nobody_knows_and_lines_that_are_not_fitted_are_never_set) {
    const auto reading = read_lines_report(base::Bytes{1, 1, 0x02, 0xFC, 0xFF, 0xFF});
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->fitted.to_ulong(), 2U);
    EXPECT_EQ(reading->set.to_ulong(), 2U);
}

struct FakeChip {
    std::vector<bool> inputs, outputs;
    int writes = 0;
    std::vector<unsigned> input_offsets, output_offsets;
};
struct FakeLines final : GpioLines {
    explicit FakeLines(FakeChip& fake) : chip(fake) {}
    base::Status open(const std::vector<unsigned>& in, const std::vector<unsigned>& out) override {
        chip.input_offsets = in;
        chip.output_offsets = out;
        return {};
    }
    void close() override {}
    base::Result<std::vector<bool>> read() override { return chip.inputs; }
    base::Status write(const std::vector<bool>& levels) override {
        chip.outputs = levels;
        ++chip.writes;
        return {};
    }
    void on_plugging(std::function<void()>) override {}
    FakeChip& chip;
};

std::optional<unsigned>& line(domain::CabinetSettings& settings, CabinetLine which) {
    return settings.lines.at(static_cast<std::size_t>(which));
}

TEST(gpio_board, lines_are_read_from_where_they_are_wired_and_low_may_mean_set) {
    domain::CabinetSettings settings;
    line(settings, CabinetLine::service_door) = 17;
    line(settings, CabinetLine::presence) = 4;
    settings.active_low.set(static_cast<std::size_t>(CabinetLine::service_door));
    FakeChip chip;
    GpioBoard board(settings, std::make_unique<FakeLines>(chip));
    ASSERT_TRUE(board.open());
    EXPECT_EQ(chip.input_offsets, (std::vector<unsigned>{4, 17}));
    chip.inputs = {true, true};
    const auto closed = board.turn({}, 0ms);
    ASSERT_TRUE(closed && closed->size() == 1);
    EXPECT_EQ(closed->front().fitted.to_ulong(), 3U);
    EXPECT_EQ(closed->front().set.to_ulong(), 1U);
    chip.inputs = {false, false};
    EXPECT_EQ(board.turn({}, 0ms)->front().set.to_ulong(), 2U);
    chip.inputs = {false};
    EXPECT_EQ(board.turn({}, 0ms).error().code, base::FaultCode::CabinetBoardSilent);
}

TEST(gpio_board, lamps_blink_by_themselves_and_are_written_only_when_they_change) {
    domain::CabinetSettings settings;
    settings.lamp_lines = {22, std::nullopt, 24, std::nullopt};
    settings.lamps_active_low = true;
    FakeChip chip;
    GpioBoard board(settings, std::make_unique<FakeLines>(chip));
    ASSERT_TRUE(board.open());
    EXPECT_EQ(chip.output_offsets, (std::vector<unsigned>{22, 24}));
    domain::Lamps lamps;
    lamps[Lamp::id_card_reader] = LampState::slow;
    lamps[Lamp::document_printer] = LampState::continuous;  // not wired
    for (base::Millis now{}; now < 2000ms; now += 20ms) {
        ASSERT_TRUE(board.turn(lamps, now));
        EXPECT_EQ(chip.outputs[0], now / 500ms % 2 != 0) << now.count();
        EXPECT_TRUE(chip.outputs[1]);
    }
    EXPECT_EQ(chip.writes, 4);
}

TEST(gpio_board, no_lamp_flashes_three_times_in_any_second) {
    for (const auto state : {LampState::slow, LampState::quick}) {
        for (base::Millis from{}; from < 2000ms; from += 10ms) {
            int flashes = 0;
            for (base::Millis at = from + 10ms; at < from + 1000ms; at += 10ms)
                flashes += is_lit(state, at) && !is_lit(state, at - 10ms);
            EXPECT_LE(flashes, 3);
        }
    }
}

TEST(gpiod_lines, a_chip_that_is_not_there_is_absent) {
    GpiodLines lines("/nonexistent/gpiochip", domain::CabinetSettings::Bias::pull_up);
    EXPECT_EQ(lines.open({1}, {}).error().code, base::FaultCode::CabinetBoardAbsent);
    EXPECT_FALSE(lines.read());
    EXPECT_FALSE(lines.write({}));
}

}  // namespace
}  // namespace drivers::cabinet
