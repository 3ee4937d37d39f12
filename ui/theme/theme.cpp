#include "ui/theme/theme.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::theme {

Colour mixed(Colour from, Colour to, float part) {
    const auto channel = [part](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(static_cast<float>(a) * (1 - part) +
                                         static_cast<float>(b) * part + 0.5F);
    };
    return {channel(from.r, to.r), channel(from.g, to.g), channel(from.b, to.b),
            channel(from.a, to.a)};
}

double contrast(Colour a, Colour b) {
    const auto linear = [](std::uint8_t value) {
        const double part = value / 255.0;
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const auto luminance = [&](Colour c) {
        return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
    };
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

namespace {

Palette standard_palette() {
    Palette p;
    p.page = rgb(0xF3F6FA);
    p.surface = rgb(0xFFFFFF);
    p.text = rgb(0x1A2233);
    p.secondary = rgb(0x465166);
    p.disabled = rgb(0x5C6675);
    p.action = rgb(0x0B4A9B);
    p.action_pressed = rgb(0x08356F);
    p.on_action = rgb(0xFFFFFF);
    p.tint = rgb(0xE7F0FB);
    p.tint_pressed = rgb(0xCFE0F5);
    p.border = rgb(0x6E7A8C);
    p.border_quiet = rgb(0xD3DBE6);
    p.separator = rgb(0xD3DBE6);
    p.success = rgb(0x145A34);
    p.success_ground = rgb(0xE6F4EB);
    p.success_fill = rgb(0x7FE3A1);
    p.warn_text = rgb(0x7A4500);
    p.warn_ground = rgb(0xFFF2D6);
    p.warn_fill = rgb(0xFFB224);
    p.danger = rgb(0x991219);
    p.danger_ground = rgb(0xFDEBEC);
    p.info = rgb(0x0B5C7A);
    p.selected_ground = p.tint;
    p.focus = rgb(0xFFD400);
    p.focus_edge = rgb(0x1A2233);
    p.brand = rgb(0xB81C22);
    p.on_brand = rgb(0xFFFFFF);
    p.key_ground = rgb(0xE9EDF2);
    p.key_function = rgb(0xD3DBE6);
    p.gradient_from = p.action;
    p.gradient_to = p.info;
    return p;
}

Palette elder_palette() {
    Palette p = standard_palette();
    p.page = rgb(0xFFFFFF);
    p.text = rgb(0x000000);
    p.secondary = rgb(0x1F2937);
    p.disabled = rgb(0x1F2937);
    p.action = rgb(0x053A80);
    p.action_pressed = rgb(0x042A5E);
    p.border = rgb(0x1F2937);
    p.border_quiet = rgb(0x1F2937);
    p.success = rgb(0x083F22);
    p.warn_text = rgb(0x563000);
    p.danger = rgb(0x720A10);
    p.info = rgb(0x053A80);
    p.selected_ground = rgb(0xFFF6D6);
    p.tint = rgb(0xFFFFFF);
    p.tint_pressed = rgb(0xFFF6D6);
    p.focus_edge = rgb(0x1F2937);
    p.gradient_from = p.action;
    p.gradient_to = p.action;
    return p;
}

// White on black, 21:1; what can be pressed is gold.
Palette high_contrast_palette() {
    constexpr Colour black = rgb(0x000000), white = rgb(0xFFFFFF), gold = rgb(0xFFD84D);
    Palette p;
    p.page = p.surface = p.key_ground = p.selected_ground = black;
    p.text = p.secondary = p.border = p.border_quiet = p.separator = white;
    p.disabled = rgb(0x9A9A9A);
    p.action = gold;
    p.action_pressed = rgb(0xC9A52A);
    p.on_action = black;
    p.tint = black;
    p.tint_pressed = rgb(0x3A3000);
    p.success = p.success_fill = rgb(0x7FE3A1);
    p.warn_text = p.warn_fill = gold;
    p.danger = rgb(0xFF9B94);
    p.info = rgb(0x9CCBFF);
    p.success_ground = p.warn_ground = p.danger_ground = black;
    p.focus = rgb(0xFFD400);
    p.focus_edge = white;
    p.brand = white;
    p.on_brand = black;
    p.key_function = rgb(0x2A2A2A);
    p.gradient_from = p.gradient_to = gold;
    return p;
}

}  // namespace

float Theme::px(float design_px) const {
    return std::round(design_px * scale);
}

Shape shape_of(float width, float height, float px_per_mm) {
    constexpr float low_mm = 235;
    if (width <= height) return Shape::tall;
    return height < low_mm * px_per_mm ? Shape::low : Shape::wide;
}

Theme make_theme(const domain::Comfort& comfort, float px_per_mm, Shape shape) {
    Theme t;
    const bool landscape = shape != Shape::tall;
    const bool high = comfort.contrast == domain::Contrast::high;
    // The elder mode never goes below large text (UX-022).
    const auto text =
        comfort.elder ? std::max(comfort.text, domain::TextSize::large) : comfort.text;
    t.large_type = text != domain::TextSize::standard;
    t.scale = px_per_mm / reference_px_per_mm;
    t.low = shape == Shape::low;
    t.side_bar = t.low || (landscape && t.large_type);
    t.colour = high            ? high_contrast_palette()
               : comfort.elder ? elder_palette()
                               : standard_palette();

    // Below 24 px of em the raster of a dense Hanzi is no longer legible, whatever the panel.
    const auto type = [&](std::array<float, 3> em, Weight weight, float line) {
        const float size = std::max(24.0F, t.px(em.at(static_cast<std::size_t>(text))));
        return Type{size, std::round(size * line), weight};
    };
    const bool e = t.large_type;
    t.type.display = type({88, 96, 112}, Weight::bold, 1.15F);
    t.type.title = type({52, 56, 64}, Weight::bold, 1.25F);
    t.type.heading = type({40, 46, 52}, Weight::bold, 1.3F);
    t.type.label = type({36, 42, 48}, Weight::bold, 1.25F);
    t.type.row = type({34, 40, 48}, Weight::regular, 1.3F);
    t.type.row_bold = type({34, 40, 48}, Weight::bold, 1.3F);
    t.type.body = type({30, 40, 48}, Weight::regular, 1.5F);
    t.type.body_bold = type({30, 40, 48}, Weight::bold, 1.5F);
    t.type.small = type({28, 34, 40}, Weight::regular, 1.4F);
    t.type.small_bold = type({28, 34, 40}, Weight::bold, 1.4F);

    const auto px = [&t](float value) { return t.px(value); };
    Sizes& s = t.size;
    s.margin = px(shape == Shape::wide ? 56 : shape == Shape::low ? 32 : 40);
    s.card_padding = px(32);
    s.gap = px(24);
    s.gap_min = px(e ? 16 : 12);
    s.target_gap = px(16);
    s.radius_card = px(16);
    s.radius_button = px(12);
    s.radius_field = px(8);
    s.border = px(comfort.elder || high ? 3 : 2);
    s.border_strong = px(comfort.elder || high ? 5 : 3);
    s.focus_ring = px(6);
    s.floor_target = px(e ? 84 : 64);
    s.list_row = px(e ? 104 : 84);
    s.primary = px(e ? 128 : 112);
    s.equal_button = px(e ? 196 : 180);
    s.field = px(e ? 120 : 104);
    s.header = px(t.low ? (e ? 96 : 80) : landscape ? (e ? 112 : 96) : (e ? 128 : 112));
    s.steps = px(e ? 104 : 92);
    s.utility = px(t.low ? 180 : t.side_bar ? 240 : e ? 188 : 132);
    s.band = px(64);
    s.key = px(e ? 116 : 108);
    s.key_min = px(84);
    s.candidate = px(e ? 108 : 92);
    s.slop = px(30);
    s.icon = px(e ? 52 : 44);
    s.icon_large = px(e ? 96 : 72);
    return t;
}

}  // namespace ui::theme
