// Materials → review → letter in three parts → signature.
#include "session/machine.hpp"

#include <algorithm>

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

bool all_ticked(const SigningLetter& letter) {
    return std::find(letter.ticks.begin(), letter.ticks.end(), false) == letter.ticks.end();
}

// All but the witness, who comes last.
bool complete(const SigningLetter& letter) {
    using catalogue::SignatureWay;
    if (!letter.undertaking) return false;
    if (*letter.undertaking == catalogue::Undertaking::commit && !all_ticked(letter)) return false;
    switch (letter.way) {
        case SignatureWay::touch:
            return letter.signature && domain::is_a_signature(*letter.signature);
        case SignatureWay::read_aloud:
            return letter.confirmed_by_ear();
        case SignatureWay::thumb:
            return static_cast<bool>(letter.thumb_print);
        case SignatureWay::witnessed:
            break;
    }
    return letter.signature && !letter.signature->empty();
}

void submit(const SigningLetter& here, Machine& machine) {
    if (complete(here) && here.way == catalogue::SignatureWay::witnessed)
        machine.ask_for_witness(here);
    else if (complete(here))
        machine.hand_in_signed(here, {});
    else
        machine.say_what_is_missing(here);
}

bool asks_for_papers(const Journey& journey, const Machine& machine) {
    return !catalogue::materials_for(machine.item(journey.item_code), machine.facts(journey),
                                     machine.today())
                .empty();
}

}  // namespace

void Machine::check_materials(Journey journey) {
    const bool papers = asks_for_papers(journey, *this);
    const CheckingMaterials page{std::move(journey)};
    go(page);
    if (!papers) handle(page, MaterialsAccepted{}, *this);
}

catalogue::SignedLetter Machine::signed_letter(const SigningLetter& here) const {
    const auto& letter = item(here.journey.item_code).letter;
    catalogue::SignedLetter out{letter.template_id,
                                letter.revision,
                                here.undertaking.value_or(catalogue::Undertaking::ordinary),
                                here.ticks,
                                here.signature,
                                base::iso8601_local(world.now),
                                here.way,
                                here.confirmed_at,
                                here.thumb_print};
    using catalogue::SignatureWay;
    const bool pen = here.way == SignatureWay::touch || here.way == SignatureWay::witnessed;
    if (!pen || (out.signature && out.signature->empty())) out.signature = {};
    return out;
}

void Machine::say_what_is_missing(SigningLetter letter) {
    letter.incomplete_shown = true;
    go(std::move(letter));
}

void Machine::hand_in_signed(const SigningLetter& here, base::Secret<catalogue::Witness> witness) {
    auto letter = signed_letter(here);
    letter.witness = std::move(witness);
    const auto& settings = world.settings;
    auto submission = catalogue::Submission::make(
        here.journey.sub_id, settings.realm, settings.terminal, settings.division, here.application,
        std::move(letter), item(here.journey.item_code));
    if (submission)
        hand_in(std::move(*submission));
    else
        say_what_is_missing(here);
}

bool handle(const CheckingMaterials& here, const Event& event, Machine& machine) {
    if (as<MaterialsAccepted>(event)) {
        review(here.journey, machine);
    } else if (as<ListPrintWanted>(event)) {
        machine.print_list(here);
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
        letter.shown_at = machine.world.now;
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
        if (asks_for_papers(here.journey, machine))
            machine.go(CheckingMaterials{here.journey});
        else
            machine.reopen_form(here.journey);
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
    } else if (as<WentBack>(event)) {
        next.reading = next.heard = false;
        next.confirmed_at.clear();
        next.way = catalogue::SignatureWay::touch;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace

namespace {

// Whoever pressed early goes on once the page was up for as long as a page must be.
void turn_when_read(SigningLetter& letter, base::Instant now) {
    if (now - letter.shown_at >= letter_page_time)
        letter.read_to = std::max(letter.read_to, letter.page + 1);
    if (!letter.turn_wanted || letter.read_to <= letter.page) return;
    letter.turn_wanted = false;
    letter.shown_at = now;
    ++letter.page;
}

}  // namespace

bool handle(const SigningLetter& here, const Event& event, Machine& machine) {
    if (here.reading) return read_clauses(here, event, machine);
    SigningLetter next = here;
    if (as<LetterTurned>(event) || as<TimePassed>(event)) {
        if (as<LetterTurned>(event)) next.turn_wanted = next.page < 2;
        turn_when_read(next, machine.world.now);
    } else if (as<LetterViewed>(event)) {
        machine.view_letter(here);
        return true;
    } else if (as<WentBack>(event)) {
        if (next.page == 0) {
            machine.go(Reviewing{here.journey, here.application});
            return true;
        }
        --next.page;
        next.turn_wanted = false;
    } else if (here.page != 2) {
        return false;
    } else if (const auto* ticked = as<ClauseTicked>(event)) {
        if (ticked->clause >= next.ticks.size()) return true;
        next.ticks[ticked->clause] = !next.ticks[ticked->clause];
        // What was confirmed was another set of ticks.
        next.confirmed_at.clear();
        if (next.way == catalogue::SignatureWay::read_aloud)
            next.way = catalogue::SignatureWay::touch;
    } else if (const auto* chosen = as<UndertakingChosen>(event)) {
        const bool open = chosen->undertaking == catalogue::Undertaking::commit ||
                          !machine.item(here.journey.item_code).letter.always;
        if (open) next.undertaking = chosen->undertaking;
    } else if (const auto* drawn = as<SignatureDrawn>(event)) {
        next.signature = drawn->strokes;
    } else if (as<OtherWaysOpened>(event)) {
        machine.go(ChoosingWay{here});
        return true;
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
