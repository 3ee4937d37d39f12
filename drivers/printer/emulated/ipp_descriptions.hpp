// The emulated printer and its jobs as attributes of IPP: RFC 8011 chapter 5, printer-output-tray
// of PWG 5100.13. No I/O.
#pragma once

#include "drivers/printer/emulated/paper_machine.hpp"

#include <cups/ipp.h>

#include <array>

namespace drivers::printer {

inline constexpr std::array emulated_operations{
    IPP_OP_PRINT_JOB,  IPP_OP_VALIDATE_JOB,       IPP_OP_CREATE_JOB, IPP_OP_SEND_DOCUMENT,
    IPP_OP_CANCEL_JOB, IPP_OP_GET_JOB_ATTRIBUTES, IPP_OP_GET_JOBS,   IPP_OP_GET_PRINTER_ATTRIBUTES,
    IPP_OP_HOLD_JOB,   IPP_OP_RELEASE_JOB};
inline constexpr const char* emulated_format = "application/pdf";

// Only what `request` wants (requested-attributes).
void describe_printer(ipp_t* answer, ipp_t* request, const PaperMachine& machine, base::Millis now);
void describe_job(ipp_t* answer, ipp_t* request, const PaperMachine& machine, const PaperJob& job,
                  base::Millis now);

}  // namespace drivers::printer
