// The readers that tests/bench/run qr compares, each from the same RGB picture to a text, what it
// needs to make grey of it included.
#pragma once

#include "domain/picture.hpp"

#include <optional>
#include <string>

namespace bench {

using Text = std::optional<std::string>;

Text read_ours(const domain::Picture& picture);  // drivers/qr: one picture, every look
// ZXing-C++ with its own defaults (try harder, rotated, downscaled copies), formats: QR code only.
Text read_plain(const domain::Picture& picture);
Text read_zbar(const domain::Picture& picture);  // ZBar with its defaults, QR code only

}  // namespace bench
