#include "ui/shell/touch_health.hpp"

#include <gtest/gtest.h>

using base::Millis;
using ui::shell::Contact;
using ui::shell::TouchHealth;
using ui::shell::TouchTrouble;
using ui::theme::Point;
using ui::widgets::TouchEvent;
using ui::widgets::TouchKind;

namespace {

constexpr Point button{300, 900};
constexpr Point elsewhere{800, 400};

class touch_health : public testing::Test {
  protected:
    void say(TouchKind kind, std::uint64_t finger, Point at, int when) {
        for (const TouchEvent& event : health_.take({kind, finger, at, Millis{when}}))
            told_.push_back(event);
    }
    void down(std::uint64_t finger, Point at, int when) { say(TouchKind::down, finger, at, when); }
    void move(std::uint64_t finger, Point at, int when) { say(TouchKind::move, finger, at, when); }
    void up(std::uint64_t finger, Point at, int when) { say(TouchKind::up, finger, at, when); }
    void tap(std::uint64_t finger, Point at, int when) {
        down(finger, at, when);
        up(finger, at, when + 30);
    }
    void time(int now) {
        for (const TouchEvent& event : health_.pass_time(Millis{now})) told_.push_back(event);
    }
    int count(TouchKind kind) const {
        int n = 0;
        for (const TouchEvent& event : told_) n += event.kind == kind ? 1 : 0;
        return n;
    }

    TouchHealth health_;
    std::vector<TouchEvent> told_;
};

}  // namespace

