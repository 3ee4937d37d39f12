// Sealed questions of every kind, from the app's side to the centre's book and back; the post sees
// a word and bytes.
#include "offline/intake/question_desk.hpp"
#include "offline/questions/progress_question.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

namespace {

using namespace offline_test;
using namespace offline::questions;
namespace wire = papers::wire;

const Person holder{"000101194601020124", "王秀兰"}, stranger{"000101194102030121", "王𬱖兰"};

const char* const registers = R"({
  "certificates": [
    {"holder": {"id_number": "000101194601020124", "name": "王秀兰"}, "type": "elder-card",
     "type_name": "老年人优待证", "number": "ELD-0001", "issuer": "示例县民政局",
     "valid_from": "2020-01-01", "valid_to": "", "state": "normal"},
    {"holder": {"id_number": "000101194601020124", "name": "王秀兰"}, "type": "health",
     "type_name": "健康证明", "number": "HEA-0001", "issuer": "示例县卫生健康局",
     "valid_from": "2020-01-01", "valid_to": "2021-01-01", "state": "expired"}],
  "fees": [
    {"payer": {"id_number": "000101194601020124", "name": "王秀兰"}, "order_no": "P-1",
     "case_number": "", "payee": "示例县医疗保障局", "purpose": "城乡居民医保", "basis": "示例文件 1 号",
     "due_fen": 40000, "paid_fen": 15000, "since": "2026-11-01T08:00:00+08:00"}]})";

class Questions : public EverySuite {
  protected:
    Questions() {
        EXPECT_EQ(intake::AnswerBook::open(folder.path()).value().load(registers, world.intake), 3);
        desk.emplace(intake::AnswerBook::open(folder.path()).value(), world.pinned, world.intake,
                     clock, log);
    }
    base::Bytes asked(const std::string& kind, base::ByteView sealed) {
        return wire::encode(
                   wire::AskRequest{world.certificate.file, kind, {sealed.begin(), sealed.end()}},
                   world.terminal_key)
            .value();
    }
    // The opened answer.
    std::string answer(const std::string& kind, const base::SecretText& text) {
        const auto question = world.question(base::to_bytes(*text)).value();
        last_body = asked(kind, question.bytes());
        EXPECT_EQ(base::as_text(last_body).find(holder.id_number), std::string_view::npos);
        const auto reply = desk->ask(last_body);
        EXPECT_TRUE(reply);
        if (!reply || reply->status != 200) return "status " + std::to_string(reply->status);
        return *question.open_answer(wire::answer(reply->body).value()).value();
    }
    base::Result<DraftAnswer> draft(DraftAction action, const Person& person,
                                    const std::string& content = {}, int hours = 24) {
        DraftAsked asked{action, person, item, clock.now()};
        if (action == DraftAction::store) {
            asked.keep_hours = hours;
            asked.content = base::SecretText(content);
        }
        return read_draft_answer(answer("draft", draft_question(asked)));
    }

    Folder folder;
    base::ManualClock clock{start};
    base::NoEventLog log;
    std::optional<intake::QuestionDesk> desk;
    base::Bytes last_body;
};

TEST_P(Questions, a_certificate_is_found_by_its_holder_and_by_nobody_else) {
    const auto found = [&](const Person& person, const std::string& type) {
        return read_certificate_answer(answer("certificate", certificate_question({person, type})))
            .value();
    };
    ASSERT_EQ(found(holder, "").size(), 2u);
    const auto health = found(holder, "health");
    ASSERT_EQ(health.size(), 1u);
    EXPECT_EQ(health[0].number, "HEA-0001");
    EXPECT_EQ(health[0].valid_to, "2021-01-01");
    EXPECT_EQ(health[0].state, "expired");
    EXPECT_TRUE(found(stranger, "").empty());
    EXPECT_TRUE(found({holder.id_number, stranger.name}, "").empty());
}

TEST_P(Questions, a_fee_says_what_is_due_and_what_was_paid_in_fen) {
    const auto fees = read_fee_answer(answer("fee", fee_question(holder))).value();
    ASSERT_EQ(fees.size(), 1u);
    EXPECT_EQ(fees[0].due_fen, 40000);
    EXPECT_EQ(fees[0].paid_fen, 15000);
    EXPECT_TRUE(read_fee_answer(answer("fee", fee_question(stranger))).value().empty());
}

