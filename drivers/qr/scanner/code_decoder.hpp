// What every kind of scanner has in common on its way from bytes to texts. Pure.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <vector>

namespace drivers::qr {

inline constexpr std::size_t longest_code =
    7089;  // bytes: what the largest QR code holds in digits

class CodeDecoder {
  public:
    virtual ~CodeDecoder() = default;
    // What came on one of the scanner's lines in one read, empty when only time has passed; the
    // texts that are now complete. `now` is of a steady clock.
    virtual std::vector<base::SecretText> take(std::size_t line, base::ByteView bytes,
                                               base::Millis now) = 0;
    // Something has begun that time alone may end.
    virtual bool waiting() const = 0;
    // What has begun is nobody's: it is dropped to its end.
    virtual void drop_begun() = 0;
};

}  // namespace drivers::qr
