// The technician's pages: who comes in, from where, what lies below them, what is written down.
#include "samples.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using domain::PauseLength;
using domain::PauseReason;
using samples::Walker;
using Step = TechnicianSigningIn::Step;

const TechnicianSigningIn& signing_in(const Walker& walker) {
    return std::get<TechnicianSigningIn>(walker.session.state);
}
// What was written down in the last step: "act outcome".
std::vector<std::string> written(const Walker& walker) {
    std::vector<std::string> out;
    for (const auto& effect : walker.effects)
        if (const auto* act = std::get_if<RecordAct>(&effect))
            out.push_back(act->label + " " + act->act + " " + act->outcome);
    return out;
}

TEST(maintain,
     a_technician_comes_in_from_the_first_page_and_from_closed_ones_and_from_nowhere_else) {
    const samples::Terminal terminal;
    for (const auto& [state_name, session] : samples::states()) {
        const auto next = step(session, TechnicianCalled{}, terminal.world());
        const bool open = state_name == "home" || state_name == "suspended";
        const bool in = std::holds_alternative<TechnicianSigningIn>(next.session.state);
        const bool was = state_name == "maintain_sign_in";
        EXPECT_EQ(in, open || was) << state_name;
        if (!open) {
            EXPECT_TRUE(next.effects.empty()) << state_name;
        }
    }
}

TEST(maintain, what_was_shown_to_sign_in_is_gone_as_soon_as_it_was_judged_or_left) {
    const long before = base::live_secrets();
    Walker walker;
    walker.to_checking();
    EXPECT_GT(base::live_secrets(), before);
    walker.on(TechnicianChecked{signing_in(walker).ticket, samples::technician(), {}});
    walker.effects.clear();
    EXPECT_EQ(base::live_secrets(), before);
    Walker left;
    left.to_pin().on(TextTyped{"pin", base::SecretText("135790")}).on(WentBack{});
    left.effects.clear();
    EXPECT_TRUE(left.in<CardLeft>()) << "the technician's card still lies there";
    EXPECT_EQ(base::live_secrets(), before);
}

TEST(maintain, a_short_pin_is_not_even_asked_about) {
    Walker walker;
    walker.to_pin().on(TextTyped{"pin", base::SecretText("13579")}).on(TechnicianSubmitted{});
    EXPECT_FALSE(walker.effect<CheckTechnician>());
    EXPECT_TRUE(signing_in(walker).too_short);
    EXPECT_EQ(signing_in(walker).step, Step::pin);
}

TEST(maintain, the_centres_answer_opens_without_a_card_and_is_asked_about_with_its_challenge) {
    Walker walker;
    walker.on(TechnicianCalled{}).on(TechnicianByAnswer{}).on(TechnicianAnswerScan{});
    const auto nonce = signing_in(walker).nonce;
    EXPECT_TRUE(walker.effect<LookForCode>());
    walker.scan("CWMA1:T-0007:courier:0:0");
    const auto* asked = walker.effect<CheckCentreAnswer>();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->nonce, nonce);
    walker.on(TechnicianChecked{
        asked->ticket, domain::Technician{"T-0007", {domain::Right::courier}}, {}});
    EXPECT_TRUE(walker.in<TechnicianOverview>());
    EXPECT_EQ(written(walker), std::vector<std::string>{"T-0007 sign_in done"});
}

TEST(maintain, nobody_does_what_they_may_not_and_the_try_is_written_down) {
    for (const Event& wanted : {Event(CourierOpened{}), Event(PauseOpened{}),
                                Event(MaintenanceAsked{MaintenanceQuestion::shut_down})}) {
        Walker walker;
        walker.to_technician({"T-0002", {}}).on(wanted);
        const auto* overview = walker.in<TechnicianOverview>();
        ASSERT_TRUE(overview);
        EXPECT_TRUE(overview->refused);
        ASSERT_EQ(written(walker).size(), 1U);
        EXPECT_TRUE(written(walker).front().ends_with(" refused"));
    }
}

TEST(maintain, three_hundred_idle_seconds_lock_it_but_not_while_a_stick_is_at_work) {
    Walker walker;
    walker.to_technician().wait(299s);
    EXPECT_TRUE(walker.in<TechnicianOverview>());
    walker.wait(1s);
    EXPECT_FALSE(below(walker.session.state));
    EXPECT_EQ(written(walker), std::vector<std::string>{"T-0007 sign_out timed_out"});
    Walker busy;
    busy.to_stick_work(domain::CourierWork::export_bundle);
    for (int i = 0; i < 10; ++i) {
        busy.wait(200s);
        busy.on(CourierSaid{busy.in<TechnicianCourier>()->ticket, "…"});
    }
    EXPECT_TRUE(busy.in<TechnicianCourier>()->at_work);
    busy.on(TechnicianLeft{});
    EXPECT_TRUE(busy.in<TechnicianCourier>()) << "nobody walks away from a stick";
}

