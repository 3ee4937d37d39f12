// The keys of the simulated realm and its terminals. They are drawn once in a process: making them
// is slow and none of them stands in a trace. Rotations belong to one world, which keeps a copy.
#pragma once

#include "offline/outbox/outbox.hpp"
#include "offline/sealing/opening.hpp"

#include <optional>
#include <vector>

namespace simulator {

inline constexpr auto suite = offline::sealing::SuiteId::one;
inline constexpr int terminals_max = 3;

struct Realm {
    offline::sealing::SigningKey root, pack, stranger;
    offline::sealing::IntakeKeys intake;
    std::vector<offline::outbox::Terminal> terminals;
    std::int64_t version = 1;

    static const Realm& first();  // before any rotation
    offline::sealing::PinnedRoot pinned() const;
    // The newest set. Issuing one costs two signatures, so it is kept until the next rotation.
    const offline::sealing::KeySet& keys() const;
    void rotate(base::Instant now);

    mutable std::optional<offline::sealing::KeySet> issued = {};
};

}  // namespace simulator
