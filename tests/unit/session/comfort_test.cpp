// Settings taken along and shown again, what is offered by age, quiet hours, and pages that close.
#include "domain/comfort_code.hpp"
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using samples::Walker;

Walker scanning() {
    return Walker{}.on(ComfortOpened{}).on(ComfortScanOpened{});
}
CodeSeen seen(const Walker& walker, std::string text) {
    return {walker.session.scan.ticket, base::SecretText(std::move(text))};
}

TEST(settings_code, shown_to_the_camera_sets_everything_at_once_and_stops_the_camera) {
    auto wish = domain::Comfort::for_elders();
    wish.left_hand = true;
    auto walker = scanning();
    ASSERT_TRUE(walker.effect<LookForCode>());
    walker.on(seen(walker, domain::comfort_code(wish)));
    EXPECT_EQ(walker.session.comfort, wish);
    EXPECT_EQ(walker.session.overlay, Overlay::comfort);
    EXPECT_TRUE(walker.session.settings_came);
    EXPECT_TRUE(walker.effect<StopLookingForCode>());
}

TEST(settings_code, is_two_taps_from_any_page_and_the_page_below_is_still_there) {
    Walker walker;
    walker.to_form().on(ComfortOpened{}).on(ComfortScanOpened{});
    walker.on(seen(walker, domain::comfort_code({}))).on(ComfortClosed{});
    EXPECT_EQ(walker.session.overlay, Overlay::none);
    EXPECT_TRUE(walker.in<FillingForm>());
}

TEST(settings_code, a_strange_code_changes_nothing_but_the_sentence) {
    auto walker = scanning();
    const auto before = walker.session.comfort;
    walker.on(seen(walker, "https://example.org/?pay=100"));
    EXPECT_EQ(walker.session.comfort, before);
    EXPECT_EQ(walker.session.overlay, Overlay::comfort_scan);
    EXPECT_TRUE(walker.session.scan.note);
    EXPECT_TRUE(walker.effects.empty());
    EXPECT_TRUE(walker.session.idle());
}

TEST(settings_code, what_comes_late_or_for_another_request_is_dropped) {
    auto walker = scanning();
    const auto late = seen(walker, domain::comfort_code(domain::Comfort::for_elders()));
    walker.on(CodeSeen{{walker.session.id, 99}, late.text});
    EXPECT_FALSE(walker.session.comfort.elder);
    walker.on(ComfortOpened{}).on(late);
    EXPECT_FALSE(walker.session.comfort.elder);
}

TEST(settings_code, the_camera_stops_however_the_page_is_left) {
    for (const Event& away : {Event{WentBack{}}, Event{ComfortOpened{}}, Event{ComfortClosed{}},
                              Event{HelpOpened{}}, Event{WentHome{}}, Event{Ended{}}}) {
        auto walker = scanning();
        walker.on(away);
        EXPECT_NE(walker.session.overlay, Overlay::comfort_scan);
        EXPECT_TRUE(walker.effect<StopLookingForCode>());
    }
}

TEST(settings_code, after_a_minute_without_one_the_camera_stops_by_itself) {
    Walker walker;
    walker.to_form().on(ComfortOpened{}).on(ComfortScanOpened{});
    walker.wait(59s);
    EXPECT_EQ(walker.session.overlay, Overlay::comfort_scan);
    walker.wait(1s);
    EXPECT_EQ(walker.session.overlay, Overlay::comfort);
    EXPECT_TRUE(walker.effect<StopLookingForCode>());
}

TEST(settings_code, does_not_take_the_camera_from_the_picture_of_a_thumb) {
    Walker walker;
    walker.to_thumb_camera().on(ComfortOpened{}).on(ComfortScanOpened{});
    EXPECT_EQ(walker.session.overlay, Overlay::comfort);
    EXPECT_FALSE(walker.effect<LookForCode>());
    walker.on(ComfortClosed{}).on(ThumbPictureWanted{});
    EXPECT_TRUE(walker.effect<TakeThumbPicture>());
}

