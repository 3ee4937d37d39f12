#include "drivers/qr/scanner/codec/serial_codes.hpp"

namespace drivers::qr {

namespace {

constexpr base::Millis silence{80};

}  // namespace

void SerialCodes::drop_begun() {
    dropped_ = waiting();
    base::wipe(text_);
}

void SerialCodes::end(std::vector<base::SecretText>& out) {
    if (!dropped_ && !text_.empty()) out.emplace_back(text_);
    base::wipe(text_);
    dropped_ = false;
}

std::vector<base::SecretText> SerialCodes::take(std::size_t, base::ByteView bytes,
                                                base::Millis now) {
    std::vector<base::SecretText> out;
    if (waiting() && now - last_ >= silence) end(out);
    if (!bytes.empty()) last_ = now;
    for (const auto byte : bytes) {
        if (byte == '\r' || byte == '\n')
            end(out);
        else if (text_.size() == longest_code)
            drop_begun();
        else if (!dropped_)
            text_ += static_cast<char>(byte);
    }
    return out;
}

}  // namespace drivers::qr
