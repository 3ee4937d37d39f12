// Whether cupsd is set up so that a citizen's paper is neither kept nor printed late: checkers of
// the text of cupsd.conf, of the drop-in of its service, and of what a queue says of its own. Pure.
// The directives and their defaults are those of cupsd.conf(5), CUPS 2.4, and of
// systemd.service(5); provisioning/cups ships files that have none of these problems.
#pragma once

#include "base/fault.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drivers::printer {

enum class SettingsHarm {
    keeps_papers,  // documents or their jobs stay on the disk
    prints_late,   // a job may come out in front of the next person
    lets_in,       // others than this machine may use the queues
    stops,         // one hiccup stops the queue until somebody acts
    hides_outcome  // what became of a print cannot be asked
};

struct SettingsProblem {
    SettingsHarm harm{};
    int line = 0;           // in the file, from 1; 0 = not there, or said by the queue itself
    std::string directive;  // as the file spells it
    std::string found;      // its value; empty = the default
    std::string wanted;
    std::string file = "cupsd.conf";  // its name; empty = said by the queue itself

    friend bool operator==(const SettingsProblem&, const SettingsProblem&) = default;
};

std::vector<SettingsProblem> check_cupsd_settings(std::string_view cupsd_conf);
// The drop-in citizen-window.conf of cups.service: without it cupsd starts with what it still held
// when it ended, and prints that. Empty text: there is none.
std::optional<SettingsProblem> check_cups_service(std::string_view drop_in);
// printer-error-policy of the queue, which overrules ErrorPolicy.
std::optional<SettingsProblem> check_error_policy(std::string_view error_policy);

// One line for the technician: where, what, how to mend it and why.
std::string in_words(const SettingsProblem& problem, base::Locale locale);

// The worst of them as a fault for the device's health: PrinterKeepsPapers for what is kept, comes
// late or lets others in, PrinterSetUpWrong for the rest.
std::optional<base::Fault> as_fault(const std::vector<SettingsProblem>& problems);

}  // namespace drivers::printer
