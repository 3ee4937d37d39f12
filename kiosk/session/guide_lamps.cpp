#include "session/guide_lamps.hpp"

namespace session {

using domain::Lamp;
using domain::LampState;

namespace {

LampState card_lamp(const State& state) {
    if (const auto* waiting = std::get_if<flows::AwaitingCard>(&state))
        return waiting->card_found ? LampState::continuous : LampState::slow;
    if (const auto* witness = std::get_if<flows::AwaitingWitness>(&state))
        return witness->reading ? LampState::slow : LampState::quick;
    const auto* suspended = std::get_if<flows::Suspended>(&state);
    const bool take = std::holds_alternative<flows::TakingCard>(state) ||
                      std::holds_alternative<flows::CardLeft>(state) ||
                      (suspended != nullptr && suspended->card);
    return take ? LampState::quick : LampState::off;
}

LampState printer_lamp(const State& state) {
    if (const auto* receipt = std::get_if<flows::ShowingReceipt>(&state)) {
        if (receipt->paper == flows::Paper::printing) return LampState::slow;
        const bool lies_there = receipt->printed && !receipt->emptied;
        return lies_there ? LampState::quick : LampState::off;
    }
    // The last chance to take it along.
    if (const auto* rating = std::get_if<flows::Rating>(&state))
        return rating->paper ? LampState::quick : LampState::off;
    if (const auto* farewell = std::get_if<flows::Farewell>(&state))
        return farewell->paper ? LampState::quick : LampState::off;
    return LampState::off;
}

}  // namespace

domain::Lamps guide_lamps(const Session& session) {
    domain::Lamps lamps;
    lamps[Lamp::id_card_reader] = card_lamp(session.state);
    lamps[Lamp::document_printer] = printer_lamp(session.state);
    const bool looking = uses_camera(session.state) || session.overlay == Overlay::comfort_scan;
    lamps[Lamp::camera] = looking ? LampState::continuous : LampState::off;
    return lamps;
}

}  // namespace session
