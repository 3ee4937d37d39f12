#include "drivers/qr/drawn_code.hpp"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <exception>

namespace drivers::qr {

std::optional<domain::Picture> draw_code(const std::string& text, int side) {
    if (text.empty() || side <= 0) return std::nullopt;
    try {
        const auto modules = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
                                 .setEncoding(ZXing::CharacterSet::UTF8)
                                 .setMargin(4)
                                 .encode(text, side, side);
        domain::Picture picture{modules.width(), modules.height(), {}};
        for (int y = 0; y < picture.height; ++y)
            for (int x = 0; x < picture.width; ++x)
                picture.rgb.insert(picture.rgb.end(), 3,
                                   static_cast<std::uint8_t>(modules.get(x, y) ? 20 : 235));
        return picture;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace drivers::qr
