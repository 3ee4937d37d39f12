// Consent → comparison, or another way. Refusal and failure cost nothing but an agent's visit.
#include "session/inactivity.hpp"
#include "session/machine.hpp"

namespace session {

using namespace flows;

namespace {

void compare(Journey journey, Machine& machine) {
    if (journey.face_failures >= face_tries_allowed)
        return machine.go(FaceNotMatched{std::move(journey), false});
    const auto ticket = machine.new_ticket();
    machine.run(CheckFace{ticket, journey.chip_photo});
    machine.go(CheckingFace{std::move(journey), ticket, {}});
}

void settle(Journey journey, catalogue::ProofKind kind, bool consented, std::string outcome,
            Machine& machine, domain::Liveness liveness = domain::Liveness::not_asked) {
    machine.run(LogFaceOutcome{outcome});
    journey.chip_photo = {};
    journey.face_settled = true;
    journey.proof = {kind, consented, std::move(outcome), std::string(domain::name(liveness))};
    machine.next_question(std::move(journey));
}

}  // namespace

void Machine::after_identity(Journey journey) {
    const bool wanted =
        world.settings.face_check_wanted &&
        item(journey.item_code).identity_level == catalogue::IdentityLevel::chip_and_face;
    if (journey.face_settled || !wanted) {
        if (!journey.face_settled) {
            journey.proof = {catalogue::ProofKind::chip, false, "none", "not_asked"};
            journey.chip_photo = {};
            journey.face_settled = true;
        }
        next_question(std::move(journey));
        return;
    }
    go(ConsideringFace{std::move(journey)});
}

bool handle(const ConsideringFace& here, const Event& event, Machine& machine) {
    if (as<FaceConsented>(event))
        compare(here.journey, machine);
    else if (as<FaceRefused>(event))
        settle(here.journey, catalogue::ProofKind::chip_and_visit, false, "refused", machine);
    else if (as<WentBack>(event))
        machine.go(ConfirmingIdentity{here.journey});
    else
        return false;
    return true;
}

bool handle(const CheckingFace& here, const Event& event, Machine& machine) {
    if (const auto* guided = as<FaceGuided>(event)) {
        if (guided->ticket != here.ticket) return true;
        CheckingFace next = here;
        next.measures = guided->measures;
        machine.go(std::move(next));
    } else if (const auto* checked = as<FaceChecked>(event)) {
        if (checked->ticket != here.ticket) return true;
        machine.session.last_touch = machine.world.now;
        machine.run(StopFaceCheck{});
        if (!checked->verdict) {
            machine.run(LogFault{"face_comparison", checked->verdict.error().code});
            machine.go(FaceNotMatched{here.journey, true});
        } else if (checked->verdict->outcome == domain::FaceOutcome::match) {
            settle(here.journey, catalogue::ProofKind::chip_and_face, true, "match", machine,
                   checked->verdict->alive);
        } else {
            machine.run(LogFaceOutcome{std::string(domain::name(checked->verdict->outcome))});
            Journey journey = here.journey;
            ++journey.face_failures;
            const auto reason = checked->verdict->outcome == domain::FaceOutcome::cannot_assess
                                    ? std::optional(checked->verdict->reason)
                                    : std::nullopt;
            machine.go(FaceNotMatched{std::move(journey), false, reason});
        }
    } else if (as<FaceRefused>(event)) {
        machine.run(StopFaceCheck{});
        settle(here.journey, catalogue::ProofKind::chip_and_visit, false, "refused", machine);
    } else if (as<WentBack>(event)) {
        machine.run(StopFaceCheck{});
        machine.go(ConsideringFace{here.journey});
    } else if (as<TimePassed>(event)) {
        // The comparison limits itself; this is the net under it.
        if (machine.world.now - machine.session.last_touch < comparison_limit) return true;
        machine.run(StopFaceCheck{});
        machine.session.last_touch = machine.world.now;
        machine.go(FaceNotMatched{here.journey, true});
    } else {
        return false;
    }
    return true;
}

bool handle(const FaceNotMatched& here, const Event& event, Machine& machine) {
    if (as<FaceTriedAgain>(event) && !here.unavailable)
        compare(here.journey, machine);
    else if (as<FaceRefused>(event))
        settle(here.journey, catalogue::ProofKind::chip_and_visit, true,
               here.unavailable ? "unavailable" : "failed", machine);
    else if (as<WentBack>(event))
        machine.go(ConsideringFace{here.journey});
    else
        return false;
    return true;
}

}  // namespace session
