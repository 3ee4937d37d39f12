#include "drivers/qr/code_finder.hpp"

#include <ZXing/ReadBarcode.h>

#include <exception>
#include <string>

namespace drivers::qr {

std::optional<base::SecretText> find_code(const domain::Picture& picture) {
    const auto bytes =
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3;
    if (picture.width <= 0 || picture.height <= 0 || picture.rgb.size() < bytes)
        return std::nullopt;
    try {
        const ZXing::ImageView view(picture.rgb.data(), picture.width, picture.height,
                                    ZXing::ImageFormat::RGB);
        const auto result =
            ZXing::ReadBarcode(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
        if (!result.isValid()) return std::nullopt;
        const auto& read = result.bytes();
        if (read.size() > longest_code) return base::SecretText(std::string());
        return base::SecretText(std::string(read.begin(), read.end()));
    } catch (const std::exception&) {
        return std::nullopt;  // a picture the library stumbles over holds no code for us
    }
}

}  // namespace drivers::qr
