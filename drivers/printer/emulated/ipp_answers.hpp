// What the emulated printer says to one request of IPP (RFC 8011), whatever comes: an operation it
// does not know, attributes that are missing, of another kind or in a wrong order are answered with
// the error that the standard has for them. Requests are read and answers built by libcups; no I/O.
#pragma once

#include "drivers/printer/emulated/paper_machine.hpp"

#include <cups/ipp.h>

#include <memory>

namespace drivers::printer {

struct DeleteIpp {
    void operator()(ipp_t* ipp) const { ippDelete(ipp); }
};
using OwnedIpp = std::unique_ptr<ipp_t, DeleteIpp>;

inline constexpr const char* emulated_resource = "/ipp/print";

// `document` is what came behind the attributes. The machine is to be advanced before and after.
OwnedIpp answer_ipp(PaperMachine& machine, ipp_t* request, base::Bytes document, base::Millis now);

// An answer that is nothing but an error.
OwnedIpp refusal(ipp_t* request, ipp_status_t status);

}  // namespace drivers::printer
