#include "drivers/emulation/benches/scanner_bench.hpp"

#include "drivers/qr/scanner/scanner.hpp"

#include <array>
#include <utility>

namespace drivers::emulation {

namespace {

using domain::ScannerKind;

constexpr std::array<std::pair<const char*, ScannerKind>, 3> modes{
    {{"hid", ScannerKind::hid},
     {"serial", ScannerKind::serial},
     {"keyboard", ScannerKind::keyboard}}};

std::string heard(bool listened_to) {
    return listened_to ? "scanned" : "scanned, and nobody listened";
}

Answer set_mode(qr::EmulatedScanner& scanner, const std::string& word) {
    for (const auto& [name, mode] : modes)
        if (word == name) {
            scanner.set_mode(mode);
            return "scanner set to " + word;
        }
    return base::fail(base::FaultCode::EmulationCommandWrong,
                      "no such mode; known: hid | serial | keyboard");
}

}  // namespace

std::unique_ptr<CodeReader> ScannerBench::make_reader(const base::Clock& clock,
                                                      DeviceSink sink) const {
    if (kind_ == ScannerKind::none) return nullptr;
    return std::make_unique<qr::Scanner>(std::make_unique<qr::EmulatedScannerWire>(scanner_), clock,
                                         std::move(sink));
}

Verbs ScannerBench::verbs() const {
    const auto scanner = scanner_;
    return {
        {"scanner scan TEXT",
         [scanner](const Words& words) -> Answer {
             return heard(scanner->scan(base::to_bytes(words[2])));
         }},
        {"scanner scan bytes HEX",
         [scanner](const Words& words) -> Answer {
             return heard(scanner->scan(TRY(base::from_hex(words[3]))));
         }},
        {"scanner begin TEXT",
         [scanner](const Words& words) -> Answer {
             return heard(scanner->begin_scan(base::to_bytes(words[2])));
         }},
        {"scanner types KEYS",
         [scanner](const Words& words) -> Answer {
             return heard(scanner->type(TRY(qr::chords_from(words[2]))));
         }},
        {"scanner mode MODE",
         [scanner](const Words& words) { return set_mode(*scanner, words[2]); }},
        simple("scanner unplug", "scanner unplugged", [scanner] { scanner->plug(false); }),
        simple("scanner plug", "scanner plugged in", [scanner] { scanner->plug(true); }),
        simple("scanner held", "another program holds the scanner's keyboard",
               [scanner] { scanner->hold_elsewhere(true); }),
        simple("scanner released", "nobody else holds the scanner's keyboard",
               [scanner] { scanner->hold_elsewhere(false); }),
    };
}

}  // namespace drivers::emulation