TEST_F(touch_health, one_finger_gets_through_as_it_is) {
    down(1, button, 0);
    move(1, {310, 905}, 50);
    up(1, {310, 905}, 5000);
    ASSERT_EQ(told_.size(), 3U);
    EXPECT_EQ(told_[1].at, (Point{310, 905}));
    EXPECT_EQ(told_[2].kind, TouchKind::up);
    EXPECT_EQ(health_.trouble(), TouchTrouble::none);
}
TEST_F(touch_health, a_second_finger_counts_for_nothing_while_the_first_is_down) {
    down(1, button, 0);
    down(2, elsewhere, 100);
    up(2, elsewhere, 200);
    up(1, button, 300);
    EXPECT_EQ(told_.size(), 2U);
}
TEST_F(touch_health, a_palm_that_rests_for_a_second_gives_way_to_a_finger) {
    down(1, {500, 1500}, 0);
    down(2, button, 900);
    up(2, button, 950);
    EXPECT_EQ(count(TouchKind::down), 1);
    down(3, button, 1050);
    up(3, button, 1100);
    ASSERT_EQ(told_.size(), 4U);
    EXPECT_EQ(told_[1].kind, TouchKind::cancel);
    EXPECT_EQ(told_[2].at, button);
    EXPECT_EQ(told_[3].kind, TouchKind::up);
    up(1, {500, 1500}, 2000);
    EXPECT_EQ(told_.size(), 4U);
}
TEST_F(touch_health, a_finger_that_writes_keeps_the_panel_from_a_palm) {
    down(1, {200, 900}, 0);
    for (int t = 100; t <= 3000; t += 100) move(1, {200 + static_cast<float>(t) / 5, 900}, t);
    down(2, {600, 1400}, 3050);
    EXPECT_EQ(count(TouchKind::cancel), 0);
    EXPECT_EQ(count(TouchKind::down), 1);
}
TEST_F(touch_health, a_spot_that_bounces_presses_once) {
    for (int t = 0; t < 40; t += 10) {
        down(1, button, t);
        up(1, button, t + 5);
    }
    EXPECT_EQ(count(TouchKind::up), 1);
}
TEST_F(touch_health, a_flickering_spot_is_recognised_and_held_back_and_the_rest_works) {
    for (int t = 0; t < 3000; t += 10) {
        down(1, button, t);
        up(1, button, t + 5);
    }
    EXPECT_EQ(health_.trouble(), TouchTrouble::flickers);
    EXPECT_EQ(count(TouchKind::up), 1);
    tap(2, elsewhere, 3010);
    EXPECT_EQ(count(TouchKind::up), 2);
    EXPECT_EQ(told_.back().at, elsewhere);
}
TEST_F(touch_health, a_spot_that_flickers_slower_than_a_bounce_is_recognised_within_half_a_second) {
    for (int t = 0; t < 2000; t += 65) tap(1, button, t);
    EXPECT_EQ(health_.trouble(), TouchTrouble::flickers);
    EXPECT_LE(count(TouchKind::up), 6);
}
TEST_F(touch_health, the_fastest_finger_is_no_flicker) {
    for (int t = 0; t < 3000; t += 90) tap(1, button, t);  // 11 a second
    EXPECT_EQ(health_.trouble(), TouchTrouble::none);
    EXPECT_EQ(count(TouchKind::up), 34);
}
TEST_F(touch_health, a_flood_is_recognised_and_presses_nothing_more) {
    int when = 0;
    for (int i = 0; i < 600; ++i, when += 3) {
        const Point at{static_cast<float>(i * 97 % 1000), static_cast<float>(i * 57 % 1800)};
        down(static_cast<std::uint64_t>(i), at, when);
        up(static_cast<std::uint64_t>(i), at, when + 1);
    }
    EXPECT_EQ(health_.trouble(), TouchTrouble::floods);
    EXPECT_LE(count(TouchKind::up), 61);
    const auto before = told_.size();
    tap(9, button, when + 100);
    EXPECT_EQ(told_.size(), before);
}
TEST_F(touch_health, fingers_without_end_that_never_lift_are_a_flood_and_take_no_memory) {
    for (int i = 0; i < 100'000; ++i)
        down(static_cast<std::uint64_t>(i), {static_cast<float>(i * 53 % 1000), 900}, i / 100);
    EXPECT_EQ(health_.trouble(), TouchTrouble::floods);
    EXPECT_EQ(count(TouchKind::up), 0);
}
TEST_F(touch_health, ten_drumming_fingers_are_no_flood) {
    for (int t = 0; t < 3000; t += 20)
        tap(static_cast<std::uint64_t>(t / 20 % 10),
            {100 + 90 * static_cast<float>(t / 20 % 10), 900}, t);
    EXPECT_EQ(health_.trouble(), TouchTrouble::none);
}
TEST_F(touch_health, a_contact_that_never_lifts_is_stuck_and_presses_nothing_when_it_does) {
    down(1, button, 0);
    time(29'000);
    EXPECT_EQ(health_.trouble(), TouchTrouble::none);
    time(30'000);
    EXPECT_EQ(health_.trouble(), TouchTrouble::stuck);
    up(1, button, 40'000);
    EXPECT_EQ(count(TouchKind::cancel), 1);
    EXPECT_EQ(count(TouchKind::up), 0);
}
TEST_F(touch_health, beside_a_stuck_contact_every_other_finger_works) {
    down(1, {500, 1500}, 0);
    time(31'000);
    for (int t = 31'000; t < 40'000; t += 500) tap(2, button, t);
    EXPECT_EQ(count(TouchKind::up), 18);
    time(40'000);
    EXPECT_EQ(health_.trouble(), TouchTrouble::stuck);
}
TEST_F(touch_health, a_signature_of_half_a_minute_is_not_stuck) {
    down(1, button, 0);
    for (int t = 100; t <= 40'000; t += 100)
        move(1, {300 + static_cast<float>(t / 100 % 100) * 4, 900}, t);
    time(40'000);
    EXPECT_EQ(health_.trouble(), TouchTrouble::none);
    EXPECT_EQ(count(TouchKind::cancel), 0);
}
TEST_F(touch_health, a_lost_lifting_is_made_up_for_by_the_next_press) {
    down(1, button, 0);
    down(1, button, 500);
    up(1, button, 550);
    ASSERT_EQ(told_.size(), 4U);
    EXPECT_EQ(told_[1].kind, TouchKind::cancel);
}
TEST_F(touch_health, every_trouble_ends_two_seconds_after_its_last_sign) {
    for (int t = 0; t < 1000; t += 10) {
        down(1, button, t);
        up(1, button, t + 5);
    }
    time(2000);
    EXPECT_EQ(health_.trouble(), TouchTrouble::flickers);
    time(3100);
    EXPECT_EQ(health_.trouble(), TouchTrouble::none);
    tap(1, button, 4000);
    EXPECT_EQ(count(TouchKind::up), 2);

    down(2, button, 5000);
    time(40'000);
    EXPECT_EQ(health_.trouble(), TouchTrouble::stuck);
    up(2, button, 41'000);
    time(42'100);
    EXPECT_EQ(health_.trouble(), TouchTrouble::none);
}
