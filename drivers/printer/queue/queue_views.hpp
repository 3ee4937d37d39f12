// What a print queue and the printer behind it say of themselves, as plain values: one answer of
// Get-Printer-Attributes and one of Get-Job-Attributes (RFC 8011), read by drivers/printer/cups.
// Texts meant for people (printer-state-message, job-name of others) are left where they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace drivers::printer {

enum class PrinterState { unknown, idle, processing, stopped };  // printer-state 3, 4, 5

struct PrinterView {
    PrinterState state = PrinterState::unknown;
    bool accepting = true;             // printer-is-accepting-jobs
    std::vector<std::string> reasons;  // printer-state-reasons with their suffix, without "none"
    std::vector<int> marker_levels;    // 0…100 %; -1 none, -2 unknown, -3 some
    std::vector<std::string> marker_names;  // of the same, as far as they are named
    std::vector<std::string> media_ready;   // what lies in the trays; empty = not said
    // Sheets that its output trays still have room for; none = it cannot tell.
    std::optional<int> tray_room{};
    bool holds_jobs = false;   // Create-Job with job-hold-until, Release-Job
    bool takes_pdf = true;     // document-format-supported
    std::string error_policy;  // printer-error-policy of cupsd; empty = no spooler
    std::string device_uri;    // of a spooler's queue: what lies behind it
    // The reasons are the printer's own of this moment. A spooler asks its printer while a job is
    // being printed only and remembers the last answer for as long as it likes.
    bool fresh = false;

    friend bool operator==(const PrinterView&, const PrinterView&) = default;
};

// job-state 3…9
enum class JobState { pending, held, processing, stopped, canceled, aborted, completed };

struct JobView {
    int id = 0;
    JobState state = JobState::pending;
    bool started = false;              // it is at the printer, or was (time-at-processing)
    int impressions = -1;              // job-impressions-completed; -1 = not said
    int sheets = -1;                   // job-media-sheets-completed
    std::vector<std::string> reasons;  // job-state-reasons
    int started_at = 0;                // time-at-processing; another one = begun anew

    bool ended() const { return state >= JobState::canceled; }
    // Sides that came out, as far as anybody counts them.
    int completed() const { return impressions >= 0 ? impressions : sheets; }
    friend bool operator==(const JobView&, const JobView&) = default;
};

// What the printer itself says, joined with what its queue in the spooler says: the state of the
// queue stays, of what it remembers of the printer nothing does.
PrinterView joined(PrinterView queue, const PrinterView& printer);

}  // namespace drivers::printer
