// Room for a form is asked for when it opens, and given back in every way but one.
#include "samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace session {
namespace {

using samples::Walker;

std::ptrdiff_t abandoned(const Effects& effects) {
    return std::count_if(effects.begin(), effects.end(), [](const auto& effect) {
        return std::holds_alternative<AbandonRoom>(effect);
    });
}

TEST(room, the_form_asks_for_it_once_with_the_id_it_will_hand_in_under) {
    Walker walker;
    walker.to_form();
    const auto* asked = walker.effect<ReserveRoom>();
    ASSERT_NE(asked, nullptr);
    EXPECT_EQ(asked->item_code, samples::item_code);
    const auto id = asked->sub_id;
    EXPECT_EQ(id, walker.in<flows::FillingForm>()->journey.sub_id);
    // Back to the questions and into the form again: the same form, the same room.
    while (!walker.in<flows::ConfirmingIdentity>()) {
        walker.on(WentBack{});
        EXPECT_EQ(abandoned(walker.effects), 0);
    }
    walker.on(IdentityConfirmed{});
    while (const auto* asking = walker.in<flows::AnsweringSituation>()) {
        const auto& item = *samples::pack().find_item(samples::item_code);
        for (const auto& question : item.situation)
            if (question.id == asking->question) {
                walker.on(QuestionAnswered{question.id, question.options.front().value});
                break;
            }
        EXPECT_EQ(walker.effect<ReserveRoom>(), nullptr);
    }
    ASSERT_NE(walker.in<flows::FillingForm>(), nullptr);
    EXPECT_EQ(walker.in<flows::FillingForm>()->journey.sub_id, id);
}

TEST(room, DiskFull_turns_the_form_into_the_guide_that_says_so_and_nothing_of_the_person_stays) {
    const auto before = base::live_secrets();
    {
        Walker walker;
        walker.to_form();
        const auto room = *walker.session.room;
        walker.on(HelpOpened{});
        walker.on(RoomReserved{{room.ticket.session, room.ticket.request - 1},
                               base::fail(base::FaultCode::DiskFull)});
        ASSERT_NE(walker.in<flows::FillingForm>(), nullptr) << "an older request's answer";
        walker.on(RoomReserved{room.ticket, base::fail(base::FaultCode::DiskFull)});
        const auto* guide = walker.in<flows::ReadingGuide>();
        ASSERT_NE(guide, nullptr);
        EXPECT_TRUE(guide->no_room);
        EXPECT_EQ(walker.session.overlay, Overlay::none);
        EXPECT_EQ(abandoned(walker.effects), 1);
        ASSERT_NE(walker.effect<LogFault>(), nullptr);
        EXPECT_EQ(walker.effect<LogFault>()->fault, base::FaultCode::DiskFull);
        walker.effects.clear();
        EXPECT_EQ(base::live_secrets(), before);
        // Its other pages know, too.
        walker.on(GuidePageOpened{flows::GuidePage::terms}).on(WentBack{});
        EXPECT_TRUE(walker.in<flows::ReadingGuide>()->no_room);
    }
    EXPECT_EQ(base::live_secrets(), before);
}

TEST(room, without_an_answer_the_form_goes_on) {
    Walker walker;
    walker.to_form();
    walker.on(RoomReserved{walker.session.room->ticket, {}});
    EXPECT_NE(walker.in<flows::FillingForm>(), nullptr);
    walker.on(
        RoomReserved{walker.session.room->ticket, base::fail(base::FaultCode::PostUnreachable)});
    EXPECT_NE(walker.in<flows::FillingForm>(), nullptr);
    EXPECT_TRUE(walker.session.room) << "asked for again when the post is back";
}

TEST(room, what_was_kept_gives_nothing_back_and_what_was_not_does_at_the_end) {
    Walker kept;
    kept.to_sealing();
    kept.on(SubmissionKept{kept.in<flows::HandingIn>()->ticket, samples::receipt()});
    EXPECT_FALSE(kept.session.room);
    EXPECT_EQ(abandoned(kept.effects), 0);

    Walker refused;
    refused.to_sealing();
    const auto id = refused.session.room->sub_id;
    refused.on(SubmissionKept{refused.in<flows::HandingIn>()->ticket,
                              base::fail(base::FaultCode::DiskFull)});
    EXPECT_TRUE(refused.session.room) << "it may be tried again";
    refused.on(Ended{}).on(LeaveChosen{});
    EXPECT_FALSE(refused.session.room);
    ASSERT_NE(refused.effect<AbandonRoom>(), nullptr);
    EXPECT_EQ(refused.effect<AbandonRoom>()->sub_id, id);
}

// Every sample of every state, every event: room is held only while a state holds its submission,
// and every way out gives it back exactly once.
TEST(room, no_way_out_of_a_form_forgets_to_give_it_back) {
    const samples::Terminal terminal;
    int ways_out = 0;
    for (const auto& [state_name, session] : samples::states()) {
        if (!session.room) continue;
        for (const auto& [event_name, event] : samples::events()) {
            const auto next = step(session, event, terminal.world());
            const auto* kept = std::get_if<SubmissionKept>(&event);
            const bool used = kept != nullptr && kept->receipt && !next.session.room;
            const bool left = !next.session.room && !used;
            EXPECT_EQ(abandoned(next.effects), left ? 1 : 0) << event_name << " in " << state_name;
            if (next.session.room) {
                const auto* open = submission_of(next.session.state);
                ASSERT_NE(open, nullptr) << event_name << " in " << state_name;
                EXPECT_EQ(*open, next.session.room->sub_id);
            }
            ways_out += left ? 1 : 0;
        }
    }
    EXPECT_GT(ways_out, 20);
}

}  // namespace
}  // namespace session
