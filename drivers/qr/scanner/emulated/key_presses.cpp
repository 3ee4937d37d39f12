#include "drivers/qr/scanner/emulated/key_presses.hpp"

#include <linux/input.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace drivers::qr {

namespace {

constexpr std::array<std::pair<std::string_view, std::uint16_t>, 19> named{
    {{"Enter", KEY_ENTER},
     {"Tab", KEY_TAB},
     {"Esc", KEY_ESC},
     {"Up", KEY_UP},
     {"F1", KEY_F1},
     {"F2", KEY_F2},
     {"F3", KEY_F3},
     {"F4", KEY_F4},
     {"F5", KEY_F5},
     {"F6", KEY_F6},
     {"F7", KEY_F7},
     {"F8", KEY_F8},
     {"F9", KEY_F9},
     {"F10", KEY_F10},
     {"F11", KEY_F11},
     {"F12", KEY_F12},
     {"Shift", KEY_LEFTSHIFT},
     {"Ctrl", KEY_LEFTCTRL},
     {"Alt", KEY_LEFTALT}}};
// 0 to 9 of the keypad.
constexpr std::array<std::uint16_t, 10> keypad{KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4,
                                               KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};

Chord chord_of(KeyPress press) {
    return press.shift ? Chord{KEY_LEFTSHIFT, press.code} : Chord{press.code};
}

// Into `out`: Alt is held while the digits go down and up.
void put_number(unsigned char byte, std::vector<Chord>& out) {
    Chord number{KEY_LEFTALT};
    for (const char digit : '0' + std::to_string(byte))
        number.push_back(keypad.at(static_cast<std::size_t>(digit - '0')));
    out.push_back(std::move(number));
}

void put_event(std::uint16_t type, std::uint16_t code, int value, base::Millis at,
               base::Bytes& out) {
    input_event event{};
    event.input_event_sec = at.count() / 1000;
    event.input_event_usec = at.count() % 1000 * 1000;
    event.type = type;
    event.code = code;
    event.value = value;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&event);
    out.insert(out.end(), bytes, bytes + sizeof event);
}

}  // namespace

std::vector<Chord> chords_of(std::string_view code) {
    std::vector<Chord> out;
    for (const char letter : code) {
        if (const auto press = key_for(letter))
            out.push_back(chord_of(*press));
        else
            put_number(static_cast<unsigned char>(letter), out);
    }
    out.push_back({KEY_ENTER});
    return out;
}

base::Result<std::vector<Chord>> chords_from(std::string_view keys) {
    std::vector<Chord> out;
    while (!keys.empty()) {
        auto one = keys.substr(0, keys.find(','));
        keys.remove_prefix(std::min(keys.size(), one.size() + 1));
        Chord chord;
        while (!one.empty()) {
            const auto key = one.substr(0, std::max<std::size_t>(one.find('+'), 1));
            one.remove_prefix(std::min(one.size(), key.size() + 1));
            const auto* known = std::find_if(named.begin(), named.end(),
                                             [&](const auto& name) { return name.first == key; });
            const auto letter = key.size() == 1 ? key_for(key.front()) : std::nullopt;
            if (known != named.end())
                chord.push_back(known->second);
            else if (letter)
                for (const auto code : chord_of(*letter)) chord.push_back(code);
            else
                return base::fail(base::FaultCode::BytesMalformed,
                                  "no such key: " + std::string(key));
        }
        out.push_back(std::move(chord));
    }
    return out;
}

base::Bytes key_events(const std::vector<Chord>& chords, base::Millis at) {
    constexpr base::Millis apart{2};
    base::Bytes out;
    const auto move = [&](std::uint16_t code, int value) {
        put_event(EV_KEY, code, value, at, out);
        put_event(EV_SYN, SYN_REPORT, 0, at, out);
        at += apart;
    };
    for (const auto& chord : chords) {
        for (const auto code : chord) move(code, 1);
        for (auto code = chord.rbegin(); code != chord.rend(); ++code) move(*code, 0);
    }
    return out;
}

}  // namespace drivers::qr
