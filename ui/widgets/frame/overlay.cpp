// Still there? One tap anywhere stays; only the second button leaves. It lies over the page and
// swallows every touch, so nothing below can be pressed by mistake.
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/frame.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

namespace {

void draw_countdown(Context& c, int seconds, Rect place) {
    const Point centre{place.centre_x(), place.centre_y()};
    const float r = place.w / 2 - c.theme.px(8);
    c.canvas.ring(centre, {r, r}, c.theme.colour.separator, c.theme.px(12));
    // A full turn is thirty seconds, the shortest time a person gets.
    const float part = std::min(1.F, static_cast<float>(seconds) / 30);
    c.canvas.arc(centre, r, 0, part, c.theme.colour.action, c.theme.px(12));
    const auto node = thing(c, Role::status, place, "countdown");
    write_in(c, node,
             {std::to_string(seconds), c.theme.type.display, c.theme.colour.text, Align::centre},
             place);
}

}  // namespace

void draw_overlay(Context& c, const screens::Overlay& overlay) {
    const auto& p = c.theme.colour;
    c.canvas.fill(c.panel, Colour{0x1A, 0x22, 0x33, 0xB4});
    Node ground;
    ground.id = overlay.stay.id + ".anywhere";
    ground.role = Role::dialog;
    ground.rect = ground.hit = c.panel;
    if (c.activated(ground.id)) c.act(screens::Pressed{overlay.stay.id});
    c.tree.add(std::move(ground));

    // On a low panel things stand side by side: the countdown and the words, the two answers.
    const bool beside = c.theme.low;
    const float w = std::min(c.theme.px(beside ? 1240 : 880), c.panel.w - 2 * c.theme.size.margin);
    const float pad = c.theme.px(48), inner = w - 2 * pad;
    const float ring = overlay.seconds > 0 ? c.theme.px(c.theme.large_type ? 240 : 208) : 0;
    const float ring_gap = ring > 0 ? beside ? c.theme.px(40) : c.theme.size.gap : 0;
    const float words_w = beside ? inner - ring - ring_gap : inner;
    const float title = text_height(c, overlay.title, c.theme.type.title, words_w);
    const float text =
        overlay.text.empty() ? 0 : text_height(c, overlay.text, c.theme.type.body, words_w);
    const float words = title + c.theme.px(8) + text;
    const float head = beside ? std::max(ring, words) : ring + ring_gap + words;
    const float button = c.theme.size.primary, gap = c.theme.size.gap;
    const float h =
        pad + head + c.theme.px(40) + (beside ? button : 2 * button + gap) + pad;
    Rect card{std::round((c.panel.w - w) / 2), std::round((c.panel.h - h) / 2), w, h};
    // In reach: the card's buttons stand low on a tall panel.
    card.y = std::max(card.y, std::min(c.reach_top, c.panel.h - h - c.theme.size.margin));
    c.canvas.fill(card, p.surface, c.theme.px(24));

    float y = card.y + pad;
    const float left = card.x + pad;
    if (ring > 0) {
        const Rect number{beside ? left : card.centre_x() - ring / 2,
                          beside ? std::round(y + (head - ring) / 2) : y, ring, ring};
        draw_countdown(c, overlay.seconds, number);
    }
    const Align align = beside ? Align::left : Align::centre;
    const float words_x = beside ? left + ring + ring_gap : left;
    float line = beside ? std::round(y + (head - words) / 2) : y + ring + ring_gap;
    line += write(c, {overlay.title, c.theme.type.title, p.text, align},
                  {words_x, line, words_w, 0}, Role::heading);
    write(c, {overlay.text, c.theme.type.body, p.secondary, align},
          {words_x, line + c.theme.px(8), words_w, 0});
    y = std::round(y + head + c.theme.px(40));
    if (beside) {
        // What leaves keeps 10 mm from what stays (UX-004).
        const float apart = c.theme.px(48), half = std::floor((inner - apart) / 2);
        draw_button(c, overlay.stay, {left, y, half, button});
        draw_button(c, overlay.leave, {left + half + apart, y, half, button});
        return;
    }
    draw_button(c, overlay.stay, {left, y, inner, button});
    draw_button(c, overlay.leave, {left, y + button + gap, inner, button});
}

}  // namespace ui::widgets
