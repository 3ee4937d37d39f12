// The text of a QR code in a picture, if there is one. Pure. What is read is whatever somebody held
// before the camera: it is a secret, and nothing here looks at what it means.
#pragma once

#include "base/secret.hpp"
#include "domain/picture.hpp"

#include <optional>

namespace drivers::qr {

// A text of any length that a QR code can hold, as UTF-8: at most 7089 bytes (its digits).
// One picture: as it is, then in every look (looks.hpp) until one shows a code.
std::optional<base::SecretText> find_code(const domain::Picture& picture);

// A stream of pictures, none of which may cost more than a frame has time for: every second one is
// read as it is, those between in one look each, in turn. Of large frames all but every fourth are
// halved first.
class FrameFinder {
  public:
    std::optional<base::SecretText> find(const domain::Picture& picture);

  private:
    std::size_t frames_ = 0;  // so far
};

}  // namespace drivers::qr
