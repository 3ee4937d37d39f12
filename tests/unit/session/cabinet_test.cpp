// The cabinet round the session: doors, power, the panel's light, the guide lamps.
#include "samples.hpp"
#include "session/guide_lamps.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using domain::Door;
using domain::Lamp;
using domain::LampState;
using domain::PowerLevel;
using samples::Walker;

TEST(cabinet, the_cabinet_opened_in_any_state_is_reported_first_and_wipes_whoever_is_there) {
    const samples::Terminal terminal;
    const long before = base::live_secrets();
    for (std::size_t i = 0; i < samples::state_count(); ++i) {
        for (const auto door : {Door::service, Door::paper, Door::tamper}) {
            auto [name_of_state, session] = samples::state(i);
            auto next = step(std::move(session), DoorOpened{door}, terminal.world());
            ASSERT_FALSE(next.effects.empty()) << name_of_state;
            EXPECT_EQ(next.effects.front(), Effect(ReportCabinetOpened{door, false}))
                << name_of_state;
            const auto* suspended = std::get_if<Suspended>(&next.session.state);
            ASSERT_TRUE(suspended) << name_of_state;
            EXPECT_TRUE(suspended->open.contains(door)) << name_of_state;
            EXPECT_EQ(person_of(next.session.state), nullptr);
            // An order that nobody paid is cancelled for its person: over when that is carried out.
            next.effects.clear();
            EXPECT_EQ(base::live_secrets(), before) << name_of_state;
        }
    }
}

TEST(cabinet, a_session_under_way_ends_with_its_reason_and_the_printer_forgets) {
    Walker walker;
    walker.to_form();
    const auto session = walker.session.id;
    walker.on(DoorOpened{Door::service});
    ASSERT_TRUE(walker.effect<LogSessionEnded>());
    EXPECT_EQ(walker.effect<LogSessionEnded>()->how, "cabinet_opened");
    EXPECT_TRUE(walker.effect<PurgePrinter>());
    EXPECT_NE(walker.session.id, session);
}

TEST(cabinet, what_lies_over_the_page_does_not_keep_the_door_from_being_seen) {
    for (const auto overlay : {Overlay::help, Overlay::comfort_scan, Overlay::curtain,
                               Overlay::still_there, Overlay::leave}) {
        Walker walker;
        walker.to_form();
        walker.session.overlay = overlay;
        walker.on(DoorOpened{Door::service});
        EXPECT_TRUE(walker.in<Suspended>());
        EXPECT_EQ(walker.session.overlay, Overlay::none);
    }
}

TEST(cabinet, opened_while_nobody_is_there_no_session_is_said_to_begin_or_end) {
    Walker walker;
    walker.on(DoorOpened{Door::service});
    ASSERT_TRUE(walker.in<Suspended>());
    EXPECT_FALSE(walker.effect<LogSessionStarted>());
    EXPECT_FALSE(walker.effect<LogSessionEnded>());
}

TEST(cabinet, the_page_stays_until_the_last_door_is_closed_whatever_is_pressed) {
    Walker walker;
    walker.to_form().on(CardRemoved{{walker.session.id, 1}});
    walker.on(DoorOpened{Door::service}).on(DoorOpened{Door::tamper});
    for (const Event& event : {Event{Ended{}}, Event{WentHome{}}, Event{WentBack{}},
                               Event{ServicesOpened{}}, Event{ItemStarted{}}})
        walker.on(event);
    for (int minute = 0; minute < 600; ++minute) walker.wait(60s);
    ASSERT_TRUE(walker.in<Suspended>());
    walker.on(DoorClosed{Door::service});
    ASSERT_TRUE(walker.in<Suspended>());
    walker.on(DoorClosed{Door::tamper});
    EXPECT_TRUE(walker.session.idle());
    EXPECT_TRUE(walker.effect<WatchForCard>()) << "nobody would see the next card";
}

TEST(cabinet, a_technician_who_may_opens_it_without_ending_anything) {
    Walker walker;
    walker.to_form().on(DoorOpened{Door::service, true});
    ASSERT_TRUE(walker.in<FillingForm>());
    EXPECT_EQ(*walker.effect<ReportCabinetOpened>(), (ReportCabinetOpened{Door::service, true}));
    walker.on(DoorClosed{Door::service});
    EXPECT_TRUE(walker.in<FillingForm>());
}

