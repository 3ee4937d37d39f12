// How long the paper lasts, from the ledger of sheets and what a full tray or a new roll holds.
// Pure.
#pragma once

#include "domain/supplies.hpp"
#include "drivers/printer/ledger_book.hpp"

#include <optional>

namespace app {

// Until tray or roll is empty at the pace since it was changed, or, right after that, at the pace
// of the prints before. None: nobody said what it holds (0), or too little was printed, or too
// short a time has passed, to know a pace.
std::optional<domain::PaperForecast> paper_forecast(const drivers::printer::LedgerBook& book,
                                                    std::int64_t holds, base::Instant now);

// The same with what the technician reads beside it.
domain::PaperUse paper_use(domain::DeviceKind printer, const drivers::printer::LedgerBook& book,
                           std::int64_t holds, base::Instant now);

}  // namespace app
