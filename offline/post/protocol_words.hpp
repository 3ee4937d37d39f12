// The words of the local socket's messages, for their writer and their reader. Internal.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace offline::post::words {

inline constexpr std::array<std::string_view, 4> lines{"unknown", "online", "offline", "absent"};
inline constexpr std::array<std::string_view, 5> deliveries{"kept", "sending", "received",
                                                            "attention", "unknown"};
inline constexpr std::array<std::string_view, 2> lanes{"urgent", "normal"};
// Causes why something was set aside, at most so many of them.
inline constexpr std::size_t causes_max = 32;

}  // namespace offline::post::words
