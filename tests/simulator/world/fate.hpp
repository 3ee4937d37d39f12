// What becomes of one exchange on the line.
#pragma once

#include "offline/sync/centre_client.hpp"
#include "tests/simulator/world/swarm.hpp"

#include <string_view>

namespace simulator {

enum class Fate {
    delivered,
    refused,          // nobody listens
    lost_before,      // the centre never sees it
    answer_lost,      // the centre did it, nobody hears of it
    delayed,          // given up here, arrives there many minutes later
    duplicated,       // arrives twice
    truncated,        // half an answer
    request_flipped,  // a bit on the way there
    answer_flipped,   // a bit on the way back
    portal,           // 200 and a page for logging in
    overloaded,       // 503, sometimes with Retry-After
    gateway_failed,   // 502 after the centre did it
    forged,           // its receipt signed by a stranger
    replayed,         // another answer from before, perhaps another terminal's
    centre_fails,     // 500, for this submission only
};
std::string_view name(Fate fate);
Fate draw_fate(const Swarm& swarm, Seeded& random);

// hello, submit, commit, receipts, … and the submission's name when its path has one.
struct Kind {
    std::string_view what;
    std::string sub_id;  // hex, or empty
};
Kind kind_of(const offline::sync::Exchange& exchange);

}  // namespace simulator
