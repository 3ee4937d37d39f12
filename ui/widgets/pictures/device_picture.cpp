// A drawing of this machine with the place to look at marked: where the card goes, where it and the
// paper come out. Drawn from shapes on a grid of 760 × 500, so it is sharp at any size.
#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace ui::widgets {

using screens::DevicePicture;
using screens::DevicePictureKind;

namespace {

constexpr float grid_w = 700, grid_h = 470;
constexpr Colour machine = theme::rgb(0xE9EDF2);
constexpr Colour paper_line = theme::rgb(0xD3DBE6);

// Grid units to the panel.
class Sketch {
  public:
    Sketch(Context& c, Rect area) : c_(c) {
        scale_ = std::min(area.w / grid_w, area.h / grid_h);
        x_ = area.centre_x() - grid_w * scale_ / 2;
        y_ = area.centre_y() - grid_h * scale_ / 2;
    }
    Rect at(float x, float y, float w, float h) const {
        return {x_ + x * scale_, y_ + y * scale_, w * scale_, h * scale_};
    }
    Point at(float x, float y) const { return {x_ + x * scale_, y_ + y * scale_}; }
    float size(float units) const { return units * scale_; }
    void fill(float x, float y, float w, float h, Colour colour, float radius) {
        c_.canvas.fill(at(x, y, w, h), colour, size(radius));
    }
    void box(float x, float y, float w, float h, Colour ground, Colour edge, float radius) {
        c_.canvas.box(at(x, y, w, h), ground, edge, std::max(2.F, size(3)), size(radius));
    }

  private:
    Context& c_;
    float scale_ = 1, x_ = 0, y_ = 0;
};

void draw_machine(Context& c, Sketch& s, bool card_slot, bool paper_slot) {
    const auto& p = c.theme.colour;
    s.box(0, 0, 402, 460, machine, p.border, 28);
    s.fill(30, 30, 342, 300, p.action, 10);
    s.fill(56, 64, 200, 26, theme::mixed(p.action, p.surface, 0.9F), 5);
    s.fill(56, 110, 290, 18, theme::mixed(p.action, p.surface, 0.5F), 5);
    s.fill(56, 144, 290, 18, theme::mixed(p.action, p.surface, 0.5F), 5);
    // The card reader lights up when it is the place to look at.
    s.fill(202, 358, 170, 76, card_slot ? p.success : p.border, 12);
    s.fill(214, 370, 146, 52, card_slot ? p.success_fill : paper_line, 6);
    s.fill(30, 380, 140, 34, paper_slot ? p.success : p.border, 10);
    s.fill(44, 391, 112, 12, paper_slot ? p.success_fill : paper_line, 4);
}

// A card tilted about its middle.
void draw_card(Context& c, Sketch& s, float cx, float cy, float degrees) {
    const auto& p = c.theme.colour;
    const float angle = degrees * std::numbers::pi_v<float> / 180;
    const auto turned = [&](float x, float y) {
        return s.at(cx + x * std::cos(angle) - y * std::sin(angle),
                    cy + x * std::sin(angle) + y * std::cos(angle));
    };
    const auto slab = [&](float x, float y, float w, float h, float r, Colour colour) {
        std::vector<Point> outline;
        const std::array<Point, 4> centres = {
            {{x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}, {x + w - r, y + r}}};
        for (std::size_t corner = 0; corner < 4; ++corner) {
            for (int i = 0; i <= 6; ++i) {
                const float a = std::numbers::pi_v<float> / 2 *
                                (static_cast<float>(corner) + static_cast<float>(i) / 6);
                outline.push_back(turned(centres[corner].x + r * std::cos(a),
                                         centres[corner].y + r * std::sin(a)));
            }
        }
        c.canvas.polygon(outline, colour);
    };
    slab(-124, -78, 248, 156, 16, p.action);
    slab(-120, -74, 240, 148, 13, p.surface);
    slab(-102, -46, 120, 15, 6, p.border);
    slab(-102, -14, 120, 13, 6, paper_line);
    slab(38, -56, 62, 80, 8, paper_line);
    slab(-102, 42, 202, 15, 6, p.border);
}

void draw_paper(Context& c, Sketch& s, float x, float y) {
    const auto& p = c.theme.colour;
    s.box(x, y, 180, 214, p.surface, p.action, 8);
    for (int i = 0; i < 4; ++i)
        s.fill(x + 24, y + 30 + 32 * static_cast<float>(i), i == 3 ? 80.F : 132.F, 12, paper_line,
               5);
    s.fill(x + 118, y + 150, 40, 40, p.text, 3);
}

// A dashed way with a head, from → over → to.
void draw_way(Context& c, Sketch& s, Point from, Point over, Point to) {
    const auto& p = c.theme.colour;
    std::vector<Point> way;
    for (int i = 0; i <= 24; ++i) {
        const float t = static_cast<float>(i) / 24, u = 1 - t;
        way.push_back(s.at(u * u * from.x + 2 * u * t * over.x + t * t * to.x,
                           u * u * from.y + 2 * u * t * over.y + t * t * to.y));
    }
    const Point tip = way.back(), before = way[way.size() - 4];
    const float length = std::hypot(tip.x - before.x, tip.y - before.y);
    const Point d{(tip.x - before.x) / length, (tip.y - before.y) / length};
    const float head = s.size(30);
    const Point foot{tip.x - d.x * head, tip.y - d.y * head};
    way.resize(way.size() - 2);
    c.canvas.dashes(way, p.action, s.size(7), s.size(22), s.size(14));
    const std::array<Point, 3> arrow = {
        {tip,
         {foot.x - d.y * head * 0.62F, foot.y + d.x * head * 0.62F},
         {foot.x + d.y * head * 0.62F, foot.y - d.x * head * 0.62F}}};
    c.canvas.polygon(arrow, p.action);
}

std::string_view icon_of(DevicePictureKind kind) {
    switch (kind) {
        case DevicePictureKind::place_card:
        case DevicePictureKind::card_reading:
        case DevicePictureKind::take_card:
            return "id";
        case DevicePictureKind::take_paper:
            return "receipt";
    }
    return "id";
}

// Three dots, one of them full: it works, and it moves.
void draw_busy(Context& c, Point left_middle) {
    const auto active = static_cast<int>(c.now.count() / 400 % 3);
    for (int i = 0; i < 3; ++i) {
        c.canvas.disc({left_middle.x + c.theme.px(12) + static_cast<float>(i) * c.theme.px(28),
                       left_middle.y},
                      c.theme.px(8),
                      i == active ? c.theme.colour.action : c.theme.colour.border_quiet);
    }
    c.animating = true;
}

}  // namespace

