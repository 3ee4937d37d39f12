#include "drivers/printer/escpos/codec/printer_state.hpp"

namespace drivers::printer::escpos {

using base::FaultCode;
using domain::DeviceState;
using domain::Supply;

namespace {

bool bit(RealtimeAnswer answer, unsigned number) {
    return (answer.bits >> number & 1u) != 0;
}

bool out_of_paper(const PrinterState& state) {
    return state.status.paper_end || (state.port && state.port->paper_empty);
}

}  // namespace

void apply(PrinterState& state, const AutomaticStatus& status) {
    state.status = status;
    state.told = true;
}

void apply(PrinterState& state, RealtimeQuery asked, RealtimeAnswer answer) {
    auto& status = state.status;
    state.told = true;
    switch (asked) {
        case RealtimeQuery::printer:
            status.offline = bit(answer, 3);
            return;
        case RealtimeQuery::offline_cause:
            status.cover_open = bit(answer, 2);
            status.feeding = bit(answer, 3);
            return;
        case RealtimeQuery::error_cause:
            status.recoverable_error = bit(answer, 2);
            status.cutter_error = bit(answer, 3);
            status.unrecoverable_error = bit(answer, 5);
            status.overheated = bit(answer, 6);
            return;
        case RealtimeQuery::paper:
            status.paper_near_end = bit(answer, 2) && bit(answer, 3);
            status.paper_end = bit(answer, 5) && bit(answer, 6);
            return;
    }
}

std::optional<FaultCode> stop_cause(const PrinterState& state) {
    const auto& status = state.status;
    if (status.unrecoverable_error) return FaultCode::ReceiptPrinterBroken;
    if (status.cutter_error) return FaultCode::ReceiptPrinterCutterStuck;
    if (status.cover_open) return FaultCode::ReceiptPrinterCoverOpen;
    if (out_of_paper(state)) return FaultCode::PrinterPaperOut;
    if (status.recoverable_error) return FaultCode::PrinterJammed;
    if (status.overheated) return std::nullopt;
    // Offline, or an error on the port, and it does not say why.
    const bool unwell = status.offline || (state.port && !state.port->no_error);
    return unwell ? std::optional(FaultCode::PrinterFailed) : std::nullopt;
}

domain::DeviceHealth health_of(const PrinterState& state) {
    domain::DeviceHealth health{DeviceState::ready, Supply::unknown, std::nullopt};
    if (out_of_paper(state))
        health.supply = Supply::out;
    else if (state.status.paper_near_end)
        health.supply = Supply::low;
    else if (state.told)
        health.supply = Supply::plenty;
    if (const auto cause = stop_cause(state)) {
        health.state = DeviceState::unavailable;
        health.fault = base::Fault{*cause, {}};
    } else if (state.status.overheated) {
        health.state = DeviceState::degraded;
        health.fault = base::Fault{FaultCode::ReceiptPrinterHot, {}};
    }
    return health;
}

}  // namespace drivers::printer::escpos
