#include "code_readers.hpp"

#include "drivers/qr/code_finder.hpp"
#include "drivers/qr/reading/looks.hpp"
#include "zbar_reading.h"

#include <ZXing/ReadBarcode.h>

namespace bench {

Text read_ours(const domain::Picture& picture) {
    const auto found = drivers::qr::find_code(picture);
    return found ? Text(**found) : std::nullopt;
}

Text read_plain(const domain::Picture& picture) {
    const ZXing::ImageView view(picture.rgb.data(), picture.width, picture.height,
                                ZXing::ImageFormat::RGB);
#if __has_include(<ZXing/ReaderOptions.h>)
    const auto options = ZXing::ReaderOptions()
                             .setFormats(ZXing::BarcodeFormat::QRCode)
                             .setTextMode(ZXing::TextMode::Plain);
#else
    const auto options = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode);
#endif
    const auto result = ZXing::ReadBarcode(view, options);
    return result.isValid() ? Text(result.text()) : std::nullopt;
}

Text read_zbar(const domain::Picture& picture) {
    constexpr std::size_t longest_qr_code = 7089;
    const auto grey = drivers::qr::grey_of(picture);
    std::string text(longest_qr_code, 0);
    const long length = zbar_read_qr(grey.grey.data(), static_cast<unsigned>(grey.width),
                                     static_cast<unsigned>(grey.height), text.data(), text.size());
    if (length < 0) return std::nullopt;
    text.resize(static_cast<std::size_t>(length));
    return text;
}

}  // namespace bench
