#include "app/present/paper_line.hpp"

namespace app {

namespace {

const domain::DeviceHealth& health_of(const PageBuilder& b, domain::DeviceKind printer) {
    return printer == domain::DeviceKind::receipt_printer ? b.in.health.receipt_printer
                                                          : b.in.health.document_printer;
}

std::string taken_from(const PageBuilder& b, domain::DeviceKind printer) {
    const auto& places = b.in.settings.places;
    const auto place = printer == domain::DeviceKind::receipt_printer ? places.receipt_printer
                                                                      : places.document_printer;
    return b.say(MessageId::receipt_printed, {{"place", b.place(place)}});
}

screens::Notice warning(std::string what, std::vector<std::string> lines) {
    return {screens::Tone::warn, "printer", std::move(what), std::move(lines), false};
}

}  // namespace

void add_paper_line(PageBuilder& b, const PaperLine& line) {
    const std::string printed = line.printed.empty() ? taken_from(b, line.printer) : line.printed;
    switch (line.paper) {
        case flows::Paper::none:
            return;
        case flows::Paper::printing:
            // It stands still and may go on: an open cover, no paper.
            if (const auto& printer = health_of(b, line.printer);
                printer.fault && printer.state == domain::DeviceState::unavailable)
                return b.add(warning(
                    std::string(base::citizen_text(printer.fault->code, b.locale())),
                    line.still.empty() ? std::vector<std::string>{line.printing} : line.still));
            return b.add(screens::Progress{"printer", line.printing, line.fraction, printed,
                                           b.outlet(line.printer)});
        case flows::Paper::printed:
            if (!line.waits.empty()) return b.add(warning(line.waits, {}));
            return b.add(
                screens::Progress{"printer", printed, 1, line.printing, b.outlet(line.printer)});
        case flows::Paper::problem:
            break;
    }
    const std::string unknown =
        line.unknown.empty() ? b.say(MessageId::receipt_paper_unknown) : line.unknown;
    b.add(warning(
        line.fault ? std::string(base::citizen_text(line.fault->code, b.locale())) : unknown,
        line.problem));
}

}  // namespace app
