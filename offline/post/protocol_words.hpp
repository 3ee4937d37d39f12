// The words of the local socket's messages, for their writer and their reader. Internal.
#pragma once

#include "domain/app_report.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace offline::post::words {

inline constexpr std::array<std::string_view, 4> lines{"unknown", "online", "offline", "absent"};
inline constexpr std::array<std::string_view, 5> deliveries{"kept", "sending", "received",
                                                            "attention", "unknown"};
inline constexpr std::array<std::string_view, 2> lanes{"urgent", "normal"};
// Causes why something was set aside, at most so many of them.
inline constexpr std::size_t causes_max = 32;

// Parts of a terminal in one report.
inline constexpr std::size_t parts_max = 16;
inline std::string line_of(const domain::PartReport& part) {
    std::string out;
    for (const auto word :
         {domain::name(part.part), domain::name(part.state), domain::name(part.supply)})
        out += std::string(word) + " ";
    return out + (part.fault.empty() ? "-" : part.fault);
}

}  // namespace offline::post::words