Heights measure(const Context& c, const DevicePicture&, float width) {
    return {c.theme.px(300), std::min(c.theme.px(780), width * 0.8F)};
}

void draw(Context& c, const DevicePicture& picture, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.surface, p.border_quiet,
                 c.theme.elder ? c.theme.size.border : c.theme.px(1), c.theme.size.radius_card);
    const float foot = c.theme.type.row.line_height + std::min(c.theme.px(96), area.h * 0.14F);
    const float margin = std::min(c.theme.px(64), area.h * 0.08F);
    Sketch s(
        c, {area.x + margin, area.y + margin, area.w - 2 * margin, area.h - foot - 1.3F * margin});
    const bool paper = picture.kind == DevicePictureKind::take_paper;
    draw_machine(c, s, !paper, paper);
    switch (picture.kind) {
        case DevicePictureKind::place_card:
            draw_card(c, s, 566, 330, -14);
            draw_way(c, s, {520, 236}, {462, 96}, {380, 384});
            break;
        case DevicePictureKind::card_reading:
            draw_card(c, s, 287, 352, 0);
            break;
        case DevicePictureKind::take_card:
            draw_card(c, s, 572, 200, -14);
            draw_way(c, s, {382, 392}, {470, 420}, {520, 318});
            break;
        case DevicePictureKind::take_paper:
            draw_paper(c, s, 500, 60);
            draw_way(c, s, {104, 424}, {420, 560}, {566, 292});
            break;
    }
    const auto node = thing(c, Role::picture, area);
    const Type& type = c.theme.type.row;
    const float icon_size = c.theme.px(44), gap = c.theme.px(20);
    const float dots = picture.busy ? c.theme.px(100) : 0;
    const float words = std::min(text_width(c, picture.caption, type),
                                 area.w - icon_size - gap - dots - c.theme.px(64));
    const float x = std::round(area.centre_x() - (icon_size + gap + words + dots) / 2);
    const float y = std::round(area.bottom() - foot + (foot - type.line_height) * 0.35F);
    icon(c, icon_of(picture.kind), {x + icon_size / 2, y + type.line_height / 2}, icon_size,
         p.action);
    write_in_top(c, node, {picture.caption, type, p.text},
                 {x + icon_size + gap, y, words + 1, type.line_height});
    if (picture.busy)
        draw_busy(c, {x + icon_size + gap + words + c.theme.px(16), y + type.line_height / 2});
}

}  // namespace ui::widgets
