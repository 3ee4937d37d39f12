// Answers of IPP as the queue's plain values. Whatever comes is read: attributes that are missing,
// of another kind or too many are passed over. No I/O, no state.
#pragma once

#include "drivers/printer/queue/queue_views.hpp"

#include <cups/ipp.h>

#include <array>
#include <vector>

namespace drivers::printer {

// What is asked for, and nothing else is read.
inline constexpr std::array printer_attributes{"printer-state",
                                               "printer-state-reasons",
                                               "printer-is-accepting-jobs",
                                               "marker-levels",
                                               "marker-names",
                                               "media-ready",
                                               "printer-output-tray",
                                               "operations-supported",
                                               "device-uri",
                                               "document-format-supported",
                                               "printer-error-policy"};
inline constexpr std::array job_attributes{"job-id",
                                           "job-state",
                                           "job-state-reasons",
                                           "job-impressions-completed",
                                           "job-media-sheets-completed",
                                           "time-at-processing"};

PrinterView read_printer(ipp_t* answer);
std::vector<JobView> read_jobs(ipp_t* answer);  // one for each group of job attributes

}  // namespace drivers::printer
