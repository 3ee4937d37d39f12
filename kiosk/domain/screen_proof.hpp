// Whether what was drawn was seen to stand on the screen. Value only.
#pragma once

#include <string_view>

namespace domain {

enum class ScreenProof { unknown, drawn, frozen, blank };

constexpr std::string_view name(ScreenProof proof) {
    constexpr std::string_view names[] = {"unknown", "drawn", "frozen", "blank"};
    return names[static_cast<int>(proof)];
}

}  // namespace domain
