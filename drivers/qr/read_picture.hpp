// Every QR code of one picture, for a technician who asks of a file what the terminal would read of
// it live: the same library, the same looks. Pure. What is read may be a person's own.
#pragma once

#include "base/bytes.hpp"
#include "base/secret.hpp"
#include "domain/picture.hpp"

#include <string>
#include <vector>

namespace drivers::qr {

struct PictureCode {
    base::SecretText text;  // as CodeSeen says it: UTF-8, what the code or the library says it is
    base::Secret<base::Bytes> bytes;  // as they stand in the code
};

// In the order in which they are found; of equal ones the first alone. All of the first look that
// shows any (looks.hpp); empty when no look does.
std::vector<PictureCode> read_picture(const domain::Picture& picture);

}  // namespace drivers::qr
