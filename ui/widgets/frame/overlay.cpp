// Still there? One tap anywhere stays; only the second button leaves. It lies over the page and
// swallows every touch, so nothing below can be pressed by mistake.
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/frame.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

void draw_overlay(Context& c, const screens::Overlay& overlay) {
    const auto& p = c.theme.colour;
    c.canvas.fill(c.panel, Colour{0x1A, 0x22, 0x33, 0xB4});
    Node ground;
    ground.id = overlay.stay.id + ".anywhere";
    ground.role = Role::dialog;
    ground.rect = ground.hit = c.panel;
    if (c.activated(ground.id)) c.act(screens::Pressed{overlay.stay.id});
    c.tree.add(std::move(ground));

    const float w = std::min(c.theme.px(880), c.panel.w - 2 * c.theme.size.margin);
    const float pad = c.theme.px(48), inner = w - 2 * pad;
    const float ring = overlay.seconds > 0 ? c.theme.px(c.theme.large_type ? 240 : 208) : 0;
    const float title = text_height(c, overlay.title, c.theme.type.title, inner);
    const float text =
        overlay.text.empty() ? 0 : text_height(c, overlay.text, c.theme.type.body, inner);
    const float button = c.theme.size.primary, gap = c.theme.size.gap;
    const float h = pad + ring + (ring > 0 ? gap : 0) + title + c.theme.px(8) + text +
                    c.theme.px(40) + 2 * button + gap + pad;
    Rect card{std::round((c.panel.w - w) / 2), std::round((c.panel.h - h) / 2), w, h};
    // In reach: the card's buttons stand low on a tall panel.
    card.y = std::max(card.y, std::min(c.reach_top, c.panel.h - h - c.theme.size.margin));
    c.canvas.fill(card, p.surface, c.theme.px(24));

    float y = card.y + pad;
    if (ring > 0) {
        const Point centre{card.centre_x(), y + ring / 2};
        const float r = ring / 2 - c.theme.px(8);
        c.canvas.ring(centre, {r, r}, c.theme.colour.separator, c.theme.px(12));
        // A full turn is thirty seconds, the shortest time a person gets.
        const float part = std::min(1.F, static_cast<float>(overlay.seconds) / 30);
        c.canvas.arc(centre, r, 0, part, p.action, c.theme.px(12));
        const Rect number{card.centre_x() - ring / 2, y, ring, ring};
        const auto node = thing(c, Role::status, number, "countdown");
        write_in(c, node,
                 {std::to_string(overlay.seconds), c.theme.type.display, p.text, Align::centre},
                 number);
        y += ring + gap;
    }
    y += write(c, {overlay.title, c.theme.type.title, p.text, Align::centre},
               {card.x + pad, y, inner, 0}, Role::heading);
    y += c.theme.px(8);
    y += write(c, {overlay.text, c.theme.type.body, p.secondary, Align::centre},
               {card.x + pad, y, inner, 0});
    y += c.theme.px(40);
    draw_button(c, overlay.stay, {card.x + pad, std::round(y), inner, button});
    draw_button(c, overlay.leave, {card.x + pad, std::round(y + button + gap), inner, button});
}

}  // namespace ui::widgets
