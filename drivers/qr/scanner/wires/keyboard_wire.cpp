#include "drivers/qr/scanner/wires/keyboard_wire.hpp"

#include "drivers/qr/scanner/codec/key_codes.hpp"
#include "drivers/qr/scanner/wires/held_keyboard.hpp"

namespace drivers::qr {

base::Result<OpenScanner> KeyboardWire::open() {
    auto keyboard = std::make_shared<HeldKeyboard>(TRY(HeldKeyboard::hold(id_, folders_)));
    OpenScanner open;
    open.lines = std::move(keyboard->nodes());
    open.decoder = std::make_unique<KeyDecoder>(open.lines.size());
    open.still_whole = [keyboard] { return keyboard->still_whole(); };
    return open;
}

}  // namespace drivers::qr
