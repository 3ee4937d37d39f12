#include "offline/questions/proof_question.hpp"

#include "base/clock.hpp"
#include "domain/check_characters.hpp"
#include "offline/questions/strict_json.hpp"

#include <algorithm>
#include <array>

namespace offline::questions {

using base::FaultCode;
using domain::ProofOutcome;
using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 4> outcomes{"here", "none", "not_now", "used_up"};
// base64url without padding of the largest paper.
constexpr std::size_t paper_text_max = (domain::proof_bytes_max * 4 + 2) / 3;
constexpr std::size_t answers_max = 20;

bool is_hex(std::string_view text, std::size_t length) {
    return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

bool is_date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (const std::size_t at : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
        if (text[at] < '0' || text[at] > '9') return false;
    return true;
}

bool is_time(const std::string& text) {
    base::Instant ignored{};
    return base::parse_iso8601(text, ignored);
}

}  // namespace

bool is_proof_code(std::string_view code) {
    return code.size() == 13 &&
           std::all_of(code.begin(), code.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }) &&
           domain::mod_37_36(code.substr(0, 12)) == code[12];
}

base::SecretText proof_question(const ProofAsked& asked) {
    json answers = json::array();
    for (const auto& [question, value] : asked.answers)
        answers.push_back({{"question", question}, {"value", value}});
    return base::SecretText(json{
        {"kind", name(Kind::proof)},
        {"id_number", asked.holder.id_number},
        {"name", asked.holder.name},
        {"type", asked.type},
        {"answers", answers},
        {"copies_max", asked.copies_max},
        {"request", asked.request},
        {"asked_at",
         asked.asked_at}}.dump());
}

base::Result<ProofAsked> read_proof_question(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::proof));
    ProofAsked out;
    out.holder = {in.text("id_number"), in.text("name")};
    out.type = in.text("type", 64);
    const json& answers = in.list("answers");
    in.is(answers.size() <= answers_max);
    for (const auto& one : answers) {
        StrictObject fields(one);
        const auto question = fields.text("question", 64);
        const auto given = fields.text("value", 64);
        in.is(fields.whole() && out.answers.emplace(question, given).second);
    }
    out.copies_max = in.integer("copies_max", 1, 20);
    out.request = in.text("request", 32);
    out.asked_at = in.text("asked_at", 40);
    in.is(is_hex(out.request, 32) && is_time(out.asked_at) && !out.type.empty());
    if (!in.whole()) return base::fail(FaultCode::BytesMalformed, "proof question");
    return out;
}

base::SecretText proof_answer(const ProofTold& told) {
    json out{{"kind", name(Kind::proof)},
             {"outcome", outcomes.at(static_cast<std::size_t>(told.answer.outcome))}};
    if (const auto& paper = told.answer.paper) {
        out["title"] = paper->title;
        out["period"] = paper->period;
        out["pages"] = paper->pages;
        out["code"] = paper->code;
        out["issued_at"] = paper->issued_at;
        out["valid_to"] = paper->valid_to;
        out["copies_left"] = paper->copies_left;
        out["pdf"] = base::to_base64url(*paper->pdf);
        out["sha256"] = told.sha256;
    }
    return base::SecretText(out.dump());
}

base::Result<ProofTold> read_proof_answer(std::string_view text) {
    if (auto reason = refusal_in(text)) return base::fail(FaultCode::CentreRefused, *reason);
    const auto nonsense = [] { return base::fail(FaultCode::CentreNonsense, "proof answer"); };
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::proof));
    const auto word = in.text("outcome", 16);
    const auto* at = std::find(outcomes.begin(), outcomes.end(), word);
    if (at == outcomes.end()) return nonsense();
    ProofTold out;
    out.answer.outcome = static_cast<ProofOutcome>(at - outcomes.begin());
    if (out.answer.outcome == ProofOutcome::here) {
        domain::ProofPaper paper;
        paper.title = in.text("title");
        paper.period = in.text("period");
        paper.pages = static_cast<int>(in.integer("pages", 0, 1000));
        paper.code = in.text("code", 13);
        paper.issued_at = in.text("issued_at", 40);
        paper.valid_to = in.text("valid_to", 10);
        paper.copies_left = static_cast<int>(in.integer("copies_left", 0, 20));
        auto pdf = base::from_base64url(in.text("pdf", paper_text_max));
        out.sha256 = in.text("sha256", 64);
        in.is(pdf && !pdf->empty() && is_hex(out.sha256, 64) && is_proof_code(paper.code) &&
              is_time(paper.issued_at) && (paper.valid_to.empty() || is_date(paper.valid_to)) &&
              !paper.title.empty());
        if (!in.whole()) return nonsense();
        paper.pdf = base::Secret<base::Bytes>(std::move(*pdf));
        out.answer.paper = std::move(paper);
    }
    if (!in.whole()) return nonsense();
    return out;
}

}  // namespace offline::questions
