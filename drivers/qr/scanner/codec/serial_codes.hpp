// The bytes of a scanner on a serial port, cut into texts: CR or LF ends one, and so do 80 ms of
// silence for a scanner that is set to send no end. Pure.
#pragma once

#include "drivers/qr/scanner/code_decoder.hpp"

#include <string>

namespace drivers::qr {

class SerialCodes final : public CodeDecoder {
  public:
    SerialCodes() = default;
    ~SerialCodes() override { base::wipe(text_); }
    SerialCodes(const SerialCodes&) = delete;
    SerialCodes& operator=(const SerialCodes&) = delete;

    // In any pieces. A text longer than any code is dropped to its end: a scanner that never stops
    // says nothing.
    std::vector<base::SecretText> take(std::size_t line, base::ByteView bytes,
                                       base::Millis now) override;
    bool waiting() const override { return !text_.empty() || dropped_; }
    void drop_begun() override;

  private:
    void end(std::vector<base::SecretText>& out);

    std::string text_;
    bool dropped_ = false;
    base::Millis last_{};
};

}  // namespace drivers::qr