TEST_P(Questions, a_register_that_is_loaded_again_replaces_and_a_wrong_one_changes_nothing) {
    auto book = intake::AnswerBook::open(folder.path()).value();
    std::string paid = registers;
    paid.replace(paid.find("15000"), 5, "40000");
    EXPECT_EQ(book.load(paid, world.intake).value(), 3);
    EXPECT_EQ(read_fee_answer(answer("fee", fee_question(holder))).value()[0].paid_fen, 40000);
    std::string wrong = registers;
    wrong.replace(wrong.find("15000"), 5, "-1500");
    EXPECT_EQ(book.load(wrong, world.intake).error().code, FaultCode::BytesMalformed);
    EXPECT_EQ(read_fee_answer(answer("fee", fee_question(holder))).value()[0].paid_fen, 40000);
}

TEST_P(Questions, a_draft_is_kept_sealed_given_to_its_person_and_deleted_when_asked) {
    EXPECT_EQ(draft(DraftAction::fetch, holder)->outcome, DraftAnswer::Outcome::none);
    const auto stored = draft(DraftAction::store, holder, "填了一半的表");
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->until, start + base::Millis{24 * 3'600'000});
    const auto found = draft(DraftAction::fetch, holder);
    EXPECT_EQ(found->outcome, DraftAnswer::Outcome::found);
    EXPECT_EQ(*found->content, "填了一半的表");
    EXPECT_EQ(draft(DraftAction::fetch, stranger)->outcome, DraftAnswer::Outcome::none);
    // What lies on the disk names nobody and says nothing.
    for (const auto& entry : fs::directory_iterator(folder.path())) {
        const auto bytes = base::read_file(entry.path().string()).value();
        for (const std::string secret : {"填了一半", "王秀兰", "000101194601020124"})
            EXPECT_EQ(base::as_text(bytes).find(secret), std::string_view::npos) << entry.path();
    }
    clock.forward(base::Millis{1});
    EXPECT_EQ(draft(DraftAction::remove, holder)->outcome, DraftAnswer::Outcome::removed);
    EXPECT_EQ(draft(DraftAction::fetch, holder)->outcome, DraftAnswer::Outcome::none);
}

TEST_P(Questions, a_draft_is_gone_when_its_time_is_over) {
    draft(DraftAction::store, holder, "x", 2).value();
    clock.forward(base::Millis{2 * 3'600'000 - 1});
    EXPECT_EQ(draft(DraftAction::fetch, holder)->outcome, DraftAnswer::Outcome::found);
    clock.forward(base::Millis{1});
    EXPECT_EQ(draft(DraftAction::fetch, holder)->outcome, DraftAnswer::Outcome::none);
}

TEST_P(Questions, a_question_that_somebody_kept_and_sends_again_changes_no_draft) {
    draft(DraftAction::store, holder, "old").value();
    const auto old = last_body;
    clock.forward(base::Millis{1});
    draft(DraftAction::store, holder, "new").value();
    EXPECT_EQ(desk->ask(old)->status, 200);
    EXPECT_EQ(*draft(DraftAction::fetch, holder)->content, "new");
    clock.forward(base::Millis{1});
    draft(DraftAction::remove, holder).value();
    EXPECT_EQ(desk->ask(old)->status, 200);
    EXPECT_EQ(draft(DraftAction::fetch, holder)->outcome, DraftAnswer::Outcome::none);
    // The same word once more is answered as it was: its answer may have been lost.
    draft(DraftAction::remove, holder).value();
    EXPECT_EQ(draft(DraftAction::remove, holder)->outcome, DraftAnswer::Outcome::removed);
}

TEST_P(Questions, an_unknown_kind_and_one_that_says_another_inside_are_refused_in_a_word) {
    const auto text = fee_question(holder);
    EXPECT_EQ(refusal_in(answer("horoscope", text)), refusal::unknown_kind);
    EXPECT_EQ(refusal_in(answer("certificate", text)), refusal::other_kind);
    EXPECT_EQ(refusal_in(answer("fee", base::SecretText(R"({"kind":"fee","id_number":1})"))),
              refusal::malformed);
    const auto refused = read_fee_answer(answer("certificate", text));
    EXPECT_EQ(refused.error().code, FaultCode::CentreRefused);
    EXPECT_EQ(refused.error().safe_detail, refusal::other_kind);
    EXPECT_EQ(read_certificate_answer(refused_answer("x")).error().code, FaultCode::CentreRefused);
    EXPECT_EQ(read_progress_answer(refused_answer("x")).error().code, FaultCode::CentreRefused);
}

