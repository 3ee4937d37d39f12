#include "offline/intake/invitation_sheet.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace offline::intake {

namespace {

constexpr std::size_t quiet = 4;  // modules around it

}  // namespace

base::Result<QrModules> qr_modules(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code) return base::fail(base::FaultCode::ConfigInvalid, "too long for a QR code");
    const auto width = static_cast<std::size_t>(code->width);
    QrModules out(width + 2 * quiet, std::vector<bool>(width + 2 * quiet));
    for (std::size_t y = 0; y < width; ++y)
        for (std::size_t x = 0; x < width; ++x)
            out[y + quiet][x + quiet] = (code->data[y * width + x] & 1) != 0;
    return out;
}

std::string as_blocks(const QrModules& modules) {
    std::string out;
    for (std::size_t y = 0; y < modules.size(); y += 2) {
        for (std::size_t x = 0; x < modules.size(); ++x) {
            const bool upper = modules[y][x];
            const bool lower = y + 1 < modules.size() && modules[y + 1][x];
            // Screens of operators are dark: a light module is what is drawn.
            out += upper ? (lower ? " " : "▄") : (lower ? "▀" : "█");
        }
        out += '\n';
    }
    return out;
}

std::string as_svg(const QrModules& modules) {
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" width=\"60mm\""
        " height=\"60mm\" shape-rendering=\"crispEdges\">\n"
        "<rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/>\n<path d=\"",
        modules.size());
    for (std::size_t y = 0; y < modules.size(); ++y)
        for (std::size_t x = 0; x < modules.size(); ++x)
            if (modules[y][x]) out += fmt::format("M{} {}h1v1h-1z", x, y);
    return out + "\"/>\n</svg>\n";
}

}  // namespace offline::intake
