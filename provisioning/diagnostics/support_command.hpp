// kiosk-technician support-bundle: gathers what tells of a fault and writes it into one clean file.
#pragma once

#include "provisioning/diagnostics/inspection.hpp"
#include "provisioning/diagnostics/support_bundle.hpp"

#include <string>
#include <vector>

namespace provisioning::diagnostics {

struct SupportRequest {
    std::string config;             // the terminal's configuration file
    std::vector<std::string> logs;  // further text files
    bool journal = true;            // the last events of the units, from journalctl
    bool devices = true;            // false: this program runs where it may touch none
    std::string journalctl = "journalctl";
    std::size_t bytes_max = bundle_bytes_max;  // of the file; the oldest logs stay away for it
    std::string to;                            // where the bundle is written
};

// Exit codes of technician/file_tools.hpp. could_not: nothing was written.
int write_support_bundle(technician::Bench& bench, const InspectedTerminal& terminal,
                         const SupportRequest& request, const technician::Say& complain);

}  // namespace provisioning::diagnostics
