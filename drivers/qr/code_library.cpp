#include "drivers/qr/code_library.hpp"

#include <ZXing/ReadBarcode.h>

#include <exception>

namespace drivers::qr {

std::optional<std::string> read_code(const domain::GreyPicture& picture) {
    const auto pixels =
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    if (picture.width <= 0 || picture.height <= 0 || picture.grey.size() < pixels)
        return std::nullopt;
    try {
        const ZXing::ImageView view(picture.grey.data(), picture.width, picture.height,
                                    ZXing::ImageFormat::Lum);
#if __has_include(<ZXing/ReaderOptions.h>)
        // By default 2.x writes control characters out in words, reads light on dark too and looks
        // at smaller copies of its own: the first would change a text, the others are our steps.
        const auto options = ZXing::ReaderOptions()
                                 .setFormats(ZXing::BarcodeFormat::QRCode)
                                 .setTextMode(ZXing::TextMode::Plain)
                                 .setTryInvert(false)
                                 .setTryDownscale(false)
                                 .setMaxNumberOfSymbols(1);
#else
        const auto options = ZXing::DecodeHints()
                                 .setFormats(ZXing::BarcodeFormat::QRCode)
                                 .setTryDownscale(false)
                                 .setMaxNumberOfSymbols(1);
#endif
        const auto result = ZXing::ReadBarcode(view, options);
        if (!result.isValid() || result.isPartOfSequence()) return std::nullopt;
        return result.text();
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace drivers::qr
