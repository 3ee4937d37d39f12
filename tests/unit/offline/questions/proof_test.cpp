// A paper made out for somebody: from the bureau's file through the sealed question to the
// terminal.
#include "offline/intake/proof_book.hpp"
#include "offline/questions/proof_question.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

#include <nlohmann/json.hpp>

namespace {

using namespace offline_test;
using namespace offline::questions;
using domain::ProofOutcome;
using nlohmann::json;
namespace wire = papers::wire;

const Person holder{"000101194601020124", "王秀兰"}, stranger{"000101194102030121", "王𬱖兰"};
const std::string pdf = "%PDF-1.4 << /Type /Page >>";

json entry() {
    return {{"holder", {{"id_number", holder.id_number}, {"name", holder.name}}},
            {"type", "social_insurance"},
            {"answers", {{"period", "months_12"}}},
            {"title", "社会保险参保缴费证明"},
            {"period", "2025年12月 – 2026年11月"},
            {"pages", 1},
            {"code", "SBZM202611229"},
            {"issued_at", "2026-11-22T08:00:00+08:00"},
            {"valid_to", ""},
            {"pdf", base::to_base64url(base::to_bytes(pdf))}};
}
std::string file(const json& one, const json& closed = json::array()) {
    return json{{"proofs", json::array({one})}, {"not_now", closed}}.dump();
}

ProofAsked question(const std::string& request = std::string(32, 'a'),
                    const Person& person = holder) {
    return {person,  "social_insurance",         {{"period", "months_12"}}, 2,
            request, "2026-11-22T09:41:00+08:00"};
}

class Proofs : public EverySuite {
  protected:
    Proofs() {
        EXPECT_EQ(book().load(file(entry()), folder.path(), world.intake).value(), 1);
        desk.emplace(intake::AnswerBook::open(folder.path()).value(), world.pinned, world.intake,
                     clock, log);
        desk->add(std::make_unique<intake::ProofAnswerer>(book(), world.intake, clock));
    }
    intake::ProofBook book() { return intake::ProofBook::open(folder.path()).value(); }
    ProofTold asked(const ProofAsked& what) {
        const auto sealed = world.question(base::to_bytes(*proof_question(what))).value();
        const auto body =
            wire::encode(wire::AskRequest{world.certificate.file,
                                          "proof",
                                          {sealed.bytes().begin(), sealed.bytes().end()}},
                         world.terminal_key)
                .value();
        EXPECT_EQ(base::as_text(body).find(holder.id_number), std::string_view::npos);
        const auto reply = desk->ask(body);
        EXPECT_TRUE(reply && reply->status == 200);
        return read_proof_answer(*sealed.open_answer(wire::answer(reply->body).value()).value())
            .value();
    }
    Folder folder;
    base::ManualClock clock{start};
    base::NoEventLog log;
    std::optional<intake::QuestionDesk> desk;
};

TEST_P(Proofs, a_paper_comes_to_its_holder_for_what_they_chose_and_to_nobody_else) {
    const auto told = asked(question());
    ASSERT_EQ(told.answer.outcome, ProofOutcome::here);
    EXPECT_EQ(base::as_text(*told.answer.paper->pdf), pdf);
    EXPECT_EQ(told.answer.paper->code, "SBZM202611229");
    EXPECT_EQ(told.answer.paper->copies_left, 1);
    EXPECT_EQ(told.sha256.size(), 64u);
    EXPECT_EQ(asked(question(std::string(32, 'b'), stranger)).answer.outcome, ProofOutcome::none);
    auto elsewhen = question(std::string(32, 'c'));
    elsewhen.answers["period"] = "all";
    EXPECT_EQ(asked(elsewhen).answer.outcome, ProofOutcome::none);
}

TEST_P(Proofs, a_day_has_so_many_copies_and_the_same_request_counts_once) {
    EXPECT_EQ(asked(question()).answer.paper->copies_left, 1);
    EXPECT_EQ(asked(question()).answer.paper->copies_left, 1);
    EXPECT_EQ(asked(question(std::string(32, 'b'))).answer.paper->copies_left, 0);
    EXPECT_EQ(asked(question(std::string(32, 'c'))).answer.outcome, ProofOutcome::used_up);
    clock.forward(base::Millis{24 * 3'600'000});
    EXPECT_EQ(asked(question(std::string(32, 'c'))).answer.outcome, ProofOutcome::here);
}

TEST_P(Proofs, a_bureau_that_makes_none_out_now_says_so_and_a_wrong_file_changes_nothing) {
    EXPECT_TRUE(book().load(file(entry(), {"social_insurance"}), folder.path(), world.intake));
    EXPECT_EQ(asked(question()).answer.outcome, ProofOutcome::not_now);
    auto mistyped = entry();
    mistyped["code"] = "SBZM202611228";
    auto unnamed = entry();
    unnamed.erase("holder");
    auto both = entry();
    both["file"] = "paper.pdf";
    for (const auto& wrong : {mistyped, unnamed, both})
        EXPECT_EQ(book().load(file(wrong), folder.path(), world.intake).error().code,
                  base::FaultCode::BytesMalformed);
    EXPECT_EQ(asked(question()).answer.outcome, ProofOutcome::not_now);
}

TEST_P(Proofs, whoever_is_given_the_paper_learns_what_it_is_and_its_holder_masked) {
    const auto found = book().verify("SBZM202611229").value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->type, "social_insurance");
    EXPECT_EQ(found->issued_at, "2026-11-22T08:00:00+08:00");
    EXPECT_NE(found->masked_holder, holder.name);
    EXPECT_FALSE(book().verify("SBZM202611228").value());
}

