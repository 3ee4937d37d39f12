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

}  // namespace offline::post::words
