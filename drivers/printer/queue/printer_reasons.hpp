// printer-state-reasons in the project's words: what each keyword means for the next print, and who
// can mend it. Keywords: RFC 8011 5.4.12, PWG 5100.9 (those a terminal can meet), the cups-…
// keywords of cupsd's backends. Pure.
#pragma once

#include "base/fault.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace drivers::printer {

enum class Severity { unsaid, report, warning, error };

struct Reason {
    std::string_view keyword;  // without the suffix
    Severity severity = Severity::unsaid;
};
// "media-empty-error" → media-empty, error.
Reason split_reason(std::string_view reason);

enum class ReasonMeans {
    nothing,     // happens while printing, or is nobody's business here
    low,         // goes on printing, somebody should bring some
    weak,        // goes on printing, somebody should look at it
    no_supply,   // paper: nothing comes out before it is brought
    no_printing  // nothing comes out before it is mended
};

struct ReasonEntry {
    std::string_view keyword;
    ReasonMeans means;
    base::FaultCode fault;    // for all but `nothing`
    bool of_spooler = false;  // said by cupsd of its queue, not by the printer
};
std::span<const ReasonEntry> known_reasons();

struct ReasonReading {
    ReasonMeans means = ReasonMeans::nothing;
    base::FaultCode fault{};
    bool of_spooler = false;
    bool known = true;
};
// Severity included: toner that is empty stops the printer only where it says so; a keyword that
// nobody knows stops it when it comes as an error, is looked at when it comes as less, and is
// nothing as a report.
ReasonReading read_reason(std::string_view reason);

// A keyword fit for logs: at most 40 lower-case letters, digits, dots, _ and -; anything else is
// left out.
std::string safe_keyword(std::string_view reason);

}  // namespace drivers::printer
