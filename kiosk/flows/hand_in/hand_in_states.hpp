#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "catalogue/application.hpp"
#include "domain/local_receipt.hpp"

#include <optional>
#include <string>

namespace flows {

// The submission lives here until the post has it, so a failed try can be repeated with the same
// id.
struct HandingIn {
    catalogue::Submission submission;
    domain::Ticket ticket;
    base::Instant since{};
};

// Not kept, or not known whether kept.
struct HandInProblem {
    catalogue::Submission submission;
    base::Fault fault;
    bool unknown = false;
};

enum class Paper { none, printing, printed, problem };

// Both pages after the seal keep the signed letter for a copy the citizen may want; leaving them
// wipes it.
struct TakingCard {
    catalogue::Submission submission;
    domain::LocalReceipt receipt;
    base::Instant since{};
};

struct ShowingReceipt {
    catalogue::Submission submission;
    domain::LocalReceipt receipt;
    domain::Ticket ticket;  // of the newest print
    Paper paper = Paper::none;
    bool letter_printing = false;  // the newest print is the letter
    int page = 0, pages = 1;
    std::optional<base::Fault> fault;
    int prints = 0;
    base::Instant settled{};  // when the paper came to rest: the page's own limit counts from here
};

struct Rating {
    std::string item_code;
    base::Instant since{};
};

}  // namespace flows
