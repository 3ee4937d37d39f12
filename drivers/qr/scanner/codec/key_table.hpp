// A fixed US keyboard: which key, with Shift or without, types which letter (linux/input.h
// numbers the keys). The layout that the terminal itself is set to does not matter to a scanner
// that is held. Pure.
#pragma once

#include <cstdint>
#include <optional>

namespace drivers::qr {

struct KeyPress {
    std::uint16_t code = 0;
    bool shift = false;
    friend bool operator==(const KeyPress&, const KeyPress&) = default;
};

// None for a key that types no letter: Enter, Tab, functions, arrows, media, modifiers.
std::optional<char> letter_of(KeyPress press);
// On the letters' part of the keyboard; none for what no key types.
std::optional<KeyPress> key_for(char letter);

}  // namespace drivers::qr
