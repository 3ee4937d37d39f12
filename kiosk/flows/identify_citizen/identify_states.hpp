#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "flows/choose_service/choose_service_states.hpp"
#include "flows/journey.hpp"
#include "flows/speak_up/speak_up_states.hpp"

#include <optional>
#include <string>

namespace flows {

struct ReadingNotice {
    Purpose purpose{};
    std::string item_code{};               // of apply
    From from{};                           // where the guide of apply was opened
    std::optional<SpeakingUp> speaking{};  // of speak: what was written so far
};

struct AwaitingCard {
    Purpose purpose{};
    std::string item_code;
    std::string notice_acknowledged_at;
    domain::Ticket ticket;
    bool card_found = false;
    bool in_the_way = false;             // a card that has had its turn must be lifted first
    std::optional<base::Fault> problem;  // of the try before: said, and the card is asked for again
    int failed_reads = 0;
    base::Instant since{};
    base::Instant found_at{};  // when the card was noticed
    std::optional<SpeakingUp> speaking{};
};

// A card that cannot be used here: expired, another kind, a wrong number, reader broken.
struct CardRefused {
    Purpose purpose{};
    std::string item_code;
    base::Fault fault;
    bool may_try_again = false;
    std::optional<SpeakingUp> speaking{};
};

struct ConfirmingIdentity {
    Journey journey;
};

}  // namespace flows
