#include "drivers/qr/scanner/codec/key_table.hpp"

#include <linux/input.h>

#include <array>
#include <string_view>

namespace drivers::qr {

namespace {

// Keys that stand in a row, by their numbers.
struct Row {
    std::uint16_t first;
    std::string_view plain, shifted;
};
constexpr std::array letter_rows{
    Row{KEY_1, "1234567890-=", "!@#$%^&*()_+"},
    Row{KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}"},
    Row{KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
    Row{KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
    Row{KEY_SPACE, " ", " "},
};
constexpr std::array keypad_rows{
    Row{KEY_KPASTERISK, "*", "*"},
    Row{KEY_KP7, "789-456+1230.", "789-456+1230."},
    Row{KEY_KPSLASH, "/", "/"},
};

std::optional<char> letter_in(const Row& row, KeyPress press) {
    if (press.code < row.first || press.code >= row.first + row.plain.size()) return std::nullopt;
    const auto at = static_cast<std::size_t>(press.code - row.first);
    return press.shift ? row.shifted[at] : row.plain[at];
}

}  // namespace

std::optional<char> letter_of(KeyPress press) {
    for (const auto& row : letter_rows)
        if (const auto letter = letter_in(row, press)) return letter;
    for (const auto& row : keypad_rows)
        if (const auto letter = letter_in(row, press)) return letter;
    return std::nullopt;
}

std::optional<KeyPress> key_for(char letter) {
    for (const auto& row : letter_rows)
        for (const bool shift : {false, true})
            if (const auto at = (shift ? row.shifted : row.plain).find(letter);
                at != std::string_view::npos)
                return KeyPress{static_cast<std::uint16_t>(row.first + at), shift};
    return std::nullopt;
}

}  // namespace drivers::qr
