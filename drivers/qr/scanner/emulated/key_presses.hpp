// The bytes of a scanner that types: the kernel's key events (struct input_event), two a key, each
// followed by its SYN_REPORT. Pure. Training and tests only.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "drivers/qr/scanner/codec/key_table.hpp"

#include <string_view>
#include <vector>

namespace drivers::qr {

// Keys that go down together in this order and up in the other.
using Chord = std::vector<std::uint16_t>;

// What a scanner presses for a code, Enter at its end: letters that no key types as the number of
// their byte under Alt, as scanners set to a Windows host do.
std::vector<Chord> chords_of(std::string_view code);
// "a,B,Enter,F5,Alt+F4": letters as they are; Enter, Tab, Esc, Up, F1 to F12; Shift, Ctrl and Alt
// before a plus. BytesMalformed names what is none.
base::Result<std::vector<Chord>> chords_from(std::string_view keys);
// A few milliseconds apart, from `at` on.
base::Bytes key_events(const std::vector<Chord>& chords, base::Millis at);

}  // namespace drivers::qr
