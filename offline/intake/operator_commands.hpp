// What an operator asks and does beside a server that runs: each command opens the store, does one
// thing and ends. Texts are what is printed. AnswerNotFound: what was named is not there.
#pragma once

#include "base/clock.hpp"
#include "offline/intake/site.hpp"

#include <cstdint>
#include <string>

namespace offline::intake {

using Text = base::Result<std::string>;

// Personal: the opened case of a sub_id (32 hex digits), or all of them, as JSON.
Text case_text(const Site& site, const std::string& sub_id);
Text all_cases_text(const Site& site);

Text count_text(const Site& site);
Text terminals_text(const Site& site);
Text gaps_text(const Site& site);
// All that is refused and kept aside, or what is kept of one sub_id.
Text quarantine_text(const Site& site);
Text quarantined_text(const Site& site, const std::string& sub_id);
// What was found and done at a terminal, or at all of them: a line for each record.
Text service_records(const Site& site, const std::string& terminal);
// Judged again when it comes again.
Text release(const Site& site, const std::string& sub_id, base::Instant now);
// Its effect is tried again.
Text replay(const Site& site, const std::string& sub_id, base::Instant now);

struct ExportedCases {
    std::int64_t cases = 0, kept_back = 0;
};
// What is complete, as the province wants it, into a folder.
base::Result<ExportedCases> export_to(const Site& site, const std::string& folder);

// Certificates and fees from a JSON file of the registers; how many.
base::Result<std::int64_t> load_registers(const Site& site, const std::string& path);
// Offices and their times from a JSON file; how many. What is booked stays.
base::Result<std::int64_t> load_bookings(const Site& site, const std::string& path);
// A line for each booking that stands: number, day, time, office. Names nobody.
Text bookings_text(const Site& site);

// Papers made out for people, from a JSON file of the bureau (proof_book.hpp); how many.
base::Result<std::int64_t> load_proofs(const Site& site, const std::string& path);
// For whoever was given a paper. AnswerNotFound: none of this code was made out, or it is mistyped.
Text verify_proof(const Site& site, const std::string& code, base::Instant now);

}  // namespace offline::intake
