#include "drivers/qr/drawn_code.hpp"

#if __has_include(<ZXing/CreateBarcode.h>)
#include <ZXing/CreateBarcode.h>
#include <ZXing/WriteBarcode.h>
#else
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#endif

#include <algorithm>
#include <exception>

namespace drivers::qr {

namespace {

constexpr int quiet_zone = 4;  // pixels at least

#if __has_include(<ZXing/CreateBarcode.h>)
// 3.0 and later have no MultiFormatWriter among their public headers. Their image has one pixel a
// module here and is enlarged as the writer before enlarged it.
class Drawing {
  public:
    Drawing(const std::string& text, int side)
        : modules_(ZXing::WriteBarcodeToImage(
              ZXing::CreateBarcodeFromText(text,
                                           ZXing::CreatorOptions(ZXing::BarcodeFormat::QRCode)),
              ZXing::WriterOptions().scale(1).addQuietZones(false))),
          side_(std::max(side, modules_.width() + 2 * quiet_zone)),
          times_((side_ - 2 * quiet_zone) / std::max(1, modules_.width())),
          border_((side_ - times_ * modules_.width()) / 2) {}

    int width() const { return modules_.width() > 0 ? side_ : 0; }
    int height() const { return width(); }
    bool get(int x, int y) const {
        const int column = x - border_, row = y - border_, code = times_ * modules_.width();
        if (column < 0 || row < 0 || column >= code || row >= code) return false;
        return *modules_.data(column / times_, row / times_) < 128;
    }

  private:
    ZXing::Image modules_;
    int side_, times_, border_;
};

Drawing drawing_of(const std::string& text, int side) {
    return {text, side};
}
#else
ZXing::BitMatrix drawing_of(const std::string& text, int side) {
    return ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
        .setEncoding(ZXing::CharacterSet::UTF8)
        .setMargin(quiet_zone)
        .encode(text, side, side);
}
#endif

}  // namespace

std::optional<domain::Picture> draw_code(const std::string& text, int side) {
    if (text.empty() || side <= 0) return std::nullopt;
    try {
        const auto drawing = drawing_of(text, side);
        domain::Picture picture{drawing.width(), drawing.height(), {}};
        if (picture.width == 0) return std::nullopt;
        for (int y = 0; y < picture.height; ++y)
            for (int x = 0; x < picture.width; ++x)
                picture.rgb.insert(picture.rgb.end(), 3,
                                   static_cast<std::uint8_t>(drawing.get(x, y) ? 20 : 235));
        return picture;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace drivers::qr
