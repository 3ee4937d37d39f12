// Runs another program to its end: an argument list, no shell, an environment of three words,
// nothing to read, what it says bounded. Blocks its thread. UpdateFailed: it could not be started,
// or took longer than `limit` and was ended.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <string>
#include <vector>

namespace provisioning::updates {

inline constexpr std::size_t said_bytes_max = 64u << 10;

struct Ended {
    int exit = -1;     // -1: by a signal
    std::string said;  // both its outputs, the beginning of them
};
base::Result<Ended> run_child(const std::vector<std::string>& command, base::Millis limit);

}  // namespace provisioning::updates
