#include "drivers/qr/scanner/wires/keyboard_wire.hpp"

#include "drivers/qr/scanner/codec/key_codes.hpp"

namespace drivers::qr {

base::Result<OpenScanner> KeyboardWire::open() {
    TRY_STATUS(keyboard_.hold());
    OpenScanner open;
    open.lines = TRY(keyboard_.lines());
    open.decoder = std::make_unique<KeyDecoder>(open.lines.size());
    open.still_whole = [this] { return keyboard_.still_whole(); };
    return open;
}

}  // namespace drivers::qr
