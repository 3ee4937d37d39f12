// How long the paper lasts, from the ledger of sheets and what a full tray holds. Pure.
#pragma once

#include "drivers/printer/ledger_book.hpp"

#include <optional>

namespace app {

// Whole hours until the tray is empty at the pace since it was filled; none: nobody said what it
// holds, or too little was printed, or too short a time has passed, to know a pace.
std::optional<int> paper_hours_left(const drivers::printer::LedgerBook& book,
                                    int sheets_in_full_tray, base::Instant now);

}  // namespace app
