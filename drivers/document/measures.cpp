#include "drivers/document/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace drivers::document {

namespace {

int luma_at(const domain::Picture& page, int x, int y) {
    const auto* p = page.rgb.data() + static_cast<std::size_t>((y * page.width + x) * 3);
    return (77 * p[0] + 150 * p[1] + 29 * p[2]) >> 8;
}

using Histogram = std::array<long, 256>;

// The value that `share` of what was counted exceeds.
int exceeded_by(const Histogram& counts, double share) {
    long all = 0;
    for (const long count : counts) all += count;
    long above = 0;
    for (int value = 255; value > 0; --value) {
        above += counts[static_cast<std::size_t>(value)];
        if (static_cast<double>(above) > share * static_cast<double>(all)) return value;
    }
    return 0;
}

}  // namespace

double paper_luma(const domain::Picture& page) {
    Histogram counts{};
    for (int y = 0; y < page.height; y += 2)
        for (int x = 0; x < page.width; x += 2)
            ++counts[static_cast<std::size_t>(luma_at(page, x, y))];
    return exceeded_by(counts, 0.25);
}

double glare_share(const domain::Picture& page, double paper) {
    constexpr int burnt = 250, margin = 15, block = 8;
    if (paper > burnt - margin || page.width < block || page.height < block) return 0;
    long burnt_blocks = 0, blocks = 0;
    for (int y = 0; y + block <= page.height; y += block)
        for (int x = 0; x + block <= page.width; x += block) {
            int least = 255;
            for (int v = 0; v < block; v += 2)
                for (int u = 0; u < block; u += 2)
                    least = std::min(least, luma_at(page, x + u, y + v));
            burnt_blocks += least >= burnt ? 1 : 0;
            ++blocks;
        }
    return static_cast<double>(burnt_blocks) / static_cast<double>(blocks);
}

double edge_steepness(const domain::Picture& page, double paper) {
    Histogram counts{};
    // Without the rim, where the ground may show.
    const int rim_x = page.width / 20, rim_y = page.height / 20;
    for (int y = rim_y; y < page.height - rim_y; ++y)
        for (int x = rim_x; x + 1 < page.width - rim_x; ++x)
            ++counts[static_cast<std::size_t>(
                std::abs(luma_at(page, x, y) - luma_at(page, x + 1, y)))];
    return paper > 0 ? exceeded_by(counts, 0.02) / paper : 0;
}

bool is_cut_off(const Corners& corners, int picture_width, int picture_height) {
    constexpr double rim = 0.006;
    const double rim_x = rim * picture_width, rim_y = rim * picture_height;
    return std::any_of(corners.begin(), corners.end(), [&](const Corner& c) {
        return c.x < rim_x || c.y < rim_y || c.x > picture_width - 1 - rim_x ||
               c.y > picture_height - 1 - rim_y;
    });
}

bool is_slanted(const Corners& c) {
    constexpr double least_ratio = 0.6;
    const auto way = [](const Corner& a, const Corner& b) {
        return std::hypot(a.x - b.x, a.y - b.y);
    };
    const auto ratio = [](double a, double b) { return std::min(a, b) / std::max(a, b); };
    return ratio(way(c[0], c[1]), way(c[3], c[2])) < least_ratio ||
           ratio(way(c[0], c[3]), way(c[1], c[2])) < least_ratio;
}

}  // namespace drivers::document
