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
    EXPECT_EQ(person_of(walker.session.state), nullptr);
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
    walker.on(CardRemoved{{walker.session.id, 1}}).on(Ended{}).to_form();
    EXPECT_EQ(quiet_until_warned(walker), 180s);
}

TEST(care, devices_at_work_stop_the_clock) {
    Walker walker;
    walker.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
    ASSERT_TRUE(walker.in<CheckingFace>());
    for (int i = 0; i < 59; ++i) walker.wait(1s);
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

// ---- the presence sensor and the privacy curtain

void pass(Walker& walker, base::Millis time) {
    for (base::Millis passed{}; passed < time; passed += 1s) walker.wait(1s);
}

TEST(presence, nobody_for_ten_seconds_hides_the_page_then_warns_then_clears) {
    Walker walker;
    walker.to_form().on(PresenceChanged{false});
    pass(walker, 9s);
    EXPECT_FALSE(walker.session.hidden());
    pass(walker, 1s);
    EXPECT_EQ(walker.session.overlay, Overlay::curtain);
    ASSERT_TRUE(walker.in<FillingForm>());
    pass(walker, 29s);
    EXPECT_EQ(walker.session.overlay, Overlay::curtain);
    pass(walker, 1s);
    EXPECT_EQ(walker.session.overlay, Overlay::still_there);
    EXPECT_TRUE(walker.session.hidden());
    EXPECT_EQ(seconds_left(walker.session, walker.terminal.now, walker.terminal.settings.times),
              30);
    pass(walker, 29s);
    ASSERT_TRUE(walker.in<FillingForm>());
    pass(walker, 1s);
    EXPECT_FALSE(person_of(walker.session.state));
    EXPECT_FALSE(walker.session.hidden());
}

TEST(presence, who_comes_back_finds_everything_after_saying_so) {
    for (const base::Millis away : {15s, 45s}) {  // on the curtain, on the warning
        Walker walker;
        walker.to_materials().on(PresenceChanged{false});
        pass(walker, away);
        walker.on(PresenceChanged{true});
        EXPECT_TRUE(walker.session.hidden()) << "the sensor alone must not show the page again";
        walker.on(StayChosen{});
        EXPECT_FALSE(walker.session.hidden());
        EXPECT_EQ(walker.session.overlay, Overlay::none);
        EXPECT_TRUE(walker.in<CheckingMaterials>());
        pass(walker, 60s);
        EXPECT_FALSE(walker.session.hidden());
    }
}

TEST(presence, a_step_aside_of_less_than_ten_seconds_changes_nothing) {
    Walker walker;
    walker.to_form().on(PresenceChanged{false});
    pass(walker, 9s);
    walker.on(PresenceChanged{true});
    pass(walker, 100s);
    EXPECT_FALSE(walker.session.hidden());
}

TEST(presence, a_touch_is_believed_more_than_the_sensor) {
    Walker walker;
    walker.to_form().on(PresenceChanged{false});
    pass(walker, 9s);
    walker.on(Touched{});
    pass(walker, 100s);
    EXPECT_FALSE(walker.session.hidden());
}

TEST(presence, pages_without_a_person_are_not_hidden_and_a_card_left_behind_is_shown) {
    Walker browsing, leaving;
    browsing.on(ItemChosen{samples::item_code}).on(PresenceChanged{false});
    pass(browsing, 30s);
    EXPECT_FALSE(browsing.session.hidden());
    leaving.to_sealing().on(PresenceChanged{false});
    pass(leaving, 12s);
    EXPECT_TRUE(leaving.session.hidden());
    leaving.on(SubmissionKept{leaving.in<HandingIn>()->ticket, samples::receipt()});
    pass(leaving, 5s);
    EXPECT_TRUE(leaving.in<TakingCard>());
    EXPECT_FALSE(leaving.session.hidden());
}

TEST(presence, sealing_under_the_curtain_goes_on) {
    Walker walker;
    walker.to_sealing().on(CardRemoved{{walker.session.id, 1}}).on(PresenceChanged{false});
    pass(walker, 20s);
    ASSERT_TRUE(walker.in<HandingIn>());
    walker.on(SubmissionKept{walker.in<HandingIn>()->ticket, samples::receipt()});
    EXPECT_TRUE(walker.in<ShowingReceipt>());
    EXPECT_TRUE(walker.session.hidden());
}

// ---- one masked field shown on wish

TEST(revealing, one_field_is_shown_for_ten_seconds) {
    Walker walker;
    walker.to_materials().on(MaterialsAccepted{}).on(FieldRevealed{"p.doc_no"});
    walker.wait(9s);
    EXPECT_EQ(walker.in<Reviewing>()->revealed, "p.doc_no");
    walker.wait(1s);
    EXPECT_EQ(walker.in<Reviewing>()->revealed, "");
}

TEST(revealing, a_second_field_hides_the_first_and_has_its_own_ten_seconds) {
    Walker walker;
    walker.to_materials().on(MaterialsAccepted{}).on(FieldRevealed{"p.doc_no"});
    walker.wait(6s).on(FieldRevealed{"p.name"});
    walker.wait(6s);
    EXPECT_EQ(walker.in<Reviewing>()->revealed, "p.name");
    walker.on(FieldHidden{});
    EXPECT_EQ(walker.in<Reviewing>()->revealed, "");
}

TEST(revealing, any_other_page_masks_it_again) {
    for (const Event& away : {Event{HelpOpened{}}, Event{ComfortOpened{}}, Event{WentHome{}}}) {
        Walker walker;
        walker.to_materials().on(MaterialsAccepted{}).on(FieldRevealed{"p.doc_no"}).on(away);
        EXPECT_EQ(walker.in<Reviewing>()->revealed, "");
    }
    Walker walker;
    walker.to_materials()
        .on(MaterialsAccepted{})
        .on(FieldRevealed{"p.doc_no"})
        .on(WentBack{})
        .on(MaterialsAccepted{});
    EXPECT_EQ(walker.in<Reviewing>()->revealed, "");
}

TEST(masking, the_receipt_is_masked_by_the_policy_of_the_terminal) {
    Walker walker;
    walker.terminal.settings.masking.name = domain::KeptName::first;
    walker.to_receipt();
    EXPECT_EQ(walker.effect<PrintReceipt>()->masked_name, "王**");
}

}  // namespace
}  // namespace session
