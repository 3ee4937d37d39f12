#include "drivers/qr/code_library.hpp"

#include <ZXing/ReadBarcode.h>

#include <exception>

namespace drivers::qr {

namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
// By default 2.x writes control characters out in words, reads light on dark too and looks at
// smaller copies of its own: the first would change a text, the others are our steps.
auto qr_codes() {
    return ZXing::ReaderOptions()
        .setFormats(ZXing::BarcodeFormat::QRCode)
        .setTextMode(ZXing::TextMode::Plain)
        .setTryInvert(false)
        .setTryDownscale(false);
}
#else
auto qr_codes() {
    return ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryDownscale(false);
}
#endif

// Undamaged pictures only.
std::optional<ZXing::ImageView> view_of(const domain::GreyPicture& picture) {
    const auto pixels =
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    if (picture.width <= 0 || picture.height <= 0 || picture.grey.size() < pixels)
        return std::nullopt;
    return ZXing::ImageView(picture.grey.data(), picture.width, picture.height,
                            ZXing::ImageFormat::Lum);
}

}  // namespace

std::optional<std::string> read_code(const domain::GreyPicture& picture) {
    const auto view = view_of(picture);
    if (!view) return std::nullopt;
    try {
        const auto result = ZXing::ReadBarcode(*view, qr_codes().setMaxNumberOfSymbols(1));
        if (!result.isValid() || result.isPartOfSequence()) return std::nullopt;
        return result.text();
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::vector<LibraryCode> read_codes(const domain::GreyPicture& picture) {
    const auto view = view_of(picture);
    if (!view) return {};
    try {
        std::vector<LibraryCode> out;
        for (const auto& one : ZXing::ReadBarcodes(*view, qr_codes()))
            if (one.isValid() && !one.isPartOfSequence())
                out.push_back({ZXing::ToString(one.format()),
                               one.text(),
                               {one.bytes().begin(), one.bytes().end()}});
        return out;
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace drivers::qr
