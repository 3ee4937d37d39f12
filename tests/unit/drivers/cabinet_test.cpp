// The cabinet's driver over an emulated board that speaks true reports, and what is pure in it.
#include "drivers/cabinet/boards/usb_board.hpp"
#include "drivers/cabinet/emulated/emulated_cabinet_board.hpp"
#include "drivers/cabinet/watched_cabinet.hpp"
#include "event_inbox.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace drivers::cabinet {
namespace {

using domain::CabinetLine;
using domain::CabinetLines;
using domain::DeviceKind;
using domain::DeviceState;
using domain::Door;
using namespace std::chrono_literals;

CabinetLines lines(std::initializer_list<CabinetLine> set) {
    CabinetLines out;
    for (const auto line : set) out.set(static_cast<std::size_t>(line));
    return out;
}
Reading all_fitted(CabinetLines set) {
    return {CabinetLines{}.set(), set};
}
using Changes = std::vector<LineChange>;

TEST(line_filter, a_contact_that_bounces_counts_once_it_stands_still) {
    LineFilter filter(50ms);
    const auto open = all_fitted(lines({CabinetLine::presence, CabinetLine::service_door}));
    const auto shut = all_fitted(lines({CabinetLine::presence}));
    EXPECT_EQ(filter.take(open, 0ms), Changes{});
    EXPECT_EQ(filter.take(shut, 20ms), Changes{});
    EXPECT_EQ(filter.take(open, 40ms), Changes{});
    EXPECT_EQ(filter.wait(89ms), Changes{});
    EXPECT_EQ(filter.wait(90ms), (Changes{{CabinetLine::service_door, true}}));
    EXPECT_EQ(filter.wait(900ms), Changes{}) << "told once";
}

TEST(line_filter, a_door_that_stood_open_before_the_start_is_told) {
    LineFilter filter(0ms);
    EXPECT_EQ(filter.take(all_fitted(lines({CabinetLine::presence, CabinetLine::tamper})), 0ms),
              (Changes{{CabinetLine::tamper, true}}));
}

TEST(line_filter, what_is_not_fitted_says_nothing_not_even_that_nobody_is_there) {
    LineFilter filter(0ms);
    EXPECT_EQ(filter.take({CabinetLines{}, CabinetLines{}}, 0ms), Changes{});
    EXPECT_EQ(filter.take({lines({CabinetLine::presence}), CabinetLines{}}, 0ms),
              (Changes{{CabinetLine::presence, false}}));
}

TEST(line_filter, of_a_board_that_is_lost_an_open_door_stays_open_and_headphones_are_out) {
    LineFilter filter(0ms);
    (void)filter.take(all_fitted(lines({CabinetLine::service_door, CabinetLine::headphones,
                                        CabinetLine::key_select})),
                      0ms);
    EXPECT_EQ(filter.lose(), (Changes{{CabinetLine::presence, true},
                                      {CabinetLine::headphones, false},
                                      {CabinetLine::key_select, false}}));
    // It comes back with the door closed: that is told now.
    EXPECT_EQ(filter.take(all_fitted(lines({CabinetLine::presence})), 1ms),
              (Changes{{CabinetLine::service_door, false}}));
}

struct Bench {
    base::SystemClock clock;
    testing::EventInbox inbox;
    std::shared_ptr<EmulatedCabinetBoard> board = std::make_shared<EmulatedCabinetBoard>();
    std::unique_ptr<WatchedCabinet> cabinet;

    void start(base::Millis debounce = 0ms) {
        CabinetParts parts;
        parts.board =
            std::make_unique<UsbBoard>(std::make_unique<usb::EmulatedUsbTransport>(board));
        parts.debounce = debounce;
        cabinet = std::make_unique<WatchedCabinet>(std::move(parts), clock, inbox.sink());
    }
    void started() {
        start();
        ASSERT_TRUE(inbox.next_health(DeviceKind::cabinet, DeviceState::ready));
    }
};

TEST(cabinet, doors_and_the_tamper_switch_are_told_apart) {
    Bench bench;
    bench.started();
    for (const auto& [line, door] : {std::pair{CabinetLine::service_door, Door::service},
                                     {CabinetLine::paper_door, Door::paper},
                                     {CabinetLine::tamper, Door::tamper}}) {
        bench.board->set(line, true);
        const auto opened = bench.inbox.next<DoorOpened>();
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->door, door);
        bench.board->set(line, false);
        const auto closed = bench.inbox.next<DoorClosed>();
        ASSERT_TRUE(closed);
        EXPECT_EQ(closed->door, door);
    }
}

