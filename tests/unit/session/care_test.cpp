// Session care: how long a page waits for whom, and what a warning touches.
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using samples::Walker;

// Seconds without a touch until the warning stands.
base::Millis quiet_until_warned(Walker& walker) {
    base::Millis waited{};
    while (walker.session.overlay != Overlay::still_there && waited < 30min) {
        walker.wait(1s);
        waited += 1s;
    }
    return waited;
}

void touch_every(Walker& walker, base::Millis gap, int times) {
    for (int i = 0; i < times; ++i) {
        walker.terminal.now += gap;
        walker.on(Touched{});
    }
}

TEST(care, each_situation_waits_as_long_as_the_table_says_in_both_modes) {
    struct Row {
        Walker& (Walker::*to)();
        base::Millis standard, elder;
    };
    for (const auto& [to, standard, elder] :
         {Row{&Walker::to_identity, 120s, 240s}, Row{&Walker::to_form, 180s, 300s}}) {
        Walker calm, aged;
        (calm.*to)();
        EXPECT_EQ(quiet_until_warned(calm), standard);
        aged.on(ElderModeToggled{});
        (aged.*to)();
        EXPECT_EQ(quiet_until_warned(aged), elder);
    }
}

TEST(care, limits_of_the_configuration_hold_instead_of_the_defaults) {
    Walker walker;
    walker.terminal.settings.times.standard.input = {130s, 21s};
    walker.to_form();
    EXPECT_EQ(quiet_until_warned(walker), 130s);
    EXPECT_EQ(seconds_left(walker.session, walker.terminal.now, walker.terminal.settings.times),
              21);
    walker.wait(21s);
    EXPECT_TRUE(walker.session.idle());
}

TEST(care, the_touch_that_answers_the_warning_reaches_nothing_below) {
    for (const Event& touch :
         {Event{Touched{}}, Event{PageCompleted{}}, Event{Ended{}}, Event{DisownedIdentity{}},
          Event{TextTyped{"p.live_detail", base::SecretText("三组")}}}) {
        Walker walker;
        walker.to_form();
        quiet_until_warned(walker);
        const auto page = walker.in<FillingForm>()->page;
        walker.on(touch);
        ASSERT_TRUE(walker.in<FillingForm>());
        EXPECT_EQ(walker.in<FillingForm>()->page, page);
        EXPECT_FALSE(walker.in<FillingForm>()->journey.draft.contains("p.live_detail") &&
                     walker.in<FillingForm>()->journey.draft.at("p.live_detail").text);
        EXPECT_EQ(walker.session.overlay, Overlay::none);
    }
}

TEST(care, somebody_whose_touches_are_more_than_four_seconds_apart_gets_half_as_long_again) {
    Walker slow, quick, few;
    slow.to_form();
    quick.to_form();
    few.on(ServicesOpened{});
    touch_every(slow, 5s, 60);  // the sample's walk to the form took no time at all
    touch_every(quick, 4s, 60);
    touch_every(few, 5s, 3);
    EXPECT_EQ(quiet_until_warned(slow), 270s);
    EXPECT_EQ(seconds_left(slow.session, slow.terminal.now, slow.terminal.settings.times), 68);
    EXPECT_EQ(quiet_until_warned(quick), 180s);
    EXPECT_EQ(quiet_until_warned(few), 60s);  // three touches say nothing about a person
}

TEST(care, half_of_the_touches_quick_is_not_slow_and_one_more_slow_one_is) {
    TouchPace pace;
    for (int i = 0; i < 5; ++i) {
        count_touch_gap(pace, 1s);
        count_touch_gap(pace, 9s);
    }
    EXPECT_FALSE(is_slow(pace));
    count_touch_gap(pace, 4001ms);
    EXPECT_TRUE(is_slow(pace));
}

TEST(care, the_next_person_is_not_taken_for_slow) {
    Walker walker;
    walker.to_form();
    touch_every(walker, 5s, 60);
    walker.on(Ended{}).on(CardRemoved{{walker.session.id, 1}}).to_form();
    EXPECT_EQ(quiet_until_warned(walker), 180s);
}

TEST(care, devices_at_work_stop_the_clock) {
    Walker walker;
    walker.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
    ASSERT_TRUE(walker.in<CheckingFace>());
    for (int i = 0; i < 80; ++i) walker.wait(1s);
    EXPECT_TRUE(walker.in<CheckingFace>());
    EXPECT_EQ(walker.session.overlay, Overlay::none);
    // What the device took is not held against the person.
    walker.on(FaceChecked{walker.in<CheckingFace>()->ticket,
                          domain::FaceVerdict{domain::FaceOutcome::match, {}, 0.9, 1}});
    EXPECT_EQ(quiet_until_warned(walker), 180s);
}

TEST(care, asking_for_help_stops_the_clock_in_elder_mode_but_not_for_ever) {
    Walker aged, standard;
    aged.on(ElderModeToggled{}).to_form().on(HelpOpened{});
    standard.to_form().on(HelpOpened{});
    EXPECT_EQ(quiet_until_warned(aged), 600s);
    EXPECT_EQ(quiet_until_warned(standard), 180s);
}

TEST(care, a_long_form_says_beforehand_how_long_it_waits) {
    Walker walker;
    ASSERT_GT(samples::pack().find_item(samples::item_code)->form.size(), 3U);
    EXPECT_EQ(input_minutes(walker.session, walker.terminal.settings.times), 3);
    walker.on(ElderModeToggled{});
    EXPECT_EQ(input_minutes(walker.session, walker.terminal.settings.times), 5);
}

}  // namespace
}  // namespace session
