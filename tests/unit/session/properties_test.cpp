// What holds in every state, whatever happens.
#include "samples.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace std::chrono_literals;

// A technician comes, looks at the health list and resumes.
Session with_service_resumed(Session session, const samples::Terminal& terminal) {
    const auto take = [&](const Event& event) {
        session = step(std::move(session), event, terminal.world()).session;
    };
    take(TechnicianCalled{});
    take(TechnicianByAnswer{});
    take(TechnicianAnswerScan{});
    take(CodeSeen{session.scan.ticket, base::SecretText("CWMA1:")});
    take(TechnicianChecked{
        std::get<flows::TechnicianSigningIn>(session.state).ticket, samples::technician(), {}});
    take(MaintenanceAsked{flows::MaintenanceQuestion::resume});
    take(MaintenanceConfirmed{});
    return session;
}

// The page that asks for a card left behind stays until the card goes: somebody takes it. The one
// of a terminal that is suspended stays until the doors are closed and there is power.
Session with_the_card_gone(Session session, const samples::Terminal& terminal) {
    const auto take = [&](const Event& event) {
        session = step(std::move(session), event, terminal.world()).session;
    };
    if (const auto* suspended = std::get_if<flows::Suspended>(&session.state)) {
        const auto open = suspended->open;
        // Set up by now, and started again.
        std::get<flows::Suspended>(session.state).set_up = false;
        if (suspended->pause) session = with_service_resumed(std::move(session), terminal);
        take(PowerChanged{domain::PowerLevel::mains});
        take(RevocationTold{false});
        for (const auto door : open) take(DoorClosed{door});
    }
    const auto* left = std::get_if<flows::CardLeft>(&session.state);
    if (left == nullptr) return session;
    take(CardRemoved{{left->card_of, 1}});
    return session;
}

TEST(properties, every_state_reaches_idle_by_time_alone) {
    for (const auto& [state_name, start] : samples::states()) {
        for (const bool elder : {false, true}) {
            samples::Terminal terminal;
            Session session = start;
            session.comfort.elder = elder && !session.idle();
            session.last_touch = terminal.now;
            base::Millis waited{};
            while (!session.idle() && waited < 20min) {
                terminal.now += 1s;
                waited += 1s;
                session = step(std::move(session), TimePassed{}, terminal.world()).session;
                session = with_the_card_gone(std::move(session), terminal);
            }
            EXPECT_TRUE(session.idle()) << state_name << " is still " << name(session.state);
            EXPECT_FALSE(session.comfort.elder) << state_name;
        }
    }
}

TEST(properties, no_secret_lives_in_idle) {
    const long before = base::live_secrets();
    {
        const auto events = samples::events();
        const long held_by_events = base::live_secrets() - before;
        for (std::size_t i = 0; i < samples::state_count(); ++i) {
            for (const auto& [event_name, event] : events) {
                samples::Terminal terminal;
                Session session = samples::state(i).session;
                session = step(std::move(session), event, terminal.world()).session;
                session = step(std::move(session), Ended{}, terminal.world()).session;
                for (int second = 0; !session.idle() && second < 1200; ++second) {
                    terminal.now += 1s;
                    session = step(std::move(session), TimePassed{}, terminal.world()).session;
                    // A card that is still asked for asks for nobody.
                    if (std::holds_alternative<flows::CardLeft>(session.state)) break;
                    if (std::holds_alternative<flows::Suspended>(session.state)) break;
                }
                ASSERT_EQ(base::live_secrets() - before, held_by_events)
                    << "after " << event_name << " in sample " << i;
                session = with_the_card_gone(std::move(session), terminal);
                ASSERT_TRUE(session.idle()) << event_name;
                ASSERT_EQ(base::live_secrets() - before, held_by_events)
                    << "after " << event_name << " in sample " << i;
            }
        }
    }
    EXPECT_EQ(base::live_secrets(), before);
}

// A result for another session or an older request changes nothing and shows nobody's data.
TEST(properties, strangers_are_dropped) {
    const samples::Terminal terminal;
    const auto with_ticket = [](Event event, domain::Ticket ticket) {
        std::visit(
            [&](auto& e) {
                if constexpr (requires { e.ticket; }) e.ticket = ticket;
            },
            event);
        return event;
    };
    for (const auto& [state_name, session] : samples::states()) {
        for (const auto& [event_name, event] : samples::events()) {
            const bool is_result = std::visit(
                [](const auto& e) {
                    return requires {
                        e.ticket;
                    };
                },
                event);
            if (!is_result) continue;
            for (const domain::Ticket stranger : {domain::Ticket{6, 70}, domain::Ticket{7, 69}}) {
                // A card that is gone is gone, whichever request of this session notices.
                if ((std::holds_alternative<CardRemoved>(event) ||
                     std::holds_alternative<CardWatchEnded>(event)) &&
                    stranger.session == session.id)
                    continue;
                // The watch on the first page is always this session's newest.
                const bool watched =
                    session.idle() || std::holds_alternative<flows::Farewell>(session.state);
                if (watched && stranger.session == session.id) continue;
                const auto next = step(session, with_ticket(event, stranger), terminal.world());
                EXPECT_STREQ(name(next.session.state), name(session.state)) << event_name;
                EXPECT_TRUE(next.effects.empty()) << event_name << " in " << state_name;
                const auto* person = person_of(next.session.state);
                const auto* before = person_of(session.state);
                EXPECT_EQ(person != nullptr && *person, before != nullptr && *before);
            }
        }
    }
}

TEST(properties, ending_is_honoured_everywhere_but_while_sealing_and_with_the_card_in_the_machine) {
    const samples::Terminal terminal;
    for (const auto& [state_name, session] : samples::states()) {
        const auto next = step(session, Ended{}, terminal.world());
        const bool held = state_name == "handing_in" || state_name == "take_card" ||
                          state_name == "card_left" || state_name == "voice_keeping" ||
                          state_name == "hand_in_problem" ||  // asks first
                          // over the health list (UX-256); nobody is wiped there
                          technician_of(session.state) != nullptr;

        EXPECT_EQ(with_the_card_gone(next.session, terminal).idle(),
                  !held || state_name == "card_left")
            << state_name;
    }
}

TEST(properties, a_warning_comes_before_any_session_ends_for_silence) {
    for (const auto& [state_name, start] : samples::states()) {
        samples::Terminal terminal;
        Session session = start;
        session.last_touch = terminal.now;
        if (!person_of(session.state) || std::string(name(session.state)) == "receipt") continue;
        if (state_name == "face_check" || state_name == "handing_in" || state_name == "take_card" ||
            state_name == "progress_wait" || state_name == "proof_printing")
            continue;  // devices and the centre have their own limits
        bool warned = false;
        for (int second = 0; !session.idle() && second < 1200; ++second) {
            terminal.now += 1s;
            session = step(std::move(session), TimePassed{}, terminal.world()).session;
            warned = warned || session.overlay == Overlay::still_there;
        }
        EXPECT_TRUE(warned) << state_name;
    }
}

TEST(properties, a_person_may_stay_ten_times_in_a_row) {
    samples::Walker walker;
    walker.to_form();
    for (int i = 0; i < 12; ++i) {
        walker.wait(181s);
        ASSERT_EQ(walker.session.overlay, Overlay::still_there);
        walker.wait(44s).on(Touched{});
        ASSERT_EQ(walker.session.overlay, Overlay::none);
        ASSERT_TRUE(walker.in<flows::FillingForm>());
    }
}

}  // namespace
}  // namespace session