TEST(cabinet, a_card_on_the_reader_is_called_for_while_the_door_is_open_and_after) {
    Walker walker;
    walker.to_form();
    const auto owner = walker.session.id;
    walker.on(DoorOpened{Door::service});
    ASSERT_TRUE(walker.in<Suspended>() && walker.in<Suspended>()->card);
    EXPECT_TRUE(walker.effect<CallForCard>());
    walker.wait(5s);
    EXPECT_TRUE(walker.effect<CallForCard>());
    Walker closed = walker;
    closed.on(DoorClosed{Door::service});
    EXPECT_TRUE(closed.in<CardLeft>());
    walker.on(CardRemoved{{owner, 1}}).on(DoorClosed{Door::service});
    EXPECT_TRUE(walker.session.idle());
}

TEST(cabinet, opened_over_a_card_that_was_left_it_ends_no_second_session) {
    Walker walker;
    walker.to_form().on(Ended{});
    ASSERT_TRUE(walker.in<CardLeft>());
    walker.on(DoorOpened{Door::service});
    ASSERT_TRUE(walker.in<Suspended>() && walker.in<Suspended>()->card);
    EXPECT_FALSE(walker.effect<LogSessionEnded>());
}

// ---- power

TEST(power, mains_gone_in_a_session_is_said_and_the_session_goes_on) {
    Walker walker;
    walker.to_form().on(PowerChanged{PowerLevel::battery});
    EXPECT_TRUE(walker.in<FillingForm>());
    EXPECT_TRUE(walker.effect<CallPowerOut>());
    walker.on(PowerChanged{PowerLevel::low});
    EXPECT_TRUE(walker.in<FillingForm>());
    EXPECT_FALSE(walker.effect<CallPowerOut>()) << "said once";
    Walker nobody;
    nobody.on(PowerChanged{PowerLevel::battery});
    EXPECT_FALSE(nobody.effect<CallPowerOut>());
}

TEST(power, what_is_told_of_it_outlives_the_session) {
    Walker walker;
    walker.to_form().on(CardRemoved{{walker.session.id, 1}});
    walker.on(PowerChanged{PowerLevel::low}).on(Ended{});
    ASSERT_TRUE(walker.session.idle());
    EXPECT_EQ(walker.session.power, PowerLevel::low);
}

TEST(power, at_its_end_the_session_is_over_and_mains_bring_the_first_page_back) {
    Walker walker;
    walker.to_form().on(CardRemoved{{walker.session.id, 1}});
    walker.on(PowerChanged{PowerLevel::critical});
    ASSERT_TRUE(walker.in<Suspended>());
    EXPECT_EQ(walker.effect<LogSessionEnded>()->how, "power_out");
    walker.on(PowerChanged{PowerLevel::mains});
    EXPECT_TRUE(walker.session.idle());
}

TEST(power, at_its_end_nothing_that_is_being_kept_is_broken_off) {
    Walker walker;
    walker.to_sealing().on(CardRemoved{{walker.session.id, 1}});
    walker.on(PowerChanged{PowerLevel::critical});
    ASSERT_TRUE(walker.in<HandingIn>());
    walker.on(SubmissionKept{walker.in<HandingIn>()->ticket, samples::receipt()});
    ASSERT_TRUE(walker.in<ShowingReceipt>()) << "the number must be seen";
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    for (int second = 0; second < 120 && !walker.in<Suspended>(); ++second) walker.wait(1s);
    EXPECT_TRUE(walker.in<Suspended>());
}

// ---- what the centre says

TEST(revoked, whoever_is_there_is_wiped_and_nobody_new_is_served_until_the_centre_trusts_it_again) {
    Walker walker;
    walker.to_form().on(CardRemoved{{walker.session.id, 1}});
    walker.on(RevocationTold{true});
    ASSERT_TRUE(walker.in<Suspended>());
    EXPECT_TRUE(walker.in<Suspended>()->revoked);
    EXPECT_EQ(walker.effect<LogSessionEnded>()->how, "revoked");
    for (const auto& [event_name, event] : samples::events()) {
        if (std::holds_alternative<RevocationTold>(event)) continue;
        Walker other = walker;
        other.on(event);
        EXPECT_TRUE(other.in<Suspended>() || below(other.session.state) != nullptr) << event_name;
    }
    walker.on(RevocationTold{false});
    EXPECT_TRUE(walker.session.idle());
}

