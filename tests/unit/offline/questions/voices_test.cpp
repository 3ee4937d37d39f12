// From a case that was applied to a work order, its answer, and what the citizen says to that.
#include "offline/intake/voices/reply_answerer.hpp"
#include "offline/intake/voices/voice_book.hpp"
#include "offline/questions/reply_question.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

namespace {

using namespace offline_test;
using namespace offline::questions;
using domain::ReplyAct;
namespace wire = papers::wire;

const Person rater{"000101194601020124", "王秀兰"}, somebody{"000101194102030121", "王𬱖兰"};

class Voices : public EverySuite {
  protected:
    Voices() : book(intake::VoiceBook::open(folder.path()).value()) {
        desk.emplace(intake::AnswerBook::open(folder.path()).value(), world.pinned, world.intake,
                     clock, log);
        desk->add(std::make_unique<intake::ReplyAnswerer>(
            intake::VoiceBook::open(folder.path()).value(), world.intake));
    }
    intake::StoredCase stored(const std::string& number, const Person* person) {
        intake::StoredCase out;
        out.sub_id = domain::SubId::draw();
        out.case_number = number;
        out.local_number = "234567";
        out.person =
            person == nullptr ? base::Bytes(32, 1) : intake::person_hash(world.intake, *person);
        out.received_at = clock.now();
        return out;
    }
    static catalogue::CheckedVoice said(catalogue::VoiceKind kind, const Person* person,
                                        std::int64_t level = 0, bool follow_up = true) {
        catalogue::CheckedVoice out;
        out.voice.kind = kind;
        out.voice.level = level;
        if (person != nullptr)
            out.voice.person =
                base::Secret<catalogue::VoicePerson>({person->name, person->id_number});
        out.token = "234567.receipt";
        out.follow_up = follow_up;
        out.reply_days = 5;
        return out;
    }
    std::vector<domain::VoiceReply> ask(const ReplyAsked& asked) {
        const auto text = reply_question(asked);
        const auto question = world.question(base::to_bytes(*text)).value();
        const auto body =
            wire::encode(wire::AskRequest{world.certificate.file,
                                          "reply",
                                          {question.bytes().begin(), question.bytes().end()}},
                         world.terminal_key)
                .value();
        const auto reply = desk->ask(body);
        EXPECT_TRUE(reply && reply->status == 200);
        const auto opened = question.open_answer(wire::answer(reply->body).value()).value();
        return read_reply_answer(*opened).value();
    }
    std::vector<domain::VoiceReply> of(const Person& person) {
        return ask({ReplyAct::ask, "", "", person});
    }

