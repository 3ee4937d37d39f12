// A stick is used only by a terminal that knows it. A technician registers it: the terminal draws
// a number for it, signs it together with the file system's own identity and puts the record on
// the stick (cw-stick-KID.json, KID of the terminal's key) and into its own folder. A stick without
// it, of another terminal, with another file system below, or that this machine forgot, is
// MediumUnfit. This tells sticks apart and stops the careless; a stick can be copied by whoever
// means to, and nothing of what follows trusts its content more because of it.
#pragma once

#include "offline/courier/medium.hpp"
#include "offline/outbox/outbox.hpp"

#include <string>

namespace offline::courier {

inline constexpr std::string_view stick_context = "cw-stick-1";

struct Sticks {
    store::Disk* disk = nullptr;
    std::string folder;  // sticks/ of the courier's folder
};

// Returns the stick's number, 32 hex digits. Registering a stick again gives it another one.
base::Result<std::string> register_stick(Medium& medium, const Sticks& sticks,
                                         const outbox::Terminal& terminal);
// The number of a registered stick. MediumUnfit.
base::Result<std::string> check_stick(Medium& medium, const Sticks& sticks,
                                      const outbox::Terminal& terminal);

}  // namespace offline::courier