INSTANTIATE_TEST_SUITE_P(suites, Proofs, both_suites, suite_name);

TEST(proof_question, a_question_and_an_answer_say_the_same_when_they_are_read) {
    EXPECT_EQ(read_proof_question(*proof_question(question())).value(), question());
    for (const auto outcome : {ProofOutcome::none, ProofOutcome::not_now, ProofOutcome::used_up}) {
        const ProofTold told{{outcome, std::nullopt}, {}};
        EXPECT_EQ(read_proof_answer(*proof_answer(told)).value(), told);
    }
}

TEST(proof_question, what_is_missing_too_much_or_out_of_bounds_is_refused) {
    const json good = json::parse(*proof_question(question()));
    for (const auto& [field, value] : good.items()) {
        json without = good;
        without.erase(field);
        EXPECT_FALSE(read_proof_question(without.dump())) << field;
    }
    const json out_of_bounds = {{"copies_max", 0},
                                {"copies_max ", 1},
                                {"request", "A"},
                                {"asked_at", "yesterday"},
                                {"type", ""}};
    for (const auto& [field, value] : out_of_bounds.items()) {
        json wrong = good;
        wrong[field] = value;
        EXPECT_FALSE(read_proof_question(wrong.dump())) << field;
    }
    const json answer = {{"kind", "proof"}, {"outcome", "none"}};
    EXPECT_TRUE(read_proof_answer(answer.dump()));
    json wrong = answer;
    wrong["outcome"] = "perhaps";
    EXPECT_EQ(read_proof_answer(wrong.dump()).error().code, base::FaultCode::CentreNonsense);
    wrong["outcome"] = "here";
    EXPECT_EQ(read_proof_answer(wrong.dump()).error().code, base::FaultCode::CentreNonsense);
    wrong = answer;
    wrong["pdf"] = "";
    EXPECT_EQ(read_proof_answer(wrong.dump()).error().code, base::FaultCode::CentreNonsense);
    EXPECT_EQ(read_proof_answer(refused_answer("unknown-kind")).error().code,
              base::FaultCode::CentreRefused);
}

TEST(proof_question, a_mistyped_code_of_a_paper_is_noticed) {
    EXPECT_TRUE(is_proof_code("SBZM202611229"));
    for (std::size_t at = 0; at < 13; ++at) {
        std::string wrong = "SBZM202611229";
        wrong[at] = wrong[at] == '7' ? '8' : '7';
        EXPECT_FALSE(is_proof_code(wrong)) << at;
    }
    EXPECT_FALSE(is_proof_code("SBZM20261122"));
    EXPECT_FALSE(is_proof_code("sbzm202611229"));
}

}  // namespace
