#include "offline/intake/question_desk.hpp"

#include <nlohmann/json.hpp>

namespace offline::intake {

namespace {

using base::FaultCode;
using questions::Kind;
namespace wire = papers::wire;

// The longest time that a deletion is remembered, so that an older word comes to nothing.
constexpr base::Millis remembered{questions::draft_hours_max * 3'600'000};

std::string kind_inside(std::string_view plaintext) {
    const auto value = nlohmann::json::parse(plaintext, nullptr, false);
    if (!value.is_object() || !value.contains("kind") || !value["kind"].is_string()) return {};
    return value["kind"];
}

base::SecretText refused(const char* reason) {
    return base::SecretText(questions::refused_answer(reason));
}

Reply failed(const base::Fault& fault) {
    switch (fault.code) {
        case FaultCode::BytesMalformed:
        case FaultCode::SealBroken:
            return {400, wire::encode_refusal("malformed")};
        case FaultCode::RealmMismatch:
            return {403, wire::encode_refusal(std::string(base::name(fault.code)))};
        case FaultCode::KeyUnknown:
            return {415, wire::encode_refusal(wire::refusal::unknown_kid)};
        default:
            return {503, wire::encode_refusal(wire::refusal::later)};
    }
}

}  // namespace

std::optional<Reply> QuestionDesk::ask(base::ByteView body) {
    const auto request = wire::ask_request(body, root_);
    if (!request || request->request.kind == questions::name(Kind::progress)) return std::nullopt;
    const auto& asked = request->request;
    const auto question = sealing::open_question(keys_, asked.question);
    if (!question) {
        log_.record(base::log::IntakeRefused{question.error().code});
        return failed(question.error());
    }
    const std::lock_guard lock(one_at_a_time_);
    const auto text = answer(asked.kind, *question, asked.question);
    const auto sealed =
        text ? sealing::seal_answer(
                   keys_, clock_.now(), *question,
                   {reinterpret_cast<const std::uint8_t*>((*text)->data()), (*text)->size()})
             : base::Result<base::Bytes>(base::fail(text.error()));
    if (!sealed) {
        log_.record(base::log::IntakeRefused{sealed.error().code});
        return failed(sealed.error());
    }
    // A word that a stranger may have chosen is not written down.
    const auto kind = questions::kind_from(asked.kind);
    log_.record(base::log::QuestionAnswered{kind ? std::string(name(*kind)) : "unknown"});
    return Reply{200, wire::encode_answer(*sealed)};
}

base::Result<base::SecretText> QuestionDesk::answer(const std::string& kind,
                                                    const sealing::OpenedQuestion& question,
                                                    base::ByteView sealed) {
    const auto known = questions::kind_from(kind);
    if (!known) return refused(questions::refusal::unknown_kind);
    const std::string& text = *question.plaintext;
    if (kind_inside(text) != kind) return refused(questions::refusal::other_kind);
    if (*known == Kind::certificate) {
        const auto asked = questions::read_certificate_question(text);
        if (!asked) return refused(questions::refusal::malformed);
        const auto found = TRY(book_.certificates(person_hash(keys_, asked->holder), asked->type));
        return base::SecretText(questions::certificate_answer(found));
    }
    if (*known == Kind::fee) {
        const auto asked = questions::read_fee_question(text);
        if (!asked) return refused(questions::refusal::malformed);
        const auto found = TRY(book_.fees(person_hash(keys_, *asked)));
        return base::SecretText(questions::fee_answer(found));
    }
    for (const auto& answerer : answerers_)
        if (answerer->kind() == *known) return answerer->answer(question, sealed);
    if (*known != Kind::draft) return refused(questions::refusal::unknown_kind);
    if (text.size() > 2 * questions::draft_bytes_max) return refused(questions::refusal::too_large);
    const auto asked = questions::read_draft_question(text);
    if (!asked) return refused(questions::refusal::malformed);
    return answer_draft(*asked, sealed);
}

base::Result<base::SecretText> QuestionDesk::answer_draft(const questions::DraftAsked& asked,
                                                          base::ByteView sealed) {
    const base::Bytes person = person_hash(keys_, asked.person);
    if (asked.action != questions::DraftAction::fetch) return keep_draft(asked, person, sealed);
    const auto kept = TRY(book_.draft(person, asked.item_code, clock_.now()));
    questions::DraftAnswer answer{questions::DraftAnswer::Outcome::none};
    if (kept && !kept->sealed_question.empty()) {
        const auto stored = TRY(sealing::open_question(keys_, kept->sealed_question));
        answer.content = TRY(questions::read_draft_question(*stored.plaintext)).content;
        answer.outcome = questions::DraftAnswer::Outcome::found;
        answer.until = kept->until;
    }
    return questions::draft_answer(answer);
}

base::Result<base::SecretText> QuestionDesk::keep_draft(const questions::DraftAsked& asked,
                                                        base::ByteView person,
                                                        base::ByteView sealed) {
    const bool stores = asked.action == questions::DraftAction::store;
    const auto before = TRY(book_.draft(person, asked.item_code, clock_.now()));
    const bool again =
        before && before->asked_at == asked.asked_at && before->sealed_question.empty() != stores;
    if (before && before->asked_at >= asked.asked_at && !again)
        return refused(questions::refusal::older);
    KeptDraft draft;
    draft.asked_at = asked.asked_at;
    draft.until = clock_.now() + (stores ? base::Millis{asked.keep_hours * 3'600'000} : remembered);
    if (stores) draft.sealed_question.assign(sealed.begin(), sealed.end());
    TRY_STATUS(book_.keep(person, asked.item_code, draft));
    questions::DraftAnswer answer{stores ? questions::DraftAnswer::Outcome::stored
                                         : questions::DraftAnswer::Outcome::removed};
    if (stores) answer.until = draft.until;
    return questions::draft_answer(answer);
}

}  // namespace offline::intake
