#include "ui/shell/keypad.hpp"

#include <SDL_scancode.h>

#include <array>
#include <utility>

namespace ui::shell {

std::optional<screens::Key> keypad_key(int scancode) {
    using screens::Key;
    static constexpr std::array<std::pair<int, Key>, 6> table{{
        {SDL_SCANCODE_RIGHT, Key::next},
        {SDL_SCANCODE_LEFT, Key::previous},
        {SDL_SCANCODE_RETURN, Key::select},
        {SDL_SCANCODE_KP_ENTER, Key::select},
        {SDL_SCANCODE_SPACE, Key::repeat},
        {SDL_SCANCODE_F1, Key::help},
    }};
    for (const auto& [code, key] : table)
        if (code == scancode) return key;
    return std::nullopt;
}

}  // namespace ui::shell
