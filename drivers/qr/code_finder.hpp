// The text of a QR code in a picture, if there is one. Pure. What is read is whatever somebody held
// before the camera: it is a secret, and nothing here looks at what it means.
#pragma once

#include "base/secret.hpp"
#include "domain/picture.hpp"

#include <optional>

namespace drivers::qr {

// Longer texts are read as the empty text: none that this terminal knows is as long.
inline constexpr std::size_t longest_code = 512;  // bytes

std::optional<base::SecretText> find_code(const domain::Picture& picture);

}  // namespace drivers::qr