TEST(settings_code, does_not_take_the_camera_from_the_face_comparison) {
    Walker walker;
    walker.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
    ASSERT_TRUE(walker.in<CheckingFace>());
    walker.on(ComfortOpened{}).on(ComfortScanOpened{});
    EXPECT_EQ(walker.session.overlay, Overlay::comfort);
    EXPECT_FALSE(walker.effect<LookForCode>());
}

TEST(settings_code, is_forgotten_with_the_session) {
    auto walker = scanning();
    walker.on(seen(walker, domain::comfort_code(domain::Comfort::for_elders()))).on(Ended{});
    EXPECT_TRUE(walker.session.as_found());
    EXPECT_FALSE(walker.session.comfort.elder);
}

TEST(pages_above, help_and_sound_pressed_again_close_their_own_page) {
    Walker walker;
    walker.to_form();
    EXPECT_EQ(walker.on(HelpOpened{}).on(HelpOpened{}).session.overlay, Overlay::none);
    EXPECT_EQ(walker.on(ComfortOpened{}).on(ComfortOpened{}).session.overlay, Overlay::none);
    EXPECT_EQ(walker.on(ComfortOpened{}).on(HelpOpened{}).session.overlay, Overlay::help);
    EXPECT_EQ(walker.on(ComfortOpened{}).session.overlay, Overlay::comfort);
    EXPECT_TRUE(walker.in<FillingForm>());
}

TEST(elder_offer, is_made_once_from_sixty_on_and_goes_after_five_seconds) {
    Walker old_one;
    old_one.to_identity();
    ASSERT_TRUE(old_one.session.elder_offer);
    old_one.wait(4s);
    EXPECT_TRUE(old_one.session.elder_offer);
    old_one.wait(1s);
    EXPECT_FALSE(old_one.session.elder_offer);
    EXPECT_FALSE(old_one.session.comfort.elder) << "no answer changes nothing";
    EXPECT_TRUE(old_one.in<ConfirmingIdentity>());

    Walker young;
    young.to_card();
    young.on(CardRead{young.in<AwaitingCard>()->ticket,
                      base::Secret<domain::IdCardRecord>(samples::young_card())});
    ASSERT_TRUE(young.in<ConfirmingIdentity>());
    EXPECT_FALSE(young.session.elder_offer);

    Walker chosen;
    chosen.on(ElderModeToggled{}).to_identity();
    EXPECT_FALSE(chosen.session.elder_offer) << "it is on already";
}

TEST(elder_offer, both_answers_end_it_and_yes_switches) {
    Walker yes, no;
    yes.to_identity().on(ElderModeToggled{});
    no.to_identity().on(ElderOfferDeclined{});
    EXPECT_TRUE(yes.session.comfort.elder);
    EXPECT_FALSE(no.session.comfort.elder);
    for (const auto* walker : {&yes, &no}) {
        EXPECT_FALSE(walker->session.elder_offer);
        EXPECT_TRUE(walker->in<ConfirmingIdentity>());
    }
}

TEST(elder_offer, waits_while_it_is_still_being_told) {
    Walker walker;
    walker.to_identity();
    for (int second = 0; second < 20; ++second) walker.on(SpeechRan{}).wait(1s);
    EXPECT_TRUE(walker.session.elder_offer);
    walker.wait(5s);
    EXPECT_FALSE(walker.session.elder_offer);
}

// 09:41 on the samples' clock.
TEST(quiet_hours, begin_lower_and_may_be_turned_up_until_the_session_ends) {
    Walker walker;
    walker.terminal.settings.quiet = {9 * 60, 10 * 60, 1};
    walker.wait(1s);
    EXPECT_EQ(walker.session.comfort.volume, 1);
    EXPECT_TRUE(walker.session.as_found());
    walker.on(ServicesOpened{});
    auto louder = walker.session.comfort;
    louder.volume = 5;
    walker.on(ComfortChosen{louder});
    EXPECT_EQ(walker.session.comfort.volume, 5);
    walker.on(Ended{});
    EXPECT_EQ(walker.session.comfort.volume, 1);
    walker.terminal.now += 30min;
    walker.on(TimePassed{});
    EXPECT_EQ(walker.session.comfort.volume, domain::Comfort::volume_default);
}

