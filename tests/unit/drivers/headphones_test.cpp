// The jack: the kernel's bytes, plugging while it runs, and a jack that comes and goes.
#include "drivers/headphones/emulated_jack.hpp"
#include "drivers/headphones/evdev_jack.hpp"
#include "drivers/headphones/jack_watcher.hpp"
#include "event_inbox.hpp"

#include <gtest/gtest.h>
#include <linux/input.h>

#include <cstring>

namespace drivers::headphones {
namespace {

using domain::DeviceKind;
using domain::DeviceState;

base::Bytes bytes_of(std::uint16_t type, std::uint16_t code, std::int32_t value) {
    input_event event{};
    event.type = type;
    event.code = code;
    event.value = value;
    base::Bytes out(sizeof event);
    std::memcpy(out.data(), &event, sizeof event);
    return out;
}

TEST(switch_events, only_the_headphones_switch_counts) {
    SwitchEvents events;
    EXPECT_EQ(events.take(bytes_of(EV_SW, SW_HEADPHONE_INSERT, 1)), true);
    EXPECT_EQ(events.take(bytes_of(EV_SW, SW_HEADPHONE_INSERT, 0)), false);
    EXPECT_EQ(events.take(bytes_of(EV_SW, SW_MICROPHONE_INSERT, 1)), std::nullopt);
    EXPECT_EQ(events.take(bytes_of(EV_KEY, SW_HEADPHONE_INSERT, 1)), std::nullopt);
    EXPECT_EQ(events.take(bytes_of(EV_SYN, SYN_REPORT, 0)), std::nullopt);
}

TEST(switch_events, come_in_any_pieces_and_the_last_word_counts) {
    auto bytes = switch_event(true);
    const auto out = switch_event(false), in = switch_event(true);
    bytes.insert(bytes.end(), out.begin(), out.end());
    bytes.insert(bytes.end(), in.begin(), in.end());
    SwitchEvents whole;
    EXPECT_EQ(whole.take(bytes), true);
    SwitchEvents pieces;
    std::vector<bool> said;
    for (const auto byte : bytes)
        if (const auto now = pieces.take({&byte, 1})) said.push_back(*now);
    EXPECT_EQ(said, (std::vector<bool>{true, false, true}));
}

struct Bench {
    base::ManualClock clock{base::Instant{}};  // stands still: nothing is found by waiting
    testing::EventInbox inbox;
    std::shared_ptr<EmulatedJack> jack = std::make_shared<EmulatedJack>();
    std::unique_ptr<JackWatcher> watcher;
    void watch() {
        watcher = std::make_unique<JackWatcher>(
            std::make_unique<EmulatedJackSource>(jack), clock,
            [this, sink = inbox.sink()](DeviceEvent event) {
                const auto* said = std::get_if<HeadphonesChanged>(&event);
                const auto told = said ? std::optional(said->plugged) : std::nullopt;
                sink(std::move(event));
                if (told) jack->told(*told);
            });
        EXPECT_TRUE(inbox.next_health(DeviceKind::headphones, DeviceState::ready));
    }
    std::optional<bool> next() {
        const auto said = inbox.next<HeadphonesChanged>();
        return said ? std::optional(said->plugged) : std::nullopt;
    }
};

TEST(headphones, plugging_and_unplugging_is_said_within_a_second) {
    Bench bench;
    bench.watch();
    for (const bool plugged : {true, false, true}) {
        const auto before = std::chrono::steady_clock::now();
        bench.jack->plug(plugged);
        EXPECT_EQ(bench.next(), plugged);
        EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
    }
}

TEST(headphones, those_that_were_in_before_the_start_are_noticed) {
    Bench bench;
    bench.jack->plug(true);
    bench.watch();
    EXPECT_EQ(bench.next(), true);
}

TEST(headphones, a_jack_that_goes_away_silences_and_is_found_as_soon_as_it_is_plugged_in_again) {
    Bench bench;
    bench.watch();
    bench.jack->plug(true);
    EXPECT_EQ(bench.next(), true);
    bench.jack->attach(false);
    EXPECT_EQ(bench.next(), false) << "the loudspeaker is what sounds now";
    const auto gone = bench.inbox.next_health(DeviceKind::headphones, DeviceState::unavailable);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->fault->code, base::FaultCode::HeadphoneJackAbsent);
    bench.jack->attach(true);
    EXPECT_EQ(bench.next(), true) << "still plugged in";
}

TEST(headphones, a_machine_without_a_jack_says_so_to_the_technician) {
    testing::EventInbox inbox;
    const base::SystemClock clock;
    JackWatcher watcher(std::make_unique<EvdevJack>("/nonexistent"), clock, inbox.sink());
    const auto health = inbox.next_health(DeviceKind::headphones, DeviceState::unavailable);
    ASSERT_TRUE(health);
    EXPECT_EQ(health->fault->code, base::FaultCode::HeadphoneJackAbsent);
}

}  // namespace
}  // namespace drivers::headphones
