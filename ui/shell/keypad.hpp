// The five keys of a terminal's keypad. It speaks as a keyboard; these keys and no other do
// something, so a keyboard somebody plugs in opens no door. Pure.
#pragma once

#include "ui/screens/screen.hpp"

#include <optional>

namespace ui::shell {

// SDL's scancode of the key, whatever is printed on it.
std::optional<screens::Key> keypad_key(int scancode);

}  // namespace ui::shell
