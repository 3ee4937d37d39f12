// The intake's side: nothing in the JSON is believed. The person, the facts, the answers, the
// materials and the letter are made again by the functions the terminal used, and have to agree.
#include "base/clock.hpp"
#include "catalogue/reading/submission_reader.hpp"
#include "catalogue/submission_json.hpp"
#include "domain/dates.hpp"

#include <algorithm>

namespace catalogue {

namespace {

using base::FaultCode;
using reading::WrittenSubmission;

constexpr std::size_t largest_submission_bytes = 1u << 20;

auto refuse(std::string which) {
    return base::fail(FaultCode::CentreRefused, std::move(which));
}

base::Date date_of(const std::string& instant_text) {
    base::Instant instant{};
    base::parse_iso8601(instant_text, instant);
    return base::local_date(instant);
}

base::Status check_place(const WrittenSubmission& written, const Pack& pack,
                         const ServiceItem& item) {
    if (written.pack_id != pack.pack_id) return refuse("pack: another pack");
    if (written.implementation_code != item.implementation_code)
        return refuse("item: another implementation code");
    if (written.item_version != item.version) return refuse("item: another version");
    if (!pack.divisions.knows(written.division)) return refuse("division: unknown");
    return {};
}

base::Status check_proof(const Proof& proof) {
    const auto& outcome = proof.face_outcome;
    const bool known = outcome == "match" || outcome == "refused" || outcome == "failed" ||
                       outcome == "unavailable" || outcome == "none";
    if (!known) return refuse("proof: unknown outcome");
    const auto& liveness = proof.face_liveness;
    if (liveness != "shown" && liveness != "not_shown" && liveness != "not_asked")
        return refuse("proof: unknown liveness");
    const bool matched = outcome == "match";
    if (!matched && liveness != "not_asked") return refuse("proof: liveness without a match");
    if (matched != (proof.kind == ProofKind::chip_and_face))
        return refuse("proof: kind and outcome do not agree");
    if (matched && !proof.face_consented) return refuse("proof: a face without consent");
    return {};
}

base::Status check_situation(const ServiceItem& item, const SituationAnswers& answers,
                             const Facts& facts) {
    for (const auto& answer : answers) {
        const std::string& id = answer.first;
        const auto question = std::find_if(item.situation.begin(), item.situation.end(),
                                           [&](const SituationQuestion& q) { return q.id == id; });
        if (question == item.situation.end()) return refuse("situation: unknown question");
        if (question->when && !holds(*question->when, facts))
            return refuse("situation: " + id + " was not to be asked");
    }
    if (const auto* open = next_question(item, answers, facts))
        return refuse("situation: " + open->id + " is not answered");
    if (const auto* stop = stop_for(item, facts))
        return refuse("situation: stopped by " + stop->id);
    return {};
}

// What is said to come from the card or the terminal is what they give, and what the card gives for
// a locked field is there.
base::Status check_origin(const Field& field, const Pack& pack, const FormDraft& given,
                          const FormDraft& answers, const Facts& facts) {
    const auto answer = answers.find(field.key);
    const auto source = given.find(field.key);
    const std::string known =
        source == given.end() ? std::string() : normalised(field.type, *source->second.text);
    if (answer == answers.end()) {
        if (field.locked && !known.empty() && is_visible(field, facts))
            return refuse("answers: " + field.key + " is left out");
        return {};
    }
    const auto& [text, origin] = answer->second;
    const bool same = source != given.end() && source->second.origin == origin && known == *text;
    if (origin == Origin::typed ? field.locked : !same)
        return refuse("answers: " + field.key + " is not what it came from");
    if (field.type == FieldType::division && !agrees(pack.divisions, place_from(*text)))
        return refuse("answers: " + field.key + " is no division of this pack");
    return {};
}

base::Result<FormAnswers> checked_answers(const ServiceItem& item, const Pack& pack,
                                          const domain::CitizenIdentity& person,
                                          const WrittenSubmission& written, const Facts& facts) {
    auto checked = FormAnswers::check(item, written.answers, facts);
    if (const auto* problems = std::get_if<std::vector<FieldProblem>>(&checked))
        return refuse("answers: " + problems->front().key + " breaks a rule");
    auto answers = std::get<FormAnswers>(std::move(checked));
    // Nothing beyond the visible fields, and every value already in its normal form.
    if (answers.values() != written.answers)
        return refuse("answers: more or other than the form asks");
    const FormDraft given = prefill(pack, item, person, written.division);
    for (const auto& page : item.form)
        for (const auto& field : page.fields)
            TRY_STATUS(check_origin(field, pack, given, answers.values(), facts));
    return answers;
}

}  // namespace

base::Result<CheckedSubmission> check_submission(base::ByteView bytes, const Pack& pack,
                                                 base::Date today) {
    auto json = TRY(reading::parse_json(bytes, largest_submission_bytes));
    reading::Problems problems;
    WrittenSubmission written = reading::read_submission(json, problems);
    std::string canonical = reading::canonical_json(json);
    json.wipe();
    if (!problems.found().empty()) {
        const auto& first = problems.found().front();
        return base::fail(FaultCode::BytesMalformed, first.place + ": " + first.text);
    }
    if (written.realm != pack.realm)
        return base::fail(FaultCode::RealmMismatch, "submission of another realm");
    const ServiceItem* item = pack.find_item(written.item_code);
    if (item == nullptr) return refuse("item: unknown");
    // The pack says that people come for it in person; no terminal of ours offers to file it.
    if (item->handling == Handling::counter) return refuse("item: filed only at a counter");
    if (item->handling == Handling::proof) return refuse("item: printed, never filed");
    TRY_STATUS(check_place(written, pack, *item));
    TRY_STATUS(check_proof(written.proof));

    const base::Date signed_on = date_of(written.letter.signed_at);
    // A terminal whose clock runs ahead makes nobody older.
    const base::Date captured = std::min(signed_on, today);
    if (!item->terms.taken_on(captured)) return refuse("item: not taken on that day");
    const base::Date filed = item->filing_date == FilingDate::captured ? captured : today;
    const auto person = domain::CitizenIdentity::from_card(written.card, captured);
    if (!person)
        return refuse("person: " + std::string(base::name(person.error().code)) + " " +
                      person.error().safe_detail);
    written.card.wipe();

    const Facts facts = facts_for(*item, *person, written.situation, filed, written.division);
    TRY_STATUS(check_situation(*item, written.situation, facts));
    FormAnswers answers = TRY(checked_answers(*item, pack, *person, written, facts));

    // Days of the materials are counted from the review, which may lie just before the midnight of
    // the signature.
    const base::Date eve = domain::plus_days(signed_on, -1);
    const bool reviewed_on_eve = written.materials == materials_for(*item, facts, eve);
    Application application =
        Application::make(pack, *item, base::Secret<domain::CitizenIdentity>(*person),
                          written.proof, written.situation, std::move(answers),
                          reviewed_on_eve ? eve : signed_on, facts, written.notice_acknowledged_at);
    if (application.materials != written.materials)
        return refuse("materials: not those of this application");
    application.pack_version = written.pack_version;  // the terminal's pack may be older than ours
    const auto again =
        Submission::make(TRY(domain::SubId::parse(written.sub_id)), written.realm, written.terminal,
                         written.division, std::move(application), written.letter, *item);
    if (!again) return refuse(again.error().safe_detail);
    // What was made again is, byte for byte, what came.
    if (*submission_json(*again) != canonical) return refuse("content: not what its parts make");

    return CheckedSubmission{written.sub_id,
                             written.terminal,
                             written.division,
                             written.item_code,
                             written.implementation_code,
                             item->name.zh,
                             written.item_version,
                             person->number().text(),
                             person->name(),
                             std::move(canonical)};
}

}  // namespace catalogue
