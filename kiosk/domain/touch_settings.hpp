// How the panel answers a finger that rests or trembles, as the configuration of a terminal sets it
// (UX-008, UX-012). Value only.
#pragma once

#include "base/clock.hpp"

#include <optional>

namespace domain {

struct TouchSettings {
    // 删除 goes on deleting while it is held, from here on; nothing = once a press.
    std::optional<base::Millis> delete_repeats_after = base::Millis{600};
    base::Millis same_key_again{80};  // sooner, it is the same press trembling
    friend bool operator==(const TouchSettings&, const TouchSettings&) = default;
};

inline constexpr base::Millis delete_repeats_least{500}, delete_repeats_most{2000};
inline constexpr base::Millis same_key_least{80}, same_key_most{500};

}  // namespace domain
