#include "drivers/qr/reading/code_library.hpp"

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

// Asked for QR codes, 3.0 and later look for the small kinds as well; those are none of ours.
template <typename Result>
bool is_whole_qr_code(const Result& result) {
    return result.isValid() && !result.isPartOfSequence() &&
           result.format() != ZXing::BarcodeFormat::MicroQRCode
#if __has_include(<ZXing/ReaderOptions.h>)
           && result.format() != ZXing::BarcodeFormat::RMQRCode
#endif
        ;
}

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
        if (!is_whole_qr_code(result)) return std::nullopt;
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
            if (is_whole_qr_code(one))
                out.push_back({one.text(), {one.bytes().begin(), one.bytes().end()}});
        return out;
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace drivers::qr
