// What one citizen wants and was told. The simulator remembers it; nobody else does.
#pragma once

#include "offline/outbox/outbox.hpp"

#include <optional>

namespace simulator {

enum class Told { nothing, refused, kept };

struct Intent {
    int number = 0;
    int machine = 0;  // where it was handed in
    offline::outbox::Acceptance given;
    std::vector<base::Bytes> photos = {};  // sealed; their ids stand in `given`
    Told told = Told::nothing;
    bool unanswered = false;  // once the answer did not come: it may or may not be kept
    std::optional<domain::LocalReceipt> slip;
    base::Millis kept_at{};      // by the world's clock, when the slip was given
    std::int64_t kept_line = 0;  // of the trace
    bool readable = true;
    bool centre_fails_on_it = false;

    bool at_rest = false;    // purged or set aside, and looked into
    bool forgotten = false;  // its machine was put back to a time before it
    std::string name() const { return "i" + std::to_string(number); }
};

}  // namespace simulator