TEST_P(Questions, progress_and_whatever_is_no_question_of_a_terminal_is_left_to_the_service) {
    const auto question = world.question(base::to_bytes("x")).value();
    EXPECT_FALSE(desk->ask(asked("progress", question.bytes())));
    EXPECT_FALSE(desk->ask(base::to_bytes("nonsense")));
    EXPECT_EQ(desk->ask(asked("fee", base::to_bytes("not sealed")))->status, 400);
    EXPECT_FALSE(desk->ask(
        wire::encode(wire::AskRequest{other.certificate.file, "fee", {}}, other.terminal_key)
            .value()));
}

INSTANTIATE_TEST_SUITE_P(suites, Questions, both_suites, suite_name);

TEST(question_papers, what_is_written_reads_back_and_one_field_more_or_less_does_not) {
    const Fee fee{"P-1", "C-1", "payee", "purpose", "basis", 3, fen_max, "2026"};
    EXPECT_EQ(read_fee_answer(fee_answer({fee})).value(), std::vector{fee});
    const Certificate one{"t", "n", "1", "i", "2020-01-01", "", "revoked"};
    EXPECT_EQ(read_certificate_answer(certificate_answer({one})).value(), std::vector{one});
    for (const char* wrong :
         {R"({"kind":"fee","fees":[{}]})", R"({"kind":"fee"})", R"({"kind":"fee","fees":[],"x":1})",
          R"({"kind":"certificate","fees":[]})", "[]", "", R"({"kind":"fee","fees":{}})"})
        EXPECT_EQ(read_fee_answer(wrong).error().code, FaultCode::CentreNonsense) << wrong;
    auto beyond = fee;
    beyond.due_fen = fen_max + 1;
    EXPECT_FALSE(read_fee_answer(fee_answer({beyond})));
    auto nowhere = one;
    nowhere.state = "maybe";
    EXPECT_FALSE(read_certificate_answer(certificate_answer({nowhere})));
    EXPECT_FALSE(read_fee_answer(fee_answer(std::vector<Fee>(101, fee))));
}

TEST(question_papers, what_the_office_says_of_a_case_reads_back_whole_or_is_not_there_at_all) {
    domain::SubmissionStatus status;
    status.delivery = domain::Delivery::received;
    status.local_number = "L";
    status.case_number = "C";
    status.item_name = "i";
    status.centre_state = "CORRECTION";
    status.since = "2026-11-24T10:05:00+08:00";
    status.office = "示例县民政局";
    status.due = "2026-12-01";
    status.note = "缺户口簿";
    EXPECT_EQ(read_progress_answer(progress_answer({status})).value(), std::vector{status});
    // A centre of the version before says nothing of all that.
    const std::string begins =
        R"({"kind":"progress","cases":[{"local_number":"L","case_number":"C","item_name":"i",)"
        R"("state":"RECEIVED","since":"")";
    const auto old = read_progress_answer(begins + "}]}");
    ASSERT_TRUE(old);
    EXPECT_EQ(old->at(0).due, "");
    for (const char* wrong :
         {R"(,"office":"o"}]})", R"(,"office":"","due":"","note":"","result":"","more":""}]})",
          R"(,"office":"","due":"tomorrow","note":"","result":""}]})",
          R"(,"office":"","due":"2026-02-30","note":"","result":""}]})",
          R"(,"office":"","due":"","note":"","result":"MAYBE"}]})",
          R"(,"office":1,"due":"","note":"","result":""}]})"})
        EXPECT_EQ(read_progress_answer(begins + wrong).error().code, FaultCode::CentreNonsense)
            << wrong;
    status.note = std::string(513, 'x');
    EXPECT_FALSE(read_progress_answer(progress_answer({status})));
}

TEST(question_papers, a_draft_without_content_is_not_stored_and_one_too_long_is_no_question) {
    DraftAsked asked{DraftAction::store, holder, item, start, 24};
    EXPECT_FALSE(read_draft_question(*draft_question(asked)));
    asked.content = base::SecretText(std::string(draft_bytes_max, 'x'));
    EXPECT_TRUE(read_draft_question(*draft_question(asked)));
    asked.content = base::SecretText(std::string(draft_bytes_max + 1, 'x'));
    EXPECT_FALSE(read_draft_question(*draft_question(asked)));
    asked.content = base::SecretText("x");
    asked.keep_hours = draft_hours_max + 1;
    EXPECT_FALSE(read_draft_question(*draft_question(asked)));
    asked.keep_hours = 0;
    EXPECT_FALSE(read_draft_question(*draft_question(asked)));
}

}  // namespace
