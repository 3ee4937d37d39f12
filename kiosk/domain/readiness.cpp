#include "domain/readiness.hpp"

#include "domain/printing.hpp"

#include <optional>

namespace domain {

namespace {

Missing broken(Lack lack, const DeviceHealth& health) {
    return {lack, base::entry(health.fault->code).mender};
}

bool prints(const DeviceHealth& printer) {
    return printer.state != DeviceState::unavailable && printer.supply != Supply::out;
}
bool is_out_of_paper(const DeviceHealth& printer) {
    return printer.supply == Supply::out ||
           (printer.fault && printer.fault->code == base::FaultCode::PrinterPaperOut);
}

// One printer that works is enough. Paper that has run out is said before a broken printer: anybody
// at hand can mend that.
std::optional<Missing> missing_paper(const TerminalHealth& health) {
    const auto &sheets = health.document_printer, &slips = health.receipt_printer;
    if (prints(sheets) || prints(slips)) return std::nullopt;
    if (is_out_of_paper(sheets) || is_out_of_paper(slips))
        return Missing{Lack::paper, base::Mender::attendant};
    if (is_broken(sheets)) return broken(Lack::printer, sheets);
    if (is_broken(slips)) return broken(Lack::printer, slips);
    return std::nullopt;
}

bool is_full(const PostStatus& post) {
    return !post.taking && (post.line == Line::online || post.line == Line::offline);
}

}  // namespace

Readiness readiness(const ServiceNeeds& needs, const TerminalHealth& health, const PostStatus& post,
                    PowerLevel power) {
    Readiness now;
    // Nothing new is begun with what is left of the battery.
    if (needs.hands_in && power >= PowerLevel::low)
        now.prevents.push_back({Lack::power, base::Mender::nobody});
    if (needs.card && is_broken(health.id_card_reader))
        now.prevents.push_back(broken(Lack::card_reader, health.id_card_reader));
    if (needs.hands_in && is_full(post))
        now.prevents.push_back({Lack::room, base::Mender::technician});
    if (needs.paper)
        if (const auto missing = missing_paper(health)) now.spared.push_back(*missing);
    if (needs.face) {
        if (is_broken(health.camera))
            now.spared.push_back(broken(Lack::face, health.camera));
        else if (is_broken(health.face_comparison))
            now.spared.push_back(broken(Lack::face, health.face_comparison));
    }
    return now;
}

}  // namespace domain
