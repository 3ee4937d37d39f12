// 换一种方式 → by ear, by thumb, or by a mark and its witness. And the letter as it will be
// printed.
#include "domain/dates.hpp"
#include "session/machine.hpp"

#include <algorithm>

namespace flows {

using catalogue::SignatureWay;

std::vector<SignatureWay> open_ways(const catalogue::Letter& letter,
                                    const domain::TerminalHealth& health) {
    const auto works = [](const domain::DeviceHealth& device) {
        return device.state != domain::DeviceState::unavailable;
    };
    std::vector<SignatureWay> ways;
    const auto offer = [&](SignatureWay way, bool possible) {
        if (possible && letter.allows(way)) ways.push_back(way);
    };
    offer(SignatureWay::touch, true);
    offer(SignatureWay::read_aloud, works(health.speech));
    offer(SignatureWay::thumb, works(health.camera));
    offer(SignatureWay::witnessed, works(health.id_card_reader));
    return ways;
}

}  // namespace flows

namespace session {

using namespace flows;
using catalogue::SignatureWay;

namespace {

// The letter with nothing of the way it was to be signed before.
SigningLetter begun_anew(SigningLetter letter, SignatureWay way) {
    letter.way = way;
    letter.signature = {};
    letter.thumb_print = {};
    letter.confirmed_at.clear();
    letter.reading = letter.heard = letter.incomplete_shown = false;
    return letter;
}

void choose(const ChoosingWay& here, SignatureWay way, Machine& machine) {
    const auto ways =
        open_ways(machine.item(here.letter.journey.item_code).letter, machine.world.health);
    if (std::find(ways.begin(), ways.end(), way) == ways.end()) return;
    SigningLetter letter = begun_anew(here.letter, way);
    if (way == SignatureWay::read_aloud) {
        letter.reading = true;
        machine.session.comfort.speech = true;
    }
    if (way == SignatureWay::thumb)
        machine.go(TakingThumbPrint{std::move(letter), {}});
    else
        machine.go(std::move(letter));
}

void leave_thumb(const TakingThumbPrint& here, Machine& machine) {
    if (here.consented) machine.run(StopCamera{});
    machine.go(ChoosingWay{begun_anew(here.letter, SignatureWay::touch)});
}

}  // namespace

bool handle(const ChoosingWay& here, const Event& event, Machine& machine) {
    if (const auto* chosen = as<WayChosen>(event))
        choose(here, chosen->way, machine);
    else if (as<WentBack>(event))
        machine.go(here.letter);
    else
        return false;
    return true;
}

bool handle(const TakingThumbPrint& here, const Event& event, Machine& machine) {
    TakingThumbPrint next = here;
    if (as<ThumbConsented>(event) && !here.consented) {
        machine.run(StartCamera{});
        next.consented = true;
    } else if (as<ThumbPictureWanted>(event) && here.consented && !here.print) {
        next.ticket = machine.new_ticket();
        machine.run(TakeThumbPicture{next.ticket});
    } else if (const auto* taken = as<ThumbPictureTaken>(event)) {
        if (taken->ticket != here.ticket || !here.consented || here.print) return true;
        next.refused = taken->picture.quality;
        if (taken->picture.quality == domain::PrintQuality::good) {
            machine.run(StopCamera{});
            next.refused.reset();
            next.print = taken->picture.print;
        }
    } else if (as<ThumbRetaken>(event) && here.print) {
        machine.run(StartCamera{});
        next.print = {};
    } else if (as<ThumbConfirmed>(event) && here.print) {
        SigningLetter letter = here.letter;
        letter.thumb_print = here.print;
        machine.go(std::move(letter));
        return true;
    } else if (as<WentBack>(event) || as<OtherWaysOpened>(event)) {
        leave_thumb(here, machine);
        return true;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

void Machine::ask_for_witness(SigningLetter letter) {
    const auto ticket = new_ticket();
    run(ReadCard{ticket});
    go(AwaitingWitness{std::move(letter), ticket});
}

namespace {

void refuse(const AwaitingWitness& here, WitnessProblem problem, std::optional<base::Fault> fault,
            Machine& machine) {
    AwaitingWitness next = here;
    next.reading = false;
    next.problem = problem;
    next.fault = std::move(fault);
    machine.go(std::move(next));
}

void witness_read(const AwaitingWitness& here, const CardRead& read, Machine& machine) {
    machine.session.last_touch = machine.world.now;
    if (!read.record) {
        machine.run(LogFault{"id_card_reader", read.record.error().code});
        return refuse(here, WitnessProblem::card, read.record.error(), machine);
    }
    machine.session.card_present = true;
    auto witness = domain::CitizenIdentity::from_card(**read.record, machine.today());
    if (!witness) {
        machine.run(LogFault{"id_card_reader", witness.error().code});
        return refuse(here, WitnessProblem::card, witness.error(), machine);
    }
    if (witness->number() == here.letter.journey.person->number())
        return refuse(here, WitnessProblem::is_the_citizen, {}, machine);
    if (domain::full_years_between(witness->birth_date(), machine.today()) <
        catalogue::witness_years)
        return refuse(here, WitnessProblem::is_a_child, {}, machine);
    machine.go(WitnessSigning{
        here.letter, base::Secret<domain::CitizenIdentity>(std::move(*witness)), {}, false});
}

void leave_witness(const SigningLetter& letter, Machine& machine) {
    machine.run(StopCardReader{});
    machine.go(letter);
}

}  // namespace

bool handle(const AwaitingWitness& here, const Event& event, Machine& machine) {
    if (const auto* read = as<CardRead>(event)) {
        if (read->ticket == here.ticket && here.reading) witness_read(here, *read, machine);
    } else if (const auto* seen = as<CardSeen>(event)) {
        if (seen->ticket == here.ticket) machine.session.last_touch = machine.world.now;
    } else if (as<CardInTheWay>(event) || as<CardRemoved>(event)) {
        const auto* way = as<CardInTheWay>(event);
        if ((way ? way->ticket : as<CardRemoved>(event)->ticket) != here.ticket) return true;
        AwaitingWitness next = here;
        next.in_the_way = way != nullptr;
        machine.go(std::move(next));
    } else if (as<CardTriedAgain>(event) && !here.reading) {
        machine.ask_for_witness(here.letter);
    } else if (as<OtherWaysOpened>(event)) {
        machine.run(StopCardReader{});
        machine.go(ChoosingWay{here.letter});
    } else if (as<WentBack>(event)) {
        leave_witness(here.letter, machine);
    } else {
        return false;
    }
    return true;
}

bool handle(const WitnessSigning& here, const Event& event, Machine& machine) {
    WitnessSigning next = here;
    if (const auto* drawn = as<SignatureDrawn>(event)) {
        next.signature = drawn->strokes;
    } else if (as<LetterSubmitted>(event)) {
        // The card goes back to its owner first, wherever the reader can tell.
        const bool card_lies = machine.session.card_present && machine.session.card_watched;
        if (here.signature && domain::is_a_signature(*here.signature) && !card_lies) {
            machine.hand_in_signed(
                here.letter,
                base::Secret<catalogue::Witness>(
                    {here.witness->name(), here.witness->number().text(), *here.signature}));
            return true;
        }
        next.incomplete_shown = true;
    } else if (as<WentBack>(event)) {
        leave_witness(here.letter, machine);
        return true;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

void Machine::view_letter(const SigningLetter& letter) {
    const auto& settings = world.settings;
    const auto ticket = new_ticket();
    run(DrawLetter{
        ticket,
        catalogue::Submission{letter.journey.sub_id, settings.realm, settings.terminal,
                              settings.division, letter.application, signed_letter(letter)},
        letter.undertaking.has_value()});
    go(ViewingLetter{letter, ticket});
}

bool handle(const ViewingLetter& here, const Event& event, Machine& machine) {
    if (const auto* drawn = as<LetterDrawn>(event)) {
        if (drawn->ticket != here.ticket) return true;
        ViewingLetter next = here;
        next.failed = !drawn->pages;
        if (drawn->pages) next.pages = *drawn->pages;
        machine.go(std::move(next));
    } else if (as<WentBack>(event)) {
        machine.go(here.letter);
    } else {
        return false;
    }
    return true;
}

}  // namespace session
