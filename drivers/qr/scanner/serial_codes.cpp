#include "drivers/qr/scanner/serial_codes.hpp"

namespace drivers::qr {

namespace {

constexpr std::size_t longest_text = 7089;  // bytes: what the largest QR code holds in digits
constexpr base::Millis silence{80};

}  // namespace

void SerialCodes::forget() {
    base::wipe(text_);
    text_.clear();
    too_long_ = false;
}

void SerialCodes::end(std::vector<base::SecretText>& out) {
    if (!too_long_ && !text_.empty()) out.emplace_back(text_);
    forget();
}

std::vector<base::SecretText> SerialCodes::take(base::ByteView bytes, base::Millis now) {
    std::vector<base::SecretText> out;
    if (waiting() && now - last_ >= silence) end(out);
    if (!bytes.empty()) last_ = now;
    for (const auto byte : bytes) {
        if (byte == '\r' || byte == '\n') {
            end(out);
        } else if (text_.size() == longest_text) {
            too_long_ = true;
        } else {
            text_ += static_cast<char>(byte);
        }
    }
    return out;
}

}  // namespace drivers::qr