    Folder folder;
    base::ManualClock clock{start};
    base::NoEventLog log;
    intake::VoiceBook book;
    std::optional<intake::QuestionDesk> desk;
};

using catalogue::VoiceKind;

TEST_P(Voices, a_case_makes_a_work_order_once_however_often_it_is_applied) {
    const auto complaint = stored("N-1", &rater);
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(book.take(complaint, said(VoiceKind::complaint, &rater)));
    const auto orders = book.all().value();
    ASSERT_EQ(orders.size(), 1u);
    EXPECT_EQ(orders[0].state, "received");
    EXPECT_EQ(orders[0].due, start + base::Millis{5 * 24 * 3'600'000});
    EXPECT_FALSE(orders[0].overdue(start));
    EXPECT_TRUE(orders[0].overdue(start + base::Millis{6 * 24 * 3'600'000}));
}

TEST_P(Voices, a_rating_counts_once_for_its_case_and_step_and_makes_work_only_from_its_level) {
    ASSERT_TRUE(book.take(stored("N-1", &rater), said(VoiceKind::rating, &rater, 2, false)));
    ASSERT_TRUE(book.take(stored("N-2", &rater), said(VoiceKind::rating, &rater, 5)));
    EXPECT_TRUE(book.all()->empty()) << "the first one of this case and step counts";
    EXPECT_EQ(book.ratings().value(), (std::array<std::int64_t, 5>{0, 1, 0, 0, 0}));
    auto later = said(VoiceKind::rating, &rater, 5);
    later.token = "234567.finish";
    const auto third = stored("N-3", &rater);
    ASSERT_TRUE(book.take(third, later));
    ASSERT_TRUE(book.take(third, later));
    EXPECT_EQ(book.all()->size(), 1u);
    EXPECT_EQ(book.ratings().value(), (std::array<std::int64_t, 5>{0, 1, 0, 0, 1}));
}

TEST_P(Voices, the_answer_is_read_by_its_person_and_by_its_slip_and_by_nobody_else) {
    const auto named = stored("N-1", &rater), unnamed = stored("N-2", nullptr);
    ASSERT_TRUE(book.take(named, said(VoiceKind::consult, &rater)));
    ASSERT_TRUE(book.take(unnamed, said(VoiceKind::complaint, nullptr)));
    ASSERT_TRUE(book.reply("N-1", "周一到周五都开门。", clock.now()));
    ASSERT_EQ(of(rater).size(), 1u);
    EXPECT_EQ(of(rater)[0].reply, "周一到周五都开门。");
    EXPECT_TRUE(of(somebody).empty());
    const auto by_slip = ask({ReplyAct::ask, "", unnamed.sub_id.text(), {}});
    ASSERT_EQ(by_slip.size(), 1u);
    EXPECT_EQ(by_slip[0].number, "N-2");
    EXPECT_FALSE(by_slip[0].asks);
    EXPECT_TRUE(ask({ReplyAct::ask, "", domain::SubId::draw().text(), {}}).empty());
}

TEST_P(Voices, who_is_not_content_yet_is_asked_again_until_they_are) {
    ASSERT_TRUE(book.take(stored("N-1", &rater), said(VoiceKind::rating, &rater, 4)));
    EXPECT_FALSE(book.close("N-1")) << "nothing is closed without an answer";
    ASSERT_TRUE(book.assign("N-1"));
    ASSERT_TRUE(book.reply("N-1", "加开了一个窗口。", clock.now()));
    ASSERT_TRUE(of(rater)[0].asks);
    // Of somebody else's nothing can be said.
    ask({ReplyAct::content, "N-1", "", somebody});
    EXPECT_EQ(book.order("N-1")->state, "replied");
    EXPECT_EQ(ask({ReplyAct::not_yet, "N-1", "", rater})[0].state, "received");
    EXPECT_EQ(book.order("N-1")->again, 1);
    ASSERT_TRUE(book.reply("N-1", "又加开了一个。", clock.now()));
    EXPECT_EQ(ask({ReplyAct::content, "N-1", "", rater})[0].state, "satisfied");
    EXPECT_EQ(ask({ReplyAct::content, "N-1", "", rater})[0].state, "satisfied");
    EXPECT_FALSE(book.reply("N-1", "…", clock.now()));
    ASSERT_TRUE(book.close("N-1"));
}

TEST_P(Voices, a_question_for_replies_names_either_a_person_or_a_slip) {
    const std::string id = domain::SubId::draw().text();
    for (const ReplyAsked& good :
         {ReplyAsked{ReplyAct::ask, "", id, {}}, ReplyAsked{ReplyAct::ask, "", "", rater},
          ReplyAsked{ReplyAct::not_yet, "N-1", "", rater}})
        EXPECT_EQ(read_reply_question(*reply_question(good)).value(), good);
    for (const ReplyAsked& bad :
         {ReplyAsked{ReplyAct::ask, "", "", {}}, ReplyAsked{ReplyAct::ask, "", id, rater},
          ReplyAsked{ReplyAct::ask, "", "1234", {}}, ReplyAsked{ReplyAct::ask, "N-1", id, {}},
          ReplyAsked{ReplyAct::content, "", id, {}}})
        EXPECT_FALSE(read_reply_question(*reply_question(bad)));
}

INSTANTIATE_TEST_SUITE_P(suites, Voices, both_suites, suite_name);

}  // namespace
