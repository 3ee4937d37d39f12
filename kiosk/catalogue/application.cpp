#include "catalogue/application.hpp"

#include "domain/dates.hpp"

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

Application Application::make(const Pack& pack, const ServiceItem& item,
                              base::Secret<domain::CitizenIdentity> person, Proof proof,
                              SituationAnswers situation, FormAnswers answers, base::Date today,
                              const Facts& facts, std::string notice_acknowledged_at) {
    return {pack.pack_id,
            pack.version,
            item.code,
            item.implementation_code,
            item.version,
            std::move(person),
            std::move(proof),
            std::move(situation),
            std::move(answers),
            materials_for(item, facts, today),
            std::move(notice_acknowledged_at)};
}

base::Result<Submission> Submission::make(domain::SubId sub_id, domain::Realm realm,
                                          std::string terminal, std::string division,
                                          Application application, SignedLetter letter,
                                          const ServiceItem& item) {
    using base::FaultCode;
    if (letter.template_id != item.letter.template_id || letter.revision != item.letter.revision)
        return base::fail(FaultCode::PostRefused, "letter: another template");
    if (letter.ticks.size() != item.letter.clauses.size())
        return base::fail(FaultCode::PostRefused, "letter: ticks do not fit the clauses");
    if (letter.undertaking == Undertaking::commit &&
        !std::all_of(letter.ticks.begin(), letter.ticks.end(), [](bool ticked) { return ticked; }))
        return base::fail(FaultCode::PostRefused, "letter: a tick is missing");
    if (!item.letter.allows(letter.way))
        return base::fail(FaultCode::PostRefused, "letter: not to be signed this way");
    const bool drawn = letter.signature && !letter.signature->empty();
    if (letter.way == SignatureWay::touch && (!drawn || !letter.confirmed_at.empty()))
        return base::fail(FaultCode::PostRefused, "letter: no signature");
    if (letter.way == SignatureWay::read_aloud) {
        const bool every_clause =
            letter.confirmed_at.size() == letter.ticks.size() &&
            std::all_of(letter.ticks.begin(), letter.ticks.end(), [](bool tick) { return tick; });
        if (drawn || !every_clause)
            return base::fail(FaultCode::PostRefused, "letter: a clause is not confirmed");
    }
    return Submission{
        sub_id,           realm, std::move(terminal), std::move(division), std::move(application),
        std::move(letter)};
}

}  // namespace catalogue