TEST(maintain, going_back_to_the_public_asks_to_confirm_the_health_list) {
    for (const Event& leaving : {Event(TechnicianLeft{}), Event(Ended{}), Event(WentHome{})}) {
        Walker walker;
        walker.to_technician().on(CardRemoved{{walker.session.id, 1}}).on(leaving);
        const auto* asked = walker.in<TechnicianAsked>();
        ASSERT_TRUE(asked);
        EXPECT_EQ(asked->question, MaintenanceQuestion::resume);
        walker.on(MaintenanceConfirmed{});
        EXPECT_TRUE(walker.session.idle());
    }
}

TEST(maintain, a_pause_stays_when_the_technician_leaves_and_ends_by_a_confirmed_health_list_only) {
    Walker walker;
    walker.paused(PauseReason::paper, PauseLength::half_an_hour);
    walker.on(CardRemoved{{walker.session.id, 1}}).on(TechnicianLeft{});
    const auto* suspended = walker.in<Suspended>();
    ASSERT_TRUE(suspended);
    ASSERT_TRUE(suspended->pause);
    EXPECT_EQ(suspended->pause->until(), walker.terminal.now + 30min);
    for (const Event& anybody :
         {Event(Touched{}), Event(WentHome{}), Event(Ended{}), Event(ServicesOpened{}),
          Event(DoorOpened{domain::Door::paper}), Event(DoorClosed{domain::Door::paper}),
          Event(PowerChanged{domain::PowerLevel::mains}), Event(CardSeen{samples::waited_for})})
        walker.on(anybody);
    EXPECT_TRUE(walker.in<Suspended>()) << "nothing but a technician ends it";
    walker.wait(60min);
    EXPECT_TRUE(walker.in<Suspended>()) << "the expected time is a promise, not a key";
    walker.to_technician().on(MaintenanceAsked{MaintenanceQuestion::resume});
    EXPECT_FALSE(walker.effect<KeepPause>());
    walker.on(MaintenanceConfirmed{});
    ASSERT_TRUE(walker.effect<KeepPause>());
    EXPECT_FALSE(walker.effect<KeepPause>()->pause);
}

TEST(maintain, a_pause_found_at_the_start_closes_the_terminal_again) {
    Walker walker;
    walker.on(PauseFound{{PauseReason::device, PauseLength::unknown, walker.terminal.now}});
    ASSERT_TRUE(walker.in<Suspended>());
    EXPECT_TRUE(walker.in<Suspended>()->pause);
}

TEST(maintain, a_door_that_a_technician_opens_ends_nothing_and_counts_when_they_leave) {
    Walker walker;
    walker.to_technician().on(DoorOpened{domain::Door::service, true});
    EXPECT_TRUE(walker.in<TechnicianOverview>());
    walker.on(TechnicianLeft{}).on(MaintenanceConfirmed{});
    ASSERT_TRUE(walker.in<Suspended>());
    EXPECT_TRUE(walker.in<Suspended>()->open.contains(domain::Door::service));
    walker.on(CardRemoved{{walker.in<Suspended>()->card->card_of, 1}});
    walker.on(DoorClosed{domain::Door::service});
    EXPECT_TRUE(walker.session.idle());
}

TEST(maintain, the_screen_can_be_wiped_for_half_a_minute_and_no_touch_counts) {
    Walker walker;
    walker.to_technician().on(CleaningWanted{});
    for (const auto& [event_name, event] : samples::events()) {
        const bool other = std::holds_alternative<TimePassed>(event) ||
                           std::holds_alternative<DoorOpened>(event) ||
                           std::holds_alternative<PowerChanged>(event) ||
                           std::holds_alternative<PauseFound>(event) ||
                           std::holds_alternative<SetUpFound>(event);
        if (other) continue;
        walker.on(event);
        ASSERT_TRUE(walker.in<TechnicianCleaning>()) << event_name;
        ASSERT_EQ(walker.session.overlay, Overlay::none) << event_name;
    }
    walker.wait(29s);
    EXPECT_TRUE(walker.in<TechnicianCleaning>());
    walker.wait(1s);
    EXPECT_TRUE(walker.in<TechnicianOverview>());
}

TEST(maintain, an_ending_is_written_down_before_the_program_ends) {
    for (const auto question : {MaintenanceQuestion::restart, MaintenanceQuestion::shut_down}) {
        Walker walker;
        walker.to_technician().on(MaintenanceAsked{question}).on(MaintenanceConfirmed{});
        const bool restart = question == MaintenanceQuestion::restart;
        EXPECT_EQ(walker.effect<RestartProgram>() != nullptr, restart);
        EXPECT_EQ(walker.effect<ShutDownMachine>() != nullptr, !restart);
        const std::string act = restart ? "restart" : "shut_down";
        EXPECT_EQ(written(walker),
                  (std::vector<std::string>{"T-0007 " + act + " done", "T-0007 sign_out " + act}));
    }
}

