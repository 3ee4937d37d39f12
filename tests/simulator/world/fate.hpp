// What becomes of one exchange on the line.
#pragma once

#include "offline/sync/centre_client.hpp"
#include "tests/simulator/world/swarm.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

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
    cut_midway,       // the centre had part of it; of a slice that part counts
    shut_out,         // its certificate has ended: no exchange begins
    centre_fails,     // 500, for this submission only
};
std::string_view name(Fate fate);
Fate draw_fate(const Swarm& swarm, Seeded& random);

// hello, submit, batch, commit, receipts, offset, slice … and the submissions it brings or asks for
// by its path.
struct Kind {
    std::string_view what;
    std::vector<std::string> ids = {};  // hex
    std::string attachment = {};        // hex, of offset and slice
    bool about(const std::string& id) const {
        return std::find(ids.begin(), ids.end(), id) != ids.end();
    }
};
Kind kind_of(const offline::sync::Exchange& exchange);

}  // namespace simulator