TEST(cabinet, a_door_that_is_open_when_the_terminal_comes_up_is_said_at_once) {
    Bench bench;
    bench.board->set(CabinetLine::service_door, true);
    bench.start(50ms);
    const auto opened = bench.inbox.next<DoorOpened>();
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->door, Door::service);
}

TEST(cabinet, the_five_keys_presence_and_headphones_hang_on_the_same_board) {
    Bench bench;
    bench.started();
    bench.board->set(CabinetLine::key_help, true);
    bench.board->set(CabinetLine::key_help, false);
    EXPECT_EQ(bench.inbox.next<PadKeyPressed>()->key, domain::PadKey::help);
    bench.board->set(CabinetLine::headphones, true);
    EXPECT_TRUE(bench.inbox.next<HeadphonesChanged>()->plugged);
    bench.board->set(CabinetLine::presence, false);
    EXPECT_FALSE(bench.inbox.next<PresenceChanged>()->somebody);
    // A key that is let go says nothing.
    while (auto event = bench.inbox.try_next())
        EXPECT_FALSE(std::holds_alternative<PadKeyPressed>(*event));
}

TEST(cabinet, an_unplugged_board_is_degraded_silences_headphones_and_is_found_again) {
    Bench bench;
    bench.started();
    bench.board->set(CabinetLine::headphones, true);
    ASSERT_TRUE(bench.inbox.next<HeadphonesChanged>()->plugged);
    bench.board->unplug();
    EXPECT_FALSE(bench.inbox.next<HeadphonesChanged>()->plugged);
    const auto gone = bench.inbox.next_health(DeviceKind::cabinet, DeviceState::degraded);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->fault->code, base::FaultCode::CabinetBoardAbsent);
    // Opened while nobody could see it: told as soon as the board speaks again.
    bench.board->set(CabinetLine::service_door, true);
    bench.board->plug();
    EXPECT_TRUE(bench.inbox.next<DoorOpened>());
    EXPECT_TRUE(bench.inbox.next_health(DeviceKind::cabinet, DeviceState::ready));
}

TEST(cabinet, a_board_that_makes_no_sense_or_says_nothing_is_silent) {
    for (const bool nonsense : {true, false}) {
        Bench bench;
        bench.started();
        bench.board->talk_nonsense(nonsense);
        bench.board->fall_silent(!nonsense);
        const auto health = bench.inbox.next_health(DeviceKind::cabinet, DeviceState::degraded);
        ASSERT_TRUE(health) << nonsense;
        EXPECT_EQ(health->fault->code, base::FaultCode::CabinetBoardSilent) << nonsense;
    }
}

TEST(cabinet, a_stall_and_reports_in_pieces_lose_no_door) {
    Bench bench;
    bench.started();
    bench.board->stall_next();
    bench.board->set(CabinetLine::service_door, true);
    EXPECT_TRUE(bench.inbox.next<DoorOpened>());
    bench.board->limit_packets(2);
    bench.board->set(CabinetLine::service_door, false);
    bench.board->limit_packets(0);
    EXPECT_TRUE(bench.inbox.next<DoorClosed>());
}

TEST(cabinet, a_light_that_cannot_be_set_is_told_to_the_technician) {
    base::SystemClock clock;
    testing::EventInbox inbox;
    CabinetParts parts;
    parts.light = [](int percent) { return write_panel_light("/nonexistent", percent); };
    WatchedCabinet cabinet(std::move(parts), clock, inbox.sink());
    cabinet.set_brightness(50);
    const auto health = inbox.next_health(DeviceKind::cabinet, DeviceState::degraded);
    ASSERT_TRUE(health);
    EXPECT_EQ(health->fault->code, base::FaultCode::PanelLightFailed);
}

TEST(panel_light, a_percentage_becomes_the_panels_own_steps_and_never_dark) {
    EXPECT_EQ(brightness_for(100, 255), 255);
    EXPECT_EQ(brightness_for(40, 255), 102);
    EXPECT_EQ(brightness_for(1, 7), 1);
    EXPECT_EQ(brightness_for(-3, 255), 2);
    EXPECT_EQ(brightness_for(900, 255), 255);

    char name[] = "/tmp/light_XXXXXX";
    const std::string folder = ::mkdtemp(name);
    std::ofstream(folder + "/max_brightness") << 200;
    std::ofstream(folder + "/brightness") << 200;
    ASSERT_TRUE(write_panel_light(folder, 25));
    int written = 0;
    std::ifstream(folder + "/brightness") >> written;
    EXPECT_EQ(written, 50);
    std::ofstream(folder + "/max_brightness") << "none";
    EXPECT_FALSE(write_panel_light(folder, 25));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace drivers::cabinet