Walker& supplies_shown(Walker& walker) {
    walker.to_technician().on(MaintenanceViewOpened{MaintenanceView::supplies});
    return walker.on(SuppliesRead{walker.in<TechnicianLooking>()->ticket, samples::supplies()});
}

TEST(maintain, paper_that_was_brought_is_asked_about_once_more_written_down_and_read_anew) {
    for (const auto& [question, printer] :
         {std::pair{MaintenanceQuestion::tray_filled, domain::DeviceKind::document_printer},
          {MaintenanceQuestion::roll_changed, domain::DeviceKind::receipt_printer}}) {
        const std::string act =
            question == MaintenanceQuestion::tray_filled ? "tray_filled" : "roll_changed";
        Walker walker;
        supplies_shown(walker).on(MaintenanceAsked{question});
        ASSERT_TRUE(walker.in<TechnicianAsked>());
        EXPECT_FALSE(walker.effect<NotePaperChange>()) << "not before it is confirmed";
        walker.on(MaintenanceConfirmed{});
        ASSERT_TRUE(walker.effect<NotePaperChange>());
        EXPECT_EQ(walker.effect<NotePaperChange>()->printer, printer);
        EXPECT_EQ(written(walker), std::vector{"T-0007 " + act + " begun"});
        const auto* looking = walker.in<TechnicianLooking>();
        ASSERT_TRUE(looking);
        EXPECT_TRUE(looking->waiting);
        walker.on(PaperChangeNoted{looking->ticket, {}});
        EXPECT_EQ(written(walker), std::vector{"T-0007 " + act + " done"});
        ASSERT_TRUE(walker.effect<ReadSupplies>());
        EXPECT_TRUE(walker.in<TechnicianLooking>()->noted);
        walker.on(SuppliesRead{walker.effect<ReadSupplies>()->ticket, samples::supplies()});
        EXPECT_FALSE(walker.in<TechnicianLooking>()->waiting);
    }
}

TEST(maintain, a_change_of_paper_that_cannot_be_written_down_is_said_and_recorded) {
    Walker walker;
    supplies_shown(walker)
        .on(MaintenanceAsked{MaintenanceQuestion::tray_filled})
        .on(MaintenanceConfirmed{});
    walker.on(PaperChangeNoted{walker.in<TechnicianLooking>()->ticket,
                               base::fail(base::FaultCode::DiskFull)});
    EXPECT_EQ(written(walker), std::vector<std::string>{"T-0007 tray_filled DiskFull"});
    EXPECT_FALSE(walker.in<TechnicianLooking>()->noted);
    EXPECT_TRUE(walker.in<TechnicianLooking>()->fault);
}

TEST(maintain, who_may_not_touch_service_may_look_at_supplies_and_note_nothing) {
    Walker walker;
    walker.to_technician({"T-0002", {}}).on(MaintenanceViewOpened{MaintenanceView::supplies});
    ASSERT_TRUE(walker.effect<ReadSupplies>());
    walker.on(SuppliesRead{walker.in<TechnicianLooking>()->ticket, samples::supplies()});
    EXPECT_FALSE(walker.in<TechnicianLooking>()->waiting);
    walker.on(MaintenanceAsked{MaintenanceQuestion::tray_filled});
    ASSERT_TRUE(walker.in<TechnicianOverview>());
    EXPECT_TRUE(walker.in<TechnicianOverview>()->refused);
    EXPECT_EQ(written(walker), std::vector<std::string>{"T-0002 tray_filled refused"});
}

TEST(maintain, who_thinks_better_of_it_is_back_at_the_supplies_and_nothing_was_written) {
    Walker walker;
    supplies_shown(walker).on(MaintenanceAsked{MaintenanceQuestion::roll_changed}).on(WentBack{});
    ASSERT_TRUE(walker.in<TechnicianLooking>());
    EXPECT_EQ(walker.in<TechnicianLooking>()->view, MaintenanceView::supplies);
    EXPECT_FALSE(walker.effect<NotePaperChange>());
    EXPECT_TRUE(written(walker).empty());
    const auto strange = walker.in<TechnicianLooking>()->ticket;
    walker.on(PaperChangeNoted{strange, {}});
    EXPECT_TRUE(written(walker).empty()) << "nobody asked for it";
}

// UX-253: nothing of a citizen can stand in it, whoever was there before.
TEST(maintain, no_page_of_it_knows_a_person) {
    for (const auto& [state_name, session] : samples::states()) {
        if (below(session.state) == nullptr) continue;
        EXPECT_EQ(person_of(session.state), nullptr) << state_name;
        EXPECT_EQ(submission_of(session.state), nullptr) << state_name;
        EXPECT_FALSE(shows_a_person(session.state)) << state_name;
    }
}

}  // namespace
}  // namespace session