TEST(revoked, a_number_that_is_being_kept_is_shown_first) {
    Walker walker;
    walker.to_sealing().on(CardRemoved{{walker.session.id, 1}});
    walker.on(RevocationTold{true});
    ASSERT_TRUE(walker.in<HandingIn>());
    walker.on(SubmissionKept{walker.in<HandingIn>()->ticket, samples::receipt()});
    ASSERT_TRUE(walker.in<ShowingReceipt>());
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    for (int second = 0; second < 120 && !walker.in<Suspended>(); ++second) walker.wait(1s);
    ASSERT_TRUE(walker.in<Suspended>());
    EXPECT_TRUE(walker.in<Suspended>()->revoked);
}

TEST(revoked, a_technician_goes_on_and_leaves_a_closed_terminal) {
    Walker walker;
    walker.to_technician().on(RevocationTold{true});
    ASSERT_TRUE(walker.in<TechnicianOverview>());
    walker.on(TechnicianLeft{});
    for (int second = 0; second < 5 && !walker.in<Suspended>(); ++second) walker.wait(1s);
    ASSERT_TRUE(walker.in<Suspended>());
    EXPECT_TRUE(walker.in<Suspended>()->revoked);
}

TEST(power, a_door_open_when_mains_come_back_keeps_the_page) {
    Walker walker;
    walker.on(PowerChanged{PowerLevel::critical}).on(DoorOpened{Door::service});
    walker.on(PowerChanged{PowerLevel::mains});
    ASSERT_TRUE(walker.in<Suspended>());
    walker.on(DoorClosed{Door::service});
    EXPECT_TRUE(walker.session.idle());
}

// ---- the panel's light

TEST(panel_light, it_is_dimmed_when_the_last_one_goes_and_bright_when_somebody_comes) {
    Walker walker;
    walker.terminal.settings.light = {90, 20};
    walker.on(PresenceChanged{false});
    EXPECT_EQ(*walker.effect<LightPanel>(), LightPanel{20});
    walker.on(PresenceChanged{false});
    EXPECT_FALSE(walker.effect<LightPanel>());
    walker.on(PresenceChanged{true});
    EXPECT_EQ(*walker.effect<LightPanel>(), LightPanel{90});
}

TEST(panel_light, a_page_in_use_is_never_dimmed_and_the_first_page_after_it_is) {
    Walker walker;
    walker.on(ServicesOpened{}).on(PresenceChanged{false});
    EXPECT_FALSE(walker.effect<LightPanel>());
    for (int second = 0; second < 200 && !walker.session.idle(); ++second) walker.wait(1s);
    ASSERT_TRUE(walker.session.idle());
    EXPECT_EQ(*walker.effect<LightPanel>(), LightPanel{40});
}

TEST(panel_light, who_touches_is_there_whatever_the_sensor_says) {
    Walker walker;
    walker.on(PresenceChanged{false}).on(Touched{});
    EXPECT_EQ(*walker.effect<LightPanel>(), LightPanel{100});
}

// ---- guide lamps

TEST(guide_lamps, in_every_state_a_lamp_leads_only_to_what_the_page_asks_for) {
    for (const auto& [state_name, session] : samples::states()) {
        const auto lamps = guide_lamps(session);
        const bool put = state_name == "place_card" || state_name == "letter_witness";
        const bool take = state_name == "take_card" || state_name == "card_left";
        const bool suspended_over_a_card =
            state_name == "suspended" && std::get<Suspended>(session.state).card;
        EXPECT_EQ(lamps[Lamp::id_card_reader], put                             ? LampState::slow
                                               : take || suspended_over_a_card ? LampState::quick
                                                                               : LampState::off)
            << state_name;
        EXPECT_EQ(lamps[Lamp::document_printer], state_name == "receipt" ||
                                                         state_name == "take_along" ||
                                                         state_name == "proof_printing"
                                                     ? LampState::slow
                                                     : LampState::off)
            << state_name;
        EXPECT_EQ(lamps[Lamp::receipt_printer], LampState::off) << state_name << ", has none";
        EXPECT_EQ(lamps[Lamp::camera] == LampState::continuous, uses_camera(session.state))
            << state_name;
    }
}

