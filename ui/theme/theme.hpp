// The visual language as values: colour tokens, type scale and sizes (reference ux.md section 4).
// Sizes are designed for 4.034 px/mm and scale with the panel, so they stay the same in
// millimetres. Pure; any thread.
#pragma once

#include "domain/comfort.hpp"

#include <cstdint>

namespace ui::theme {

struct Colour {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    friend bool operator==(const Colour&, const Colour&) = default;
};
constexpr Colour rgb(std::uint32_t hex) {
    return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8 & 255),
            static_cast<std::uint8_t>(hex & 255), 255};
}
Colour mixed(Colour from, Colour to, float part);
// WCAG contrast ratio, 1…21.
double contrast(Colour a, Colour b);

struct Palette {
    Colour page, surface;
    Colour text, secondary, disabled;
    Colour action, action_pressed, on_action, tint, tint_pressed;
    Colour border, border_quiet;
    Colour separator;  // hair lines, tracks, what is only decoration
    Colour success, success_ground, success_fill;
    Colour warn_text, warn_ground, warn_fill;
    Colour danger, danger_ground;
    Colour info;
    Colour selected_ground;
    Colour focus, focus_edge;
    Colour brand, on_brand;
    Colour key_ground, key_function;
    Colour gradient_from, gradient_to;
};

enum class Weight { regular, bold };
struct Type {
    float em = 0;           // Hanzi are as wide as this
    float line_height = 0;  // px from baseline to baseline
    Weight weight = Weight::regular;
};

// At most seven text sizes per theme, so that the glyph atlas stays small.
struct TypeScale {
    Type display;  // the countdown
    Type title, heading, label, row, row_bold, body, body_bold, small, small_bold;
};

struct Sizes {
    float margin, card_padding, gap, gap_min, target_gap;
    float radius_card, radius_button, radius_field;
    float border, border_strong, focus_ring;
    float floor_target, list_row, primary, equal_button, field;
    float header, steps, band;
    float utility;  // the height of the bar, or its width where it stands at the side
    float key, key_min, candidate;
    float slop, icon, icon_large;
};

// low: wide, and of so little height (a 15.6-inch panel) that the frame has to give way to the
// page.
enum class Shape { tall, wide, low };
Shape shape_of(float width, float height, float px_per_mm);

struct Theme {
    bool large_type = false;  // everything that holds words grows with it
    bool side_bar = false;    // the utility bar stands beside the page: height is what is scarce
    bool low = false;         // header and steps share one row
    float scale = 1;          // px_per_mm / 4.034
    Palette colour;
    TypeScale type;
    Sizes size;

    float px(float design_px) const;  // scaled and rounded to whole pixels
};

Theme make_theme(const domain::Comfort& comfort, float px_per_mm, Shape shape);

inline constexpr float reference_px_per_mm = 4.034F;

}  // namespace ui::theme
