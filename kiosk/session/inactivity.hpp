// How long each kind of page waits (ux.md 1.4), as pure functions of the session.
#pragma once

#include "session/session.hpp"

#include <optional>

namespace session {

struct Limits {
    base::Millis quiet{};    // without a touch, until the warning
    base::Millis warning{};  // then, until the session ends
};

// None: the page has its own limit (devices working, finished pages) or is Idle.
std::optional<Limits> limits_for(const Session& session);
// Seconds left on the warning's countdown.
int seconds_left(const Session& session, base::Instant now);
// Seconds left on a finished page (receipt, rating), 0 when it has no countdown.
int closing_in(const Session& session, base::Instant now);

inline constexpr std::chrono::seconds card_wait_limit{120};
inline constexpr std::chrono::seconds hand_in_limit{60};
inline constexpr std::chrono::seconds progress_limit{30};
base::Millis receipt_limit(const Session& session);
base::Millis rating_limit(const Session& session);

}  // namespace session
