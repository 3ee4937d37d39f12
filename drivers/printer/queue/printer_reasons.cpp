#include "drivers/printer/queue/printer_reasons.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace drivers::printer {

namespace {

using base::FaultCode;
using enum ReasonMeans;

constexpr auto of_spooler = true;

constexpr auto reasons = std::to_array<ReasonEntry>({
    // Paper
    {"media-empty", no_supply, FaultCode::PrinterPaperOut},
    {"media-needed", no_supply, FaultCode::PrinterPaperOut},
    {"input-manual-input-request", no_supply, FaultCode::PrinterPaperOut},
    {"media-low", low, FaultCode::PrinterPaperOut},
    {"media-jam", no_printing, FaultCode::PrinterJammed},
    {"media-path-jam", no_printing, FaultCode::PrinterJammed},
    {"media-path-media-tray-jam", no_printing, FaultCode::PrinterJammed},
    {"input-media-tray-missing", no_printing, FaultCode::PrinterTrayMissing},
    {"input-tray-missing", no_printing, FaultCode::PrinterTrayMissing},
    {"output-tray-missing", no_printing, FaultCode::PrinterTrayMissing},
    {"output-area-full", no_printing, FaultCode::PrinterOutputFull},
    {"output-area-almost-full", weak, FaultCode::PrinterOutputFull},
    // Covers
    {"cover-open", no_printing, FaultCode::PrinterCoverOpen},
    {"door-open", no_printing, FaultCode::PrinterCoverOpen},
    {"interlock-open", no_printing, FaultCode::PrinterCoverOpen},
    // Toner and ink
    {"toner-empty", no_printing, FaultCode::PrinterInkOut},
    {"marker-supply-empty", no_printing, FaultCode::PrinterInkOut},
    {"marker-ink-empty", no_printing, FaultCode::PrinterInkOut},
    {"marker-toner-empty", no_printing, FaultCode::PrinterInkOut},
    {"developer-empty", no_printing, FaultCode::PrinterInkOut},
    {"marker-supply-missing", no_printing, FaultCode::PrinterInkOut},
    {"toner-low", low, FaultCode::PrinterInkOut},
    {"marker-supply-low", low, FaultCode::PrinterInkOut},
    {"marker-ink-almost-empty", low, FaultCode::PrinterInkOut},
    {"marker-toner-almost-empty", low, FaultCode::PrinterInkOut},
    {"developer-low", low, FaultCode::PrinterInkOut},
    {"marker-waste-full", no_printing, FaultCode::PrinterWorn},
    {"marker-waste-almost-full", weak, FaultCode::PrinterWorn},
    {"opc-life-over", no_printing, FaultCode::PrinterWorn},
    {"opc-near-eol", weak, FaultCode::PrinterWorn},
    {"fuser-over-temp", no_printing, FaultCode::PrinterFailed},
    {"fuser-under-temp", nothing, {}},  // warms up
    // The printer as a whole
    {"other", weak, FaultCode::PrinterFailed},
    {"stopped-partly", weak, FaultCode::PrinterFailed},
    {"interpreter-resource-unavailable", weak, FaultCode::PrinterFailed},
    {"shutdown", no_printing, FaultCode::PrinterAbsent},
    {"power-down", no_printing, FaultCode::PrinterAbsent},
    {"suspend", nothing, {}},  // sleeps until there is a job
    {"hibernate", nothing, {}},
    {"testing", nothing, {}},
    {"resuming", nothing, {}},
    {"identify-printer-requested", nothing, {}},
    {"stopping", no_printing, FaultCode::PrinterStopped},  // ends in "stopped"; never an error
    {"moving-to-paused", no_printing, FaultCode::PrinterStopped},
    {"deactivated", no_printing, FaultCode::PrinterStopped},
    {"spool-area-full", no_printing, FaultCode::PrinterStopped},
    // The queue in the spooler
    {"paused", no_printing, FaultCode::PrinterStopped, of_spooler},
    {"hold-new-jobs", no_printing, FaultCode::PrinterStopped, of_spooler},
    {"offline", no_printing, FaultCode::PrinterAbsent, of_spooler},
    {"timed-out", no_printing, FaultCode::PrinterAbsent, of_spooler},
    {"connecting-to-device", nothing, {}, of_spooler},  // until it is offline or timed out
    {"cups-missing-filter", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"cups-insecure-filter", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"cups-certificate-error", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"cups-pki-invalid", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"cups-pki-changed", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"cups-pki-expired", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"cups-pki-unknown", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"account-authorization-failed", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"account-closed", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"account-info-needed", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"account-limit-reached", no_printing, FaultCode::PrinterSetUpWrong, of_spooler},
    {"cups-waiting-for-job-completed", nothing, {}, of_spooler},
    {"cups-remote-pending", nothing, {}, of_spooler},
    {"cups-remote-pending-held", nothing, {}, of_spooler},
    {"cups-remote-processing", nothing, {}, of_spooler},
    {"cups-remote-stopped", weak, FaultCode::PrinterFailed, of_spooler},
    {"cups-remote-canceled", nothing, {}, of_spooler},
    {"cups-remote-aborted", nothing, {}, of_spooler},
    {"cups-remote-completed", nothing, {}, of_spooler},
});

bool is_ink(std::string_view keyword) {
    return keyword.ends_with("-empty") && keyword != "media-empty";
}

ReasonReading unknown_reason(Severity severity) {
    ReasonReading reading{nothing, FaultCode::PrinterFailed, false, false};
    if (severity == Severity::error) reading.means = no_printing;
    if (severity == Severity::warning || severity == Severity::unsaid) reading.means = weak;
    return reading;
}

}  // namespace

Reason split_reason(std::string_view reason) {
    constexpr std::array<std::pair<std::string_view, Severity>, 3> suffixes{
        {{"-report", Severity::report},
         {"-warning", Severity::warning},
         {"-error", Severity::error}}};
    // "cups-certificate-error" is a keyword as it stands.
    if (std::ranges::find(reasons, reason, &ReasonEntry::keyword) != reasons.end())
        return {reason, Severity::unsaid};
    for (const auto& [suffix, severity] : suffixes)
        if (reason.ends_with(suffix))
            return {reason.substr(0, reason.size() - suffix.size()), severity};
    return {reason, Severity::unsaid};
}

std::span<const ReasonEntry> known_reasons() {
    return reasons;
}

ReasonReading read_reason(std::string_view reason) {
    const auto [keyword, severity] = split_reason(reason);
    const auto entry = std::ranges::find(reasons, keyword, &ReasonEntry::keyword);
    if (entry == reasons.end()) return unknown_reason(severity);
    ReasonReading reading{entry->means, entry->fault, entry->of_spooler, true};
    const bool less = severity == Severity::report || severity == Severity::warning;
    // Many go on printing with what is left when they say "empty" as a warning.
    if (less && is_ink(keyword)) reading.means = low;
    if (severity == Severity::report && reading.means == weak) reading.means = nothing;
    return reading;
}

std::string safe_keyword(std::string_view reason) {
    std::string safe;
    for (const char c : reason) {
        const bool fits =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
        if (fits && safe.size() < 40) safe += c;
    }
    return safe;
}

}  // namespace drivers::printer
