// Findings against the table of requirements: each id met, failed, or not applicable with a reason.
// Findings that known.txt owns up to make a requirement fail, but not the run; so does a requirement
// that nothing proves. Pure, besides reading the two files. A missing or broken file is an empty
// list; tests/tools/house/check_requirements.py judges them.
#pragma once

#include "tests/crawl/crawl.hpp"

#include <string>
#include <vector>

namespace crawl {

struct Requirement {
    std::string id, kind;             // UX-001; by, open, none
    std::string words;                // proofs or reason, as written
    std::vector<std::string> checks;  // of the crawler, among the proofs
};
std::vector<Requirement> read_requirements(const std::filesystem::path& file);

// A defect that is there and waits for its mending: shell patterns of check and page.
struct KnownDefect {
    std::string check, page, reason;
    bool fits(const Finding& finding) const;
};
std::vector<KnownDefect> read_known(const std::filesystem::path& file);

struct Report {
    int met = 0, failed = 0, not_applicable = 0;
    std::vector<Finding> new_findings;  // that no known defect explains
    std::vector<KnownDefect> mended;    // known defects that were not met again
    std::string text;                   // one line per requirement, then the findings
};
Report judge(const Outcome& outcome, const std::vector<Requirement>& requirements,
             const std::vector<KnownDefect>& known);

}  // namespace crawl
