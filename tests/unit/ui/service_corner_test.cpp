// The technician's way in: a chain of taps in a corner, and no other finger finds it.
#include "ui/shell/service_corner.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ui::shell {
namespace {

using widgets::TouchEvent;
using widgets::TouchKind;
using namespace std::chrono_literals;

constexpr float px_per_mm = 4.034F;

struct Finger {
    ServiceCorner corner{px_per_mm};
    base::Millis now{10'000};
    bool tap(theme::Point at, base::Millis held, base::Millis pause = 300ms) {
        now += pause;
        const bool down = corner.feed({TouchKind::down, at, now});
        now += held;
        return corner.feed({TouchKind::up, at, now}) || down;
    }
    // The whole chain; true when it opened at its end and not before.
    bool chain(base::Millis last = 1200ms) {
        for (int i = 0; i + 1 < ServiceCorner::taps; ++i)
            if (tap({20, 20}, 100ms)) return false;
        return tap({20, 20}, last);
    }
};

TEST(service_corner, opens_by_four_short_taps_and_a_fifth_held_for_a_second) {
    EXPECT_TRUE(Finger{}.chain());
    Finger again;
    EXPECT_TRUE(again.chain());
    EXPECT_TRUE(again.chain()) << "as often as it is done";
}

TEST(service_corner, anything_else_begins_it_anew) {
    EXPECT_FALSE(Finger{}.chain(900ms)) << "let go too soon";
    EXPECT_FALSE(Finger{}.chain(6000ms)) << "a finger that rests there";
    Finger slow;
    for (int i = 0; i < 4; ++i) slow.tap({20, 20}, 100ms, 1600ms);
    EXPECT_FALSE(slow.tap({20, 20}, 1200ms));
    Finger elsewhere;
    for (int i = 0; i < 4; ++i) elsewhere.tap({20, 20}, 100ms);
    elsewhere.tap({500, 900}, 100ms);
    EXPECT_FALSE(elsewhere.tap({20, 20}, 1200ms));
    Finger slides;
    for (int i = 0; i < 4; ++i) slides.tap({20, 20}, 100ms);
    slides.now += 300ms;
    slides.corner.feed({TouchKind::down, {20, 20}, slides.now});
    slides.corner.feed({TouchKind::move, {300, 20}, slides.now + 500ms});
    EXPECT_FALSE(slides.corner.feed({TouchKind::up, {20, 20}, slides.now + 1200ms}));
    Finger long_ones;
    for (int i = 0; i < 20; ++i)
        EXPECT_FALSE(long_ones.tap({20, 20}, 1200ms)) << "held taps only are no chain";
}

// UX-251. Fingers anywhere, and fingers that like this corner, short and long.
TEST(service_corner, a_hundred_thousand_random_taps_never_open_it) {
    std::mt19937 random(20261126);
    for (const float size : {1.F, 0.25F}) {
        Finger finger;
        std::uniform_real_distribution<float> x(0, 1080 * size), y(0, 1920 * size);
        std::uniform_int_distribution<int> held(20, 2500), pause(50, 2000);
        for (int taps = 0; taps < 100'000; ++taps)
            ASSERT_FALSE(finger.tap({x(random), y(random)}, base::Millis{held(random)},
                                    base::Millis{pause(random)}))
                << taps;
        EXPECT_TRUE(finger.chain()) << "whoever knows it still comes in";
    }
}

}  // namespace
}  // namespace ui::shell
