// An invitation as a QR code: for the operator's screen, and as a picture to print. Pure.
#pragma once

#include "base/result.hpp"

#include <string>
#include <vector>

namespace offline::intake {

using QrModules = std::vector<std::vector<bool>>;  // rows; true: dark

// ConfigInvalid: too long for a code.
base::Result<QrModules> qr_modules(const std::string& text);
// Two rows in one line of half blocks, light on dark, with its quiet zone.
std::string as_blocks(const QrModules& modules);
std::string as_svg(const QrModules& modules);

}  // namespace offline::intake
