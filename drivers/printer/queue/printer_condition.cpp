#include "drivers/printer/queue/printer_condition.hpp"

#include "domain/app_report.hpp"
#include "drivers/printer/queue/printer_reasons.hpp"

#include <algorithm>

namespace drivers::printer {

namespace {

using base::Fault;
using base::FaultCode;
using domain::DeviceState;
using domain::Supply;

constexpr int low_marker_percent = 5;

bool a4_is_ready(const PrinterView& view) {
    return std::ranges::any_of(
        view.media_ready, [](const std::string& media) { return media.starts_with("iso_a4"); });
}

struct Findings {
    std::optional<Fault> obstacle, weakness, lowness;
    bool may_eat_sheets = false;
    bool paper_low = false, paper_out = false;
};

void add(std::optional<Fault>& place, FaultCode code, std::string_view reason) {
    if (!place) place = Fault{code, safe_keyword(reason)};
}

bool eats_sheets(FaultCode fault) {
    return fault == FaultCode::PrinterJammed || fault == FaultCode::PrinterCoverOpen ||
           fault == FaultCode::PrinterTrayMissing || fault == FaultCode::PrinterAbsent ||
           fault == FaultCode::PrinterFailed;
}

void look_at(std::string_view reason, const PrinterView& view, Findings& found) {
    const auto reading = read_reason(reason);
    const bool is_news = view.fresh || reading.of_spooler || view.state == PrinterState::processing;
    switch (reading.means) {
        case ReasonMeans::nothing:
            return;
        case ReasonMeans::low:
            found.paper_low |= reading.fault == FaultCode::PrinterPaperOut;
            return add(found.lowness, reading.fault, reason);
        case ReasonMeans::weak:
            return add(found.weakness, reading.fault, reason);
        case ReasonMeans::no_supply:
            if (a4_is_ready(view) && split_reason(reason).severity != Severity::error) {
                found.paper_low = true;
                return add(found.lowness, reading.fault, reason);
            }
            found.paper_out |= is_news;
            return add(is_news ? found.obstacle : found.weakness, reading.fault, reason);
        case ReasonMeans::no_printing:
            found.may_eat_sheets |= is_news && eats_sheets(reading.fault);
            return add(is_news ? found.obstacle : found.weakness, reading.fault, reason);
    }
}

}  // namespace

PrinterView joined(PrinterView queue, const PrinterView& printer) {
    std::erase_if(queue.reasons,
                  [](const std::string& reason) { return !read_reason(reason).of_spooler; });
    queue.reasons.insert(queue.reasons.end(), printer.reasons.begin(), printer.reasons.end());
    if (printer.state == PrinterState::stopped) queue.state = PrinterState::stopped;
    queue.accepting = queue.accepting && printer.accepting;
    queue.marker_levels = printer.marker_levels;
    queue.marker_names = printer.marker_names;
    queue.media_ready = printer.media_ready;
    queue.tray_room = printer.tray_room;
    queue.fresh = true;
    return queue;
}

std::vector<domain::InkLevel> ink_of(const PrinterView& view) {
    constexpr std::size_t most_markers = 8, longest_name = 40;
    std::vector<domain::InkLevel> out;
    for (std::size_t i = 0; i < view.marker_levels.size() && i < most_markers; ++i) {
        const int level = view.marker_levels[i];
        if (level == -1) continue;  // RFC 3805: no such restriction
        domain::InkLevel ink;
        if (level >= 0 && level <= 100) ink.percent = level;
        if (i < view.marker_names.size()) {
            const auto& name = view.marker_names[i];
            if (name.size() <= longest_name && domain::is_notice_text(name)) ink.name = name;
        }
        out.push_back(std::move(ink));
    }
    return out;
}

PrinterCondition condition_of(const PrinterView& view) {
    Findings found;
    for (const auto& reason : view.reasons) look_at(reason, view, found);
    // The printer's own word for it comes first; that it stands still is only the consequence.
    if (view.state == PrinterState::stopped)
        add(found.obstacle, FaultCode::PrinterStopped, "stopped");
    if (!view.accepting) add(found.obstacle, FaultCode::PrinterStopped, "not-accepting-jobs");
    if (!view.takes_pdf) add(found.obstacle, FaultCode::PrinterSetUpWrong, "no-pdf");
    for (const int level : view.marker_levels)
        if (level >= 0 && level <= low_marker_percent)
            add(found.lowness, FaultCode::PrinterInkOut, "marker-level");

    PrinterCondition condition;
    condition.obstacle = found.obstacle;
    condition.may_eat_sheets = found.may_eat_sheets;
    auto& health = condition.health;
    health.state = found.obstacle   ? DeviceState::unavailable
                   : found.weakness ? DeviceState::degraded
                                    : DeviceState::ready;
    health.fault = found.obstacle ? found.obstacle : found.weakness;
    health.supply = found.paper_out                           ? Supply::out
                    : found.paper_low || found.lowness        ? Supply::low
                    : view.fresh && !view.media_ready.empty() ? Supply::plenty
                                                              : Supply::unknown;
    return condition;
}

}  // namespace drivers::printer
