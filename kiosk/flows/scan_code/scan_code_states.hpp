// Listening for codes: no state of its own, but what a session keeps while its page listens.
#pragma once

#include "base/clock.hpp"
#include "domain/identifiers.hpp"
#include "domain/scanned_code.hpp"

#include <optional>

namespace flows {

enum class Listening { none, scanner, scanner_and_camera };

// A code was seen that means nothing on this page: what it is for is said, what it says is not
// kept.
struct CodeNote {
    domain::CodePurpose purpose = domain::CodePurpose::unknown;
    base::Instant since{};
};

struct CodeScan {
    Listening with = Listening::none;
    domain::Ticket ticket;  // of the request; every other one is a stranger
    base::Instant since{};
    std::optional<CodeNote> note;
};

}  // namespace flows
