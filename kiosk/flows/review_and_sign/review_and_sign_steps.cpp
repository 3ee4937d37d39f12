// Materials → review → letter in three parts → signature.
#include "session/machine.hpp"

namespace session {

using namespace flows;

namespace {

constexpr std::chrono::seconds revealed_for{10};  // UX-083

void review(Journey journey, Machine& machine) {
    const auto& item = machine.item(journey.item_code);
    const auto facts = machine.facts(journey);
    auto checked = catalogue::FormAnswers::check(item, journey.draft, facts);
    if (const auto* problems = std::get_if<std::vector<catalogue::FieldProblem>>(&checked)) {
        // An answer that became wrong later (another page changed what is asked): go to its page.
        FillingForm form{std::move(journey), 0, {}, *problems, true};
        for (std::size_t page = 0; page < item.form.size(); ++page)
            for (const auto& field : item.form[page].fields)
                if (field.key == problems->front().key) form.page = page;
        machine.go(std::move(form));
        return;
    }
    auto application = catalogue::Application::make(
        machine.world.pack, item, journey.person, journey.proof, journey.situation,
        std::get<catalogue::FormAnswers>(std::move(checked)), machine.today(), facts,
        journey.notice_acknowledged_at);
    machine.go(Reviewing{std::move(journey), std::move(application)});
}

bool complete(const SigningLetter& letter) {
    if (!letter.undertaking) return false;
    if (letter.confirmed_by_ear()) return true;
    if (!letter.signature || letter.signature->empty()) return false;
    if (*letter.undertaking == catalogue::Undertaking::ordinary) return true;
    for (const bool tick : letter.ticks)
        if (!tick) return false;
    return true;
}

void submit(const SigningLetter& here, Machine& machine) {
    if (!complete(here)) {
        SigningLetter next = here;
        next.incomplete_shown = true;
        machine.go(std::move(next));
        return;
    }
    const auto& item = machine.item(here.journey.item_code);
    catalogue::SignedLetter letter{item.letter.template_id, item.letter.revision,
                                   *here.undertaking,       here.ticks,
                                   here.signature,          base::iso8601_local(machine.world.now)};
    if (here.confirmed_by_ear()) {
        letter.way = catalogue::SignatureWay::read_aloud;
        letter.confirmed_at = here.confirmed_at;
        letter.signature = {};
    }
    const auto& settings = machine.world.settings;
    auto submission =
        catalogue::Submission::make(here.journey.sub_id, settings.realm, settings.terminal,
                                    settings.division, here.application, std::move(letter), item);
    if (submission) {
        machine.hand_in(std::move(*submission));
    } else {
        SigningLetter next = here;
        next.incomplete_shown = true;
        machine.go(std::move(next));
    }
}

}  // namespace

bool handle(const CheckingMaterials& here, const Event& event, Machine& machine) {
    if (as<MaterialsAccepted>(event)) {
        review(here.journey, machine);
    } else if (as<WentBack>(event)) {
        machine.reopen_form(here.journey);
    } else {
        return false;
    }
    return true;
}

bool handle(const Reviewing& here, const Event& event, Machine& machine) {
    if (as<ReviewAccepted>(event)) {
        SigningLetter letter{here.journey, here.application, 0, {}, std::nullopt, {}};
        letter.ticks.assign(machine.item(here.journey.item_code).letter.clauses.size(), false);
        machine.go(std::move(letter));
    } else if (const auto* revealed = as<FieldRevealed>(event)) {
        machine.go(Reviewing{here.journey, here.application, revealed->key, machine.world.now});
    } else if (as<FieldHidden>(event)) {
        machine.go(Reviewing{here.journey, here.application});
    } else if (as<TimePassed>(event)) {
        if (!here.revealed.empty() && machine.world.now - here.revealed_at >= revealed_for)
            machine.go(Reviewing{here.journey, here.application});
    } else if (const auto* reopened = as<PageReopened>(event)) {
        if (reopened->page >= machine.item(here.journey.item_code).form.size()) return true;
        machine.go(FillingForm{here.journey, reopened->page, {}, {}, true});
    } else if (as<WentBack>(event)) {
        machine.go(CheckingMaterials{here.journey});
    } else {
        return false;
    }
    return true;
}

namespace {

// The clauses one after the other: heard to the end, then confirmed.
bool read_clauses(const SigningLetter& here, const Event& event, Machine& machine) {
    SigningLetter next = here;
    if (as<PageHeard>(event)) {
        next.heard = true;
    } else if (as<ClauseConfirmed>(event) && here.heard) {
        next.ticks.at(next.confirmed_at.size()) = true;
        next.confirmed_at.push_back(base::iso8601_local(machine.world.now));
        next.heard = false;
        next.reading = !next.confirmed_by_ear();
        if (!next.reading) next.signature = {};
    } else if (as<WentBack>(event)) {
        next.reading = next.heard = false;
        next.confirmed_at.clear();
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace

bool handle(const SigningLetter& here, const Event& event, Machine& machine) {
    if (here.reading) return read_clauses(here, event, machine);
    SigningLetter next = here;
    if (as<LetterTurned>(event)) {
        if (next.page < 2) ++next.page;
    } else if (as<WentBack>(event)) {
        if (next.page == 0) {
            machine.go(Reviewing{here.journey, here.application});
            return true;
        }
        --next.page;
    } else if (here.page != 2) {
        return false;
    } else if (const auto* ticked = as<ClauseTicked>(event)) {
        if (ticked->clause >= next.ticks.size()) return true;
        next.ticks[ticked->clause] = !next.ticks[ticked->clause];
        next.confirmed_at.clear();  // what was confirmed was another set of ticks
    } else if (const auto* chosen = as<UndertakingChosen>(event)) {
        next.undertaking = chosen->undertaking;
    } else if (const auto* drawn = as<SignatureDrawn>(event)) {
        next.signature = drawn->strokes;
        next.confirmed_at.clear();
    } else if (as<ReadAloudChosen>(event)) {
        if (!machine.item(here.journey.item_code)
                 .letter.allows(catalogue::SignatureWay::read_aloud))
            return true;
        next.reading = true;
        next.heard = false;
        next.confirmed_at.clear();
        machine.session.comfort.speech = true;
    } else if (as<LetterSubmitted>(event)) {
        submit(here, machine);
        return true;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace session
