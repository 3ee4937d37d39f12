// A paper that the centre made out for one person, ready to print, or why there is none. Values;
// the paper itself is personal and lies in a Secret.
#pragma once

#include "base/bytes.hpp"
#include "base/secret.hpp"

#include <optional>
#include <string>

namespace domain {

inline constexpr std::size_t proof_bytes_max = 600'000;  // of the PDF
inline constexpr int proof_pages_max = 20;

struct ProofPaper {
    std::string title, period;  // as they stand on it
    int pages = 0;
    std::string code;                 // whoever gets the paper asks the centre with it
    std::string issued_at, valid_to;  // ISO time; ISO date, empty: without end
    int copies_left = 0;              // for this person, today
    base::Secret<base::Bytes> pdf;
    friend bool operator==(const ProofPaper&, const ProofPaper&) = default;
};

enum class ProofOutcome {
    here,
    none,     // nothing is on record
    not_now,  // the bureau makes none out at the moment
    used_up   // as many as one person gets in a day
};

struct ProofAnswer {
    ProofOutcome outcome = ProofOutcome::none;
    std::optional<ProofPaper> paper;  // exactly when it is here
    friend bool operator==(const ProofAnswer&, const ProofAnswer&) = default;
};

}  // namespace domain
