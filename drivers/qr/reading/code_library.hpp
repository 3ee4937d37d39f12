// The one place that reads with ZXing-C++, written against 1.4 (Debian 12) and 2.3 to 3.x. Pure;
// its exceptions end here: a picture it stumbles over holds no code for us.
#pragma once

#include "base/bytes.hpp"
#include "domain/picture.hpp"

#include <optional>
#include <string>
#include <vector>

namespace drivers::qr {

// The text, as UTF-8, of the first whole QR code in the picture, in the character set that the code
// names or the library guesses. One part of a code that was spread over several is no text: none.
std::optional<std::string> read_code(const domain::GreyPicture& picture);

struct LibraryCode {
    std::string text;   // as above
    base::Bytes bytes;  // before any character set was named or guessed
};
// All whole QR codes of the picture, as the library finds them.
std::vector<LibraryCode> read_codes(const domain::GreyPicture& picture);

}  // namespace drivers::qr
