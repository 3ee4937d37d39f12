#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "base/secret.hpp"
#include "domain/citizen_identity.hpp"
#include "domain/identifiers.hpp"
#include "domain/post_status.hpp"

#include <optional>
#include <string>
#include <vector>

namespace flows {

struct ChoosingProgressWay {};

struct EnteringCode {
    base::SecretText code;
    bool asked_empty = false;
    bool camera = false;  // it looks for the slip's QR code, and the page shows that
};

struct AskingProgress {
    domain::Ticket ticket;
    base::Secret<domain::CitizenIdentity> person;  // empty when asked by code
    base::Instant since{};
};

struct ShowingProgress {
    base::Secret<domain::CitizenIdentity> person;
    std::vector<domain::SubmissionStatus> statuses;
    std::optional<base::Fault> fault;
    std::size_t opened = 0;  // of the statuses; the others are a list below it
};

}  // namespace flows