TEST(volume, is_back_at_its_default_for_every_session) {
    Walker walker;
    auto loud = walker.session.comfort;
    loud.volume = 6;
    loud.rate = 6;
    walker.on(ServicesOpened{}).on(ComfortChosen{loud}).on(Ended{});
    EXPECT_EQ(walker.session.comfort, domain::Comfort{});
}

TEST(idle_clock, stands_while_a_device_works) {
    Walker card, face, sealing, printing, asking;
    card.to_card().on(CardSeen{card.in<AwaitingCard>()->ticket});
    face.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
    sealing.to_sealing();
    printing.to_receipt();
    asking.on(ProgressOpened{})
        .on(ProgressByCodeChosen{})
        .on(TextTyped{"receipt_code", base::SecretText("L3K790F261QX")})
        .on(CodeSubmitted{});
    ASSERT_TRUE(asking.in<AskingProgress>());
    for (auto* walker : {&card, &face, &sealing, &printing, &asking}) {
        const auto state = walker->session.state.index();
        EXPECT_FALSE(limits_for(walker->session, walker->terminal.settings.times));
        for (int second = 0; second < 25; ++second) walker->wait(1s);
        EXPECT_EQ(walker->session.state.index(), state);
        EXPECT_EQ(walker->session.overlay, Overlay::none);
    }
}

TEST(idle_clock, begins_anew_with_whatever_a_person_does) {
    for (const Event& sign :
         {Event{Touched{}}, Event{KeypadUsed{}}, Event{HeadphonesPlugged{}}, Event{SpeechRan{}}}) {
        Walker walker;
        walker.to_form().wait(179s).on(sign);
        walker.wait(179s);
        EXPECT_EQ(walker.session.overlay, Overlay::none);
        walker.wait(1s);
        EXPECT_EQ(walker.session.overlay, Overlay::still_there);
    }
    Walker card;
    card.to_card().wait(119s).on(CardSeen{card.in<AwaitingCard>()->ticket});
    card.wait(119s);
    EXPECT_TRUE(card.in<AwaitingCard>());
}

TEST(idle_clock, does_not_begin_anew_with_what_devices_and_time_do) {
    for (const Event& sign : {Event{PageHeard{}}, Event{HeadphonesUnplugged{}},
                              Event{PresenceChanged{true}}, Event{CodeSeen{{7, 1}, {}}}}) {
        Walker walker;
        walker.to_form().wait(179s).on(sign).wait(1s);
        EXPECT_EQ(walker.session.overlay, Overlay::still_there);
    }
}

TEST(end_of_session, the_first_page_stands_in_the_same_step) {
    for (const auto& [name, sample] : samples::states()) {
        Walker walker;
        walker.session = sample;
        walker.session.card_present = false;
        walker.on(Ended{});
        if (walker.session.id != sample.id) {
            EXPECT_TRUE(walker.session.idle()) << name;
        }
    }
}

TEST(paper_gate, the_paper_is_called_for_when_it_lies_there_and_again) {
    Walker walker;
    walker.to_receipt();
    const auto ticket = walker.in<ShowingReceipt>()->ticket;
    walker.on(PageOfPrintDone{ticket, 2, 2}).on(PrintEnded{ticket, PrintResult::printed, true});
    ASSERT_TRUE(walker.effect<CallForPaper>());
    EXPECT_EQ(walker.effect<CallForPaper>()->sheets, 2);
    std::vector<int> said;
    for (int second = 1; second < 30; ++second) {
        walker.wait(1s);
        if (walker.effect<CallForPaper>()) said.push_back(second);
    }
    EXPECT_EQ(said, (std::vector<int>{10, 20}));
    walker.on(PaperTaken{ticket});
    EXPECT_FALSE(walker.effect<CallForPaper>());
}

}  // namespace
}  // namespace session
