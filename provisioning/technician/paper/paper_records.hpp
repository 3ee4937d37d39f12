// What stands written on a terminal about its paper: the ledgers of sheets, and how cupsd is set
// up. Only reads, and no device, so that it may be looked at while kiosk serves. What it says is
// Chinese. Any thread.
#pragma once

#include "domain/device_health.hpp"
#include "drivers/printer/ledger_book.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace provisioning::technician {

struct PaperRecords {
    std::string document_ledger, slip_ledger;  // files; empty: no such printer
    std::string cupsd_settings;                // cupsd.conf; empty: no document printer
    std::string cups_service;                  // the drop-in of its service
    // What the queue says of it: drivers::ask_error_policy. Called where there are settings.
    std::function<std::optional<std::string>()> ask_error_policy{};
};

// Lines, and whether all is well with what they are about.
struct Finding {
    std::vector<std::string> lines;
    bool well = true;
};

// How many sheets were printed since the last new paper, and which of the last prints nobody knows
// the end of. Not well only where the file cannot be read: that a sheet is unknown happens.
Finding ledger_findings(const std::string& file);
// The same of a book. Pure.
std::vector<std::string> in_words(const drivers::printer::LedgerBook& book);

// Every setting of cupsd and of its service that is not as it has to be, with how to mend it.
// Nothing is said where the printer is spoken to without cupsd.
Finding spooler_findings(const PaperRecords& records);

// All that stands written about one device: nothing where that is no printer, or none is there.
Finding findings_about(domain::DeviceKind device, const PaperRecords& records);

}  // namespace provisioning::technician
