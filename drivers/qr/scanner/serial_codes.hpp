// The bytes of a scanner on a serial port, cut into texts: CR or LF ends one, and so do 80 ms of
// silence for a scanner that is set to send no end. Pure.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"

#include <vector>

namespace drivers::qr {

class SerialCodes {
  public:
    SerialCodes() = default;
    ~SerialCodes() { base::wipe(text_); }
    SerialCodes(const SerialCodes&) = delete;
    SerialCodes& operator=(const SerialCodes&) = delete;

    // What came, in any pieces, empty when nothing did; the texts that are now complete. A text
    // longer than any code is dropped to its end: a scanner that never stops says nothing.
    std::vector<base::SecretText> take(base::ByteView bytes, base::Millis now);
    void forget();
    // Something is there that silence would end.
    bool waiting() const { return !text_.empty() || too_long_; }

  private:
    void end(std::vector<base::SecretText>& out);

    std::string text_;
    bool too_long_ = false;
    base::Millis last_{};
};

}  // namespace drivers::qr