TEST(guide_lamps, the_printers_lamp_says_take_it_until_the_person_has_gone) {
    Walker walker;
    walker.to_receipt();
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    EXPECT_EQ(guide_lamps(walker.session)[Lamp::document_printer], LampState::quick);
    walker.on(ReceiptTaken{});
    EXPECT_EQ(guide_lamps(walker.session)[Lamp::document_printer], LampState::quick);
    walker.on(RatingSkipped{});
    EXPECT_EQ(guide_lamps(walker.session)[Lamp::document_printer], LampState::quick);
    walker.wait(5s);
    EXPECT_EQ(guide_lamps(walker.session), domain::Lamps{});
}

TEST(guide_lamps, paper_that_the_printer_saw_go_is_not_pointed_at_any_more) {
    Walker walker;
    walker.to_receipt();
    const auto ticket = walker.in<ShowingReceipt>()->ticket;
    walker.on(PrintEnded{ticket, PrintResult::printed, true}).on(PaperTaken{ticket});
    EXPECT_EQ(guide_lamps(walker.session)[Lamp::document_printer], LampState::off);
}

TEST(guide_lamps, a_slip_from_the_receipt_printer_lights_the_lamp_beside_that_one) {
    Walker walker;
    walker.terminal.health.receipt_printer = {domain::DeviceState::ready, {}, {}};
    walker.to_receipt();
    const auto lit = [&](Lamp lamp) { return guide_lamps(walker.session)[lamp]; };
    EXPECT_EQ(lit(Lamp::receipt_printer), LampState::slow);
    EXPECT_EQ(lit(Lamp::document_printer), LampState::off);
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    EXPECT_EQ(lit(Lamp::receipt_printer), LampState::quick);
    for (const Event& left : {Event{ReceiptTaken{}}, Event{RatingSkipped{}}}) {
        walker.on(left);
        EXPECT_EQ(lit(Lamp::receipt_printer), LampState::quick);
        EXPECT_EQ(lit(Lamp::document_printer), LampState::off);
    }
    walker.wait(5s);
    EXPECT_EQ(guide_lamps(walker.session), domain::Lamps{});
}

TEST(guide_lamps, a_slip_and_a_letter_in_two_places_are_both_pointed_at) {
    Walker walker;
    walker.terminal.health.receipt_printer = {domain::DeviceState::ready, {}, {}};
    walker.to_receipt();
    const auto lit = [&](Lamp lamp) { return guide_lamps(walker.session)[lamp]; };
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    walker.on(LetterCopyWanted{});
    EXPECT_EQ(lit(Lamp::receipt_printer), LampState::quick) << "it still lies there";
    EXPECT_EQ(lit(Lamp::document_printer), LampState::slow);
    const auto letter = walker.in<ShowingReceipt>()->ticket;
    walker.on(PrintEnded{letter, PrintResult::printed, true});
    EXPECT_EQ(lit(Lamp::document_printer), LampState::quick);
    walker.on(PaperTaken{letter});
    EXPECT_EQ(lit(Lamp::document_printer), LampState::off);
    EXPECT_EQ(lit(Lamp::receipt_printer), LampState::quick) << "nobody saw that one go";
}

TEST(guide_lamps, a_slip_that_goes_to_the_other_printer_takes_the_lamp_along) {
    Walker walker;
    walker.terminal.health.receipt_printer = {domain::DeviceState::ready, {}, {}};
    walker.to_receipt();
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket,
                         base::fail(base::FaultCode::PrinterAbsent)});
    EXPECT_EQ(guide_lamps(walker.session)[Lamp::receipt_printer], LampState::off);
    EXPECT_EQ(guide_lamps(walker.session)[Lamp::document_printer], LampState::slow);
}

TEST(guide_lamps, a_card_that_was_noticed_is_told_to_stay) {
    Walker walker;
    walker.to_card().on(CardSeen{walker.in<AwaitingCard>()->ticket});
    EXPECT_EQ(guide_lamps(walker.session)[Lamp::id_card_reader], LampState::continuous);
}

}  // namespace
}  // namespace session
