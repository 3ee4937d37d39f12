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

// Where paper lies, or did when the page was left: the last chance to take it along.
domain::PaperSlots paper_lies(const State& state) {
    if (const auto* rating = std::get_if<flows::Rating>(&state)) return rating->paper;
    if (const auto* farewell = std::get_if<flows::Farewell>(&state)) return farewell->paper;
    if (const auto* along = std::get_if<flows::TakingAlong>(&state)) {
        domain::PaperSlots lies;
        lies.at(along->printer) = along->paper == flows::Paper::printed;
        return lies;
    }
    if (const auto* bill = std::get_if<flows::PaymentKnown>(&state)) return bill->printed;
    const auto of_page = [](const auto& page) {
        auto lies = page.printed;
        if (page.emptied) lies.at(page.printer) = false;
        return lies;
    };
    if (const auto* receipt = std::get_if<flows::ShowingReceipt>(&state)) return of_page(*receipt);
    if (const auto* proof = std::get_if<flows::PrintingProof>(&state)) return of_page(*proof);
    return {};
}

// A slip and a letter may come out of two printers; each has its own lamp.
LampState printer_lamp(const State& state, domain::DeviceKind printer) {
    const auto prints = [&](const auto* page) {
        return page != nullptr && page->paper == flows::Paper::printing && page->printer == printer;
    };
    if (prints(std::get_if<flows::ShowingReceipt>(&state)) ||
        prints(std::get_if<flows::PrintingProof>(&state)) ||
        prints(std::get_if<flows::PaymentKnown>(&state)) ||
        prints(std::get_if<flows::TakingAlong>(&state)))
        return LampState::slow;
    return paper_lies(state).at(printer) ? LampState::quick : LampState::off;
}

}  // namespace

domain::Lamps guide_lamps(const Session& session) {
    domain::Lamps lamps;
    lamps[Lamp::id_card_reader] = card_lamp(session.state);
    lamps[Lamp::document_printer] =
        printer_lamp(session.state, domain::DeviceKind::document_printer);
    lamps[Lamp::receipt_printer] = printer_lamp(session.state, domain::DeviceKind::receipt_printer);
    const bool looking = uses_camera(session.state) || session.overlay == Overlay::comfort_scan;
    lamps[Lamp::camera] = looking ? LampState::continuous : LampState::off;
    return lamps;
}

}  // namespace session
