#include "catalogue/application.hpp"

#include "domain/dates.hpp"
#include "domain/thumb_print.hpp"

#include <algorithm>

namespace catalogue {

std::vector<MaterialState> materials_for(const ServiceItem& item, const Facts& facts,
                                         base::Date today) {
    std::vector<MaterialState> states;
    for (const auto& material : item.materials) {
        if (material.when && !holds(*material.when, facts)) continue;
        MaterialState state{material.code, material.source, {}};
        if (material.source == MaterialSource::later)
            state.due =
                domain::iso(domain::plus_days(today, static_cast<int>(material.lenient_days)));
        states.push_back(std::move(state));
    }
    return states;
}

FiledWith filed_with(const ServiceItem& item, const FormAnswers& answers) {
    FiledWith out;
    if (item.terms.receiving_office) out.receiving = item.terms.receiving_office->credit_code;
    const auto there = answers.values().find(item.terms.deciding_field);
    if (there != answers.values().end() && there->second.text)
        out.deciding_division = place_from(*there->second.text).code;
    else if (item.terms.deciding_office)
        out.deciding = item.terms.deciding_office->credit_code;
    return out;
}

Text decided_by(const ServiceItem& item, const DivisionTable& table, const FiledWith& offices) {
    if (offices.deciding_division.empty())
        return item.terms.deciding_office ? item.terms.deciding_office->name : Text{};
    Text out = item.terms.deciding_there;
    const Text place = table.full_name(offices.deciding_division);
    if (!place.zh.empty()) out.zh += "（" + place.zh + "）";
    if (!place.en.empty()) out.en += " (" + place.en + ")";
    return out;
}

Application Application::make(const Pack& pack, const ServiceItem& item,
                              base::Secret<domain::CitizenIdentity> person, Proof proof,
                              SituationAnswers situation, FormAnswers answers, base::Date today,
                              const Facts& facts, std::string notice_acknowledged_at) {
    FiledWith offices = filed_with(item, answers);
    return {pack.pack_id,
            pack.version,
            item.code,
            item.implementation_code,
            item.version,
            std::move(offices),
            std::move(person),
            std::move(proof),
            std::move(situation),
            std::move(answers),
            materials_for(item, facts, today),
            std::move(notice_acknowledged_at)};
}

namespace {

// What the way of signing asks for and the letter has not, or has too much of.
const char* wrong_with(const SignedLetter& letter, const domain::CitizenIdentity& person) {
    const bool drawn = letter.signature && !letter.signature->empty();
    const bool pen = letter.way == SignatureWay::touch || letter.way == SignatureWay::witnessed;
    if (pen && !drawn) return "letter: no signature";
    if (!pen && letter.signature) return "letter: a signature too many";
    const bool by_ear = letter.way == SignatureWay::read_aloud;
    const bool every_clause =
        letter.confirmed_at.size() == letter.ticks.size() &&
        std::all_of(letter.ticks.begin(), letter.ticks.end(), [](bool tick) { return tick; });
    if (by_ear ? !every_clause : !letter.confirmed_at.empty())
        return "letter: a clause is not confirmed";
    const bool print = letter.thumb_print &&
                       letter.thumb_print->grey.size() ==
                           static_cast<std::size_t>(domain::print_width) * domain::print_height;
    if ((letter.way == SignatureWay::thumb) != print) return "letter: no thumb print";
    if ((letter.way == SignatureWay::witnessed) != static_cast<bool>(letter.witness))
        return "letter: no witness";
    if (!letter.witness) return nullptr;
    const auto number = domain::IdNumber::parse(letter.witness->id_number);
    if (!number || letter.witness->name.empty() || letter.witness->signature.empty())
        return "letter: the witness is not known";
    if (*number == person.number()) return "letter: the witness is the applicant";
    base::Instant signed_at{};
    if (!base::parse_iso8601(letter.signed_at, signed_at) ||
        domain::full_years_between(number->birth_date(), base::local_date(signed_at)) <
            witness_years)
        return "letter: the witness is a child";
    return nullptr;
}

}  // namespace

base::Result<Submission> Submission::make(domain::SubId sub_id, domain::Realm realm,
                                          std::string terminal, std::string division,
                                          Application application, SignedLetter letter,
                                          const ServiceItem& item) {
    using base::FaultCode;
    if (letter.template_id != item.letter.template_id || letter.revision != item.letter.revision)
        return base::fail(FaultCode::PostRefused, "letter: another template");
    if (letter.ticks.size() != item.letter.clauses.size())
        return base::fail(FaultCode::PostRefused, "letter: ticks do not fit the clauses");
    if (letter.undertaking == Undertaking::ordinary && item.letter.always)
        return base::fail(FaultCode::PostRefused, "letter: no ordinary way");
    if (letter.undertaking == Undertaking::commit &&
        !std::all_of(letter.ticks.begin(), letter.ticks.end(), [](bool ticked) { return ticked; }))
        return base::fail(FaultCode::PostRefused, "letter: a tick is missing");
    if (!item.letter.allows(letter.way))
        return base::fail(FaultCode::PostRefused, "letter: not to be signed this way");
    if (const char* wrong = wrong_with(letter, *application.person))
        return base::fail(FaultCode::PostRefused, wrong);
    return Submission{
        sub_id,           realm, std::move(terminal), std::move(division), std::move(application),
        std::move(letter)};
}

}  // namespace catalogue
