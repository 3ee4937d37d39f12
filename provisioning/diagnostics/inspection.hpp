// kiosk-technician report and commission: looks at the whole terminal, has what it found signed and
// kept by the post that runs, and writes it down for people and programs. One thread.
#pragma once

#include "offline/post/service_line.hpp"
#include "provisioning/diagnostics/device_checks.hpp"
#include "provisioning/diagnostics/findings.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace provisioning::diagnostics {

// Where the terminal keeps things, as its configuration names them.
struct InspectedTerminal {
    std::string id;
    domain::Realm realm{};
    std::string state_folder;
    std::string post_socket;
    std::string post_line;  // of the post that runs, for signing
    std::string software;   // version
    std::string feeds_folder = {}, updates_folder = {};
};

struct Inspection {
    offline::papers::ServiceKind kind = offline::papers::ServiceKind::inspection;
    bool devices = true;         // false: none is touched, and the findings say so
    bool guided = false;         // with the tests that need hands and eyes
    std::set<std::string> only;  // of these; empty: all
    std::string technician;      // a label; empty: not said
    std::string pdf, json;       // files to write; empty: not wanted
    std::string words;           // file for programs: lines "NAME VERDICT"; empty: not wanted
    AskPerson ask;               // where it is guided
    std::vector<Check> before;   // what was found before, as by the set-up
};

// "第 1 号记录，0a1b2c…"
std::string short_name(const offline::post::SignedRecord& record);

// All findings, without signing or writing.
Findings look_around(technician::Bench& bench, const InspectedTerminal& terminal,
                     const Inspection& inspection);

// Says what is wrong first. An exit code of technician/file_tools.hpp: went_well when the terminal
// can serve; went_wrong when something failed; could_not when a file could not be written or, for a
// commissioning, the record could not be signed.
int inspect(technician::Bench& bench, const InspectedTerminal& terminal,
            const Inspection& inspection, const technician::Say& complain);

}  // namespace provisioning::diagnostics
