#include "drivers/emulation/pictures/paper_on_desk.hpp"

#include "drivers/emulation/pictures/moving_person.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace drivers::emulation {

namespace {

constexpr int page_width = 620, page_height = 877;  // A4 at 75 dpi
using Pixel = std::array<double, 3>;

domain::Picture plain(int width, int height) {
    domain::Picture out{width, height, {}};
    out.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    return out;
}

std::uint8_t* at(domain::Picture& picture, int x, int y) {
    return picture.rgb.data() + static_cast<std::size_t>((y * picture.width + x) * 3);
}

void put(domain::Picture& picture, int x, int y, const Pixel& pixel) {
    for (std::size_t c = 0; c < 3; ++c)
        at(picture, x, y)[c] = static_cast<std::uint8_t>(std::clamp(pixel[c], 0.0, 255.0));
}

// The same on every run: writing without meaning.
std::uint32_t scattered(std::uint32_t a, std::uint32_t b) {
    std::uint32_t value = a * 2654435761U + b * 40503U;
    value ^= value >> 15;
    return value * 2246822519U >> 7;
}

void fill(domain::Picture& picture, int left, int top, int right, int bottom, const Pixel& pixel) {
    for (int y = std::max(0, top); y < std::min(bottom, picture.height); ++y)
        for (int x = std::max(0, left); x < std::min(right, picture.width); ++x)
            put(picture, x, y, pixel);
}

// From the unit square to four points and back (the closed form for a square).
struct Projection {
    double a, b, c, d, e, f, g, h;

    explicit Projection(const PagePoints& q) {
        const auto [x0, y0] = q[0];
        const auto [x1, y1] = q[1];
        const auto [x2, y2] = q[2];
        const auto [x3, y3] = q[3];
        const double sx = x0 - x1 + x2 - x3, sy = y0 - y1 + y2 - y3;
        const double dx1 = x1 - x2, dx2 = x3 - x2, dy1 = y1 - y2, dy2 = y3 - y2;
        const double spread = dx1 * dy2 - dx2 * dy1;
        g = (sx * dy2 - dx2 * sy) / spread;
        h = (dx1 * sy - sx * dy1) / spread;
        a = x1 - x0 + g * x1, b = x3 - x0 + h * x3, c = x0;
        d = y1 - y0 + g * y1, e = y3 - y0 + h * y3, f = y0;
    }
    // Where a point of the desk lies on the page, 0…1 on both sides.
    std::pair<double, double> back(double x, double y) const {
        const double a1 = a - g * x, b1 = b - h * x, c1 = x - c;
        const double a2 = d - g * y, b2 = e - h * y, c2 = y - f;
        const double spread = a1 * b2 - b1 * a2;
        return {(c1 * b2 - b1 * c2) / spread, (a1 * c2 - c1 * a2) / spread};
    }
};

Pixel page_colour(const domain::Picture& page, double u, double v) {
    const double x = u * page.width - 0.5, y = v * page.height - 0.5;
    const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
    Pixel out{};
    for (int dy = 0; dy < 2; ++dy)
        for (int dx = 0; dx < 2; ++dx) {
            const double share =
                (dx == 1 ? x - left : 1 - x + left) * (dy == 1 ? y - top : 1 - y + top);
            const int sx = std::clamp(left + dx, 0, page.width - 1),
                      sy = std::clamp(top + dy, 0, page.height - 1);
            const auto* p = page.rgb.data() + static_cast<std::size_t>((sy * page.width + sx) * 3);
            for (std::size_t c = 0; c < 3; ++c) out[c] += share * p[c];
        }
    return out;
}

void lay(domain::Picture& desk, const domain::Picture& page, const PagePoints& corners) {
    const Projection projection(corners);
    for (int y = 0; y < desk.height; ++y)
        for (int x = 0; x < desk.width; ++x) {
            const auto [u, v] = projection.back(x + 0.5, y + 0.5);
            if (u < 0 || v < 0 || u >= 1 || v >= 1) continue;
            auto colour = page_colour(page, u, v);
            // The lamp stands to the left: light falls off.
            for (auto& value : colour) value *= 0.95 - 0.2 * x / desk.width;
            put(desk, x, y, colour);
        }
}

domain::Picture wood() {
    auto out = plain(desk_width, desk_height);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            const double grain =
                8 * std::sin(y / 9.0 + 2 * std::sin(x / 160.0)) +
                static_cast<double>(
                    scattered(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)) % 5);
            put(out, x, y, {96 + grain, 70 + grain, 48 + grain});
        }
    return out;
}

}  // namespace

domain::Picture written_page() {
    auto page = plain(page_width, page_height);
    fill(page, 0, 0, page_width, page_height, {238, 238, 232});
    fill(page, 200, 50, 420, 72, {30, 30, 34});
    // Lines of words of three to eight strokes.
    for (int line = 0; line < 24; ++line) {
        const int top = 120 + line * 27;
        int x = 60;
        for (std::uint32_t word = 0; x < page_width - 90; ++word) {
            const auto strokes =
                3 + static_cast<int>(scattered(static_cast<std::uint32_t>(line), word) % 6);
            for (int stroke = 0; stroke < strokes; ++stroke, x += 5)
                fill(page, x, top, x + 2, top + 13, {40, 40, 46});
            x += 10;
        }
    }
    // A seal: a red ring.
    for (int y = 640; y < 800; ++y)
        for (int x = 400; x < 560; ++x)
            if (const double r = std::hypot(x - 480, y - 720); r > 62 && r < 72)
                put(page, x, y, {205, 40, 45});
    return page;
}

PagePoints page_corners(DeskScene scene) {
    switch (scene) {
        case DeskScene::tilted:
            // A4 turned by 12° and leaning by 20°, seen from 64 cm with a focal length of 1.1
            // widths.
            return {{{505, 173}, {926, 251}, {825.6, 871.4}, {337.1, 765}}};
        case DeskScene::slanted:
            return {{{500, 250}, {780, 250}, {960, 850}, {310, 850}}};
        case DeskScene::cut_off:
            return {{{700, 60}, {1290, 60}, {1290, 894}, {700, 894}}};
        case DeskScene::two_sheets:
            return {{{70, 150}, {530, 150}, {530, 800}, {70, 800}}};
        default:
            break;
    }
    return {{{345, 55}, {935, 55}, {935, 890}, {345, 890}}};
}

domain::Picture desk(DeskScene scene) {
    auto out = wood();
    if (scene == DeskScene::nothing) return out;
    lay(out, written_page(), page_corners(scene));
    if (scene == DeskScene::two_sheets)
        lay(out, written_page(), {{{690, 150}, {1150, 150}, {1150, 800}, {690, 800}}});
    if (scene == DeskScene::glare)
        for (int y = 0; y < out.height; ++y)
            for (int x = 0; x < out.width; ++x) {
                const double shine = 1.6 - std::hypot(x - 700, (y - 400) * 1.4) / 110;
                if (shine <= 0) continue;
                auto* p = at(out, x, y);
                for (int c = 0; c < 3; ++c)
                    p[c] = static_cast<std::uint8_t>(
                        std::min(255.0, p[c] + std::min(1.0, shine) * 255));
            }
    if (scene == DeskScene::dark)
        for (auto& value : out.rgb) value = static_cast<std::uint8_t>(value / 5);
    if (scene == DeskScene::blurred) out = out_of_focus(out, 4);
    return out;
}

}  // namespace drivers::emulation
