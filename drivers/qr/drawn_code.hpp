// A QR code as a sheet of paper shows it, for the emulated camera. Pure. Training and tests only.
#pragma once

#include "domain/picture.hpp"

#include <optional>
#include <string>

namespace drivers::qr {

// Black on white with its quiet zone, `side` pixels each way; none when the text does not fit.
std::optional<domain::Picture> draw_code(const std::string& text, int side);

}  // namespace drivers::qr
