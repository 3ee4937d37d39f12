// Contrast as it was drawn: per line of text, the ground is the commonest colour round it, the ink
// the colour that stands out most from it (strokes are wide enough to reach their full colour).
#include "tests/crawl/checks.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace crawl {

namespace {

using ui::theme::Colour;

struct Look {
    Colour ink, ground;
    double contrast = 21;
};

std::uint32_t key(const std::uint8_t* rgb) {
    return static_cast<std::uint32_t>(rgb[0]) << 16U | static_cast<std::uint32_t>(rgb[1]) << 8U |
           rgb[2];
}
Colour colour(std::uint32_t k) {
    return {static_cast<std::uint8_t>(k >> 16U), static_cast<std::uint8_t>(k >> 8U),
            static_cast<std::uint8_t>(k), 255};
}

// The ink must be there more than once: one pixel may be anything.
constexpr int enough = 4;

Look look_at(const domain::Picture& picture, Rect rect) {
    const int left = std::max(0, static_cast<int>(rect.x));
    const int right = std::min(picture.width, static_cast<int>(rect.right()));
    const int top = std::max(0, static_cast<int>(rect.y));
    const int bottom = std::min(picture.height, static_cast<int>(rect.bottom()));
    std::unordered_map<std::uint32_t, int> counts;
    for (int y = top; y < bottom; ++y) {
        const auto* row = picture.rgb.data() +
                          (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                           static_cast<std::size_t>(left)) *
                              3;
        for (int x = left; x < right; ++x, row += 3) ++counts[key(row)];
    }
    Look look;
    if (counts.empty()) return look;
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](auto& a, auto& b) { return a.second < b.second; });
    look.ground = colour(most->first);
    look.contrast = 1;
    for (const auto& [k, count] : counts) {
        if (count < enough) continue;
        const double contrast = ui::theme::contrast(colour(k), look.ground);
        if (contrast > look.contrast) {
            look.contrast = contrast;
            look.ink = colour(k);
        }
    }
    return look;
}

std::string measured(const Look& look, const std::string& text) {
    char out[64];
    std::snprintf(out, sizeof out, "%.1f : 1 #%02X%02X%02X on #%02X%02X%02X ", look.contrast,
                  look.ink.r, look.ink.g, look.ink.b, look.ground.r, look.ground.g, look.ground.b);
    return out + text;
}

template <class Judge>
void each_line(const Drawn& d, Sink& out, const Judge& least) {
    for (const Node& node : d.nodes)
        for (const auto& line : node.lines) {
            if (line.text.find_first_not_of(" ·—-") == std::string::npos) continue;
            // So little ink that no pixel of it is full.
            if (line.text == "。" || line.text == "，" || line.text == ".") continue;
            // A brand mark is a logo; what lies off the panel is told by text.inside.
            if (node.id == "brand_mark" || !holds(d.whole(), line.rect)) continue;
            const Look look = look_at(d.pixels, line.rect);
            // Rounding of the palette: 6.95 is seven.
            if (look.contrast < least(node, line) - 0.05) out.say(measured(look, line.text));
        }
}

void text(const Drawn& d, Sink& out, Memory&) {
    each_line(d, out, [&](const Node& node, const ui::widgets::WrittenLine& line) {
        // Large text, and what is smaller than the body: secondary.
        const float k = d.panel.px_per_mm / ui::theme::reference_px_per_mm;
        const auto size = d.mode.comfort.text;
        const float body = size == domain::TextSize::standard ? 30
                           : size == domain::TextSize::large  ? 40
                                                              : 48;
        const bool large = line.em >= std::floor(36 * k);
        return !node.enabled || large || line.em < std::floor(body * k) ? 4.5 : 7.0;
    });
}

void elder(const Drawn& d, Sink& out, Memory&) {
    if (!d.elder()) return;
    each_line(d, out, [](const Node& node, const auto&) {
        // The band is for those who train, in one look for all modes.
        return node.id == "training_band" ? 7.0 : node.enabled ? 10.0 : 4.5;
    });
}

// White on black is the palette's business (ui_theme_test); what can be pressed and what carries a
// tone may be coloured, but never faint.
void high_contrast(const Drawn& d, Sink& out, Memory&) {
    if (d.mode.comfort.contrast != domain::Contrast::high) return;
    each_line(d, out, [](const Node& node, const auto&) {
        if (!node.enabled) return 4.5;
        return node.role == Role::text || node.role == Role::heading ? 10.0 : 7.0;
    });
}

// A code that a telephone has to read, whatever the theme.
void code(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes) {
        if (node.role != Role::picture || node.id != "qr") continue;
        const Look look = look_at(d.pixels, node.rect);
        if (look.contrast < 7) out.say(measured(look, node.id));
    }
}

}  // namespace

std::vector<Check> contrast_checks() {
    return {{"contrast.text", text},
            {"contrast.elder", elder},
            {"contrast.high", high_contrast},
            {"contrast.code", code}};
}

}  // namespace crawl
