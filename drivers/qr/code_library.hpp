// The one place that calls ZXing-C++, written against 1.4 (Debian 12) and the renamed options
// of 2.2 and later. Pure; its exceptions end here: a picture it stumbles over holds no code for us.
#pragma once

#include "domain/picture.hpp"

#include <optional>
#include <string>

namespace drivers::qr {

// The text, as UTF-8, of the first whole QR code in the picture, in the character set that the code
// names or the library guesses. One part of a code that was spread over several is no text: none.
std::optional<std::string> read_code(const domain::GreyPicture& picture);

}  // namespace drivers::qr
