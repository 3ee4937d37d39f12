// What a terminal prints on and with, as its technician sees it: how much went since the paper was
// changed, how long the rest lasts, what became of the newest prints, how full the cartridges are.
// Values. Words for documents, numbers and times; nothing of a citizen.
#pragma once

#include "base/clock.hpp"
#include "domain/device_health.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace domain {

// Hours until a tray or a roll is empty, and the pace that says so.
struct PaperForecast {
    int hours = 0;
    std::int64_t used = 0;        // sheets or slips that went …
    std::int64_t used_hours = 0;  // … in so many hours
    std::int64_t holds = 0;       // sheets or slips of a full tray or a new roll
    friend bool operator==(const PaperForecast&, const PaperForecast&) = default;
};

// One print of the ledger: how many of its sheets came to which end.
struct PrintedLine {
    base::Instant at{};
    std::string document;  // a word: receipt, letter, test
    bool copy = false;
    int printed = 0, spoiled = 0, unknown = 0, untouched = 0;
    int under_way = 0;
    friend bool operator==(const PrintedLine&, const PrintedLine&) = default;
};

// Of one printer, as its ledger has it.
struct PaperUse {
    DeviceKind printer = DeviceKind::document_printer;
    bool readable = true;                                // false: the ledger cannot be read
    std::int64_t printed = 0, spoiled = 0, unknown = 0;  // sheets or slips since …
    std::optional<base::Instant> since{};                // … the last change; none: since ever
    std::optional<PaperForecast> forecast{};             // none: no pace is known
    std::vector<PrintedLine> newest{};                   // the newest first
    friend bool operator==(const PaperUse&, const PaperUse&) = default;
};
inline constexpr std::size_t printed_lines_shown = 12;

// Toner or ink as the printer itself says it.
struct InkLevel {
    std::string name;            // the printer's own word; may be empty
    std::optional<int> percent;  // none: it cannot tell
    friend bool operator==(const InkLevel&, const InkLevel&) = default;
};

struct Supplies {
    std::vector<PaperUse> papers;
    std::vector<InkLevel> ink;
    friend bool operator==(const Supplies&, const Supplies&) = default;
};

}  // namespace domain
