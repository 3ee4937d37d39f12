// A drawing of this machine with the place to look at marked: where the card goes, where it and the
// paper come out. Drawn from shapes, so it is sharp at any size.
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/pictures/machine_sketch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace ui::widgets {

using screens::DevicePicture;
using screens::DevicePictureKind;

namespace {

constexpr Colour paper_line = theme::rgb(0xD3DBE6);

// How much of its way a thing has gone, in a loop of two seconds (ux.md 4.4). `there`: it goes to
// the machine, and stands still before it sets out; else it comes from it, and stands still where
// it arrived.
constexpr std::int64_t loop_ms = 2000;
float way_done(Context& c, bool there) {
    if (c.still) return there ? 0 : 1;
    c.animating = true;
    const auto phase = static_cast<float>((c.now - c.scratch.page_since).count() % loop_ms) /
                       static_cast<float>(loop_ms);
    if (!there && phase < 0.35F) return 1;
    const float t = std::clamp((phase - (there ? 0.25F : 0.45F)) / 0.45F, 0.F, 1.F);
    return t * t * (3 - 2 * t);
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
    s.box({x, y, 180, 214}, p.surface, p.action, 8);
    for (int i = 0; i < 4; ++i)
        s.fill({x + 24, y + 30 + 32 * static_cast<float>(i), i == 3 ? 80.F : 132.F, 12}, paper_line,
               5);
    s.fill({x + 118, y + 150, 40, 40}, p.text, 3);
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
        case DevicePictureKind::look_here:
            return "camera";
        case DevicePictureKind::plug_in:
            return "headset";
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

Point between(Point from, Point to, float part) {
    return {from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}

// The ways are thought out for a device on the right; one on the left has its picture the other way
// round, with the machine on the right of the card.
struct Stage {
    bool flipped = false;
    Rect device;        // as if it were on the right
    bool outer = true;  // nothing of the screen between it and the outside
    Point operator()(Point p) const { return flipped ? Point{sketch_w - p.x, p.y} : p; }

    Point edge() const { return {device.right() + 8, device.centre_y() - 12}; }
    Point over(Point from) const {
        if (outer) return {(from.x + edge().x) / 2 + 12, std::min(from.y, edge().y) - 140};
        return {edge().x + 150, edge().y};
    }
};

Rect device_of(const MachinePlan& plan, Marked marked) {
    switch (marked) {
        case Marked::reader:
            break;
        case Marked::slot:
            return plan.slot;
        case Marked::camera:
            return plan.camera;
        case Marked::headphones:
            return plan.headphones;
    }
    return plan.reader;
}

// Moves the machine to the right of its picture where its device is on the left.
Stage stage_of(MachinePlan& plan, Marked marked) {
    Stage stage;
    stage.device = device_of(plan, marked);
    stage.flipped = stage.device.centre_x() < plan.body.centre_x() - 20;
    if (stage.flipped) {
        const float by = sketch_w - plan.body.w;
        stage.device.x = plan.body.right() - stage.device.right();
        for (Rect* r :
             {&plan.body, &plan.screen, &plan.reader, &plan.slot, &plan.camera, &plan.headphones})
            r->x += by;
        if (plan.slips) plan.slips->x += by;
    }
    stage.outer = stage.device.right() > plan.body.w - 50;
    return stage;
}

// The card lies beside the machine, goes to the reader or comes from it.
void draw_card_way(Context& c, Sketch& s, const Stage& stage, bool there) {
    const bool low = stage.device.centre_y() > 230;
    const Point beside = there ? Point{566, low ? 330.F : 300.F} : Point{572, low ? 200.F : 250.F};
    const Point on{stage.device.centre_x(), stage.device.centre_y() - 44};
    const float done = way_done(c, there);
    const float part = there ? done : 1 - done;  // of the way to the reader
    if (there) {
        const Point from{beside.x - 46, beside.y - 94};
        draw_way(c, s, stage(from), stage(stage.over(from)), stage(stage.edge()));
    } else {
        const Point from{stage.edge().x + 2, stage.edge().y + 20};
        const Point to{beside.x - 52, beside.y + 118};
        draw_way(c, s, stage(from), stage({(from.x + to.x) / 2 + 18, std::max(from.y, to.y) + 28}),
                 stage(to));
    }
    const Point at = stage(between(beside, on, part));
    draw_card(c, s, at.x, at.y, (stage.flipped ? 14.F : -14.F) * (1 - part));
}

void draw_paper_way(Context& c, Sketch& s, const Stage& stage) {
    const Point rest{590, 147}, out{stage.device.centre_x(), stage.device.y - 60};
    const Point from{stage.device.right() + 8, stage.device.centre_y()};
    draw_way(c, s, stage(from), stage({596, from.y + 20}), stage({600, 282}));
    const Point at = stage(between(out, rest, way_done(c, false)));
    draw_paper(c, s, at.x - 90, at.y - 107);
}

void draw_pointer(Context& c, Sketch& s, const Stage& stage) {
    const Point from{610, 250};
    draw_way(c, s, stage(from), stage({600, stage.edge().y + 12}),
             stage({stage.edge().x + 10, stage.edge().y + 12}));
}

Marked marked_by(DevicePictureKind kind) {
    switch (kind) {
        case DevicePictureKind::place_card:
        case DevicePictureKind::card_reading:
        case DevicePictureKind::take_card:
            break;
        case DevicePictureKind::take_paper:
            return Marked::slot;
        case DevicePictureKind::look_here:
            return Marked::camera;
        case DevicePictureKind::plug_in:
            return Marked::headphones;
    }
    return Marked::reader;
}

// What is said below the drawing.
struct Foot {
    float icon = 0, gap = 0, dots = 0;
    float words_w = 0, caption_h = 0, where_h = 0;
    float lines() const { return caption_h + where_h; }
};

Foot foot_of(const Context& c, const DevicePicture& picture, float width) {
    Foot foot;
    foot.icon = c.theme.px(44);
    foot.gap = c.theme.px(20);
    foot.dots = picture.busy ? c.theme.px(100) : 0;
    const Type& type = c.theme.type.row;
    foot.words_w = std::min(text_width(c, picture.caption, type),
                            width - foot.icon - foot.gap - foot.dots - c.theme.px(64));
    foot.caption_h = text_height(c, picture.caption, type, foot.words_w + 1);
    if (!picture.where.empty())
        foot.where_h =
            text_height(c, picture.where, c.theme.type.small, width - 2 * c.theme.px(24));
    return foot;
}

float foot_height(const Context& c, const Foot& foot, float height) {
    return foot.lines() + std::min(c.theme.px(96), height * 0.14F);
}

}  // namespace

Heights measure(const Context& c, const DevicePicture& picture, float width) {
    // Room for a drawing that can be made out, whatever is said below.
    const float least = c.theme.px(190) + foot_of(c, picture, width).lines();
    return {std::max(c.theme.px(300), least),
            std::max(least, std::min(c.theme.px(780), width * 0.8F))};
}

void draw(Context& c, const DevicePicture& picture, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.surface, p.border_quiet,
                 c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                 c.theme.size.radius_card);
    const Foot words = foot_of(c, picture, area.w);
    const float foot = foot_height(c, words, area.h);
    const float margin = std::min(c.theme.px(64), area.h * 0.08F);
    Sketch s(
        c, {area.x + margin, area.y + margin, area.w - 2 * margin, area.h - foot - 1.3F * margin});
    MachinePlan plan = plan_of(picture.places, picture.receipt_printer);
    const Marked marked = marked_by(picture.kind);
    const Stage stage = stage_of(plan, marked);
    draw_machine(c, s, plan, marked);
    switch (picture.kind) {
        case DevicePictureKind::place_card:
            draw_card_way(c, s, stage, true);
            break;
        case DevicePictureKind::card_reading:
            draw_card(c, s, plan.reader.centre_x(), plan.reader.centre_y() - 44, 0);
            break;
        case DevicePictureKind::take_card:
            draw_card_way(c, s, stage, false);
            break;
        case DevicePictureKind::take_paper:
            draw_paper_way(c, s, stage);
            break;
        case DevicePictureKind::look_here:
            draw_pointer(c, s, stage);
            break;
        case DevicePictureKind::plug_in:
            draw_pointer(c, s, stage);
            break;
    }
    const auto node = thing(c, Role::picture, area);
    const Type& type = c.theme.type.row;
    const float x =
        std::round(area.centre_x() - (words.icon + words.gap + words.words_w + words.dots) / 2);
    const float y = std::round(area.bottom() - foot + (foot - words.lines()) * 0.35F);
    const float first = y + type.line_height / 2;
    icon(c, icon_of(picture.kind), {x + words.icon / 2, first}, words.icon, p.action);
    const float words_x = x + words.icon + words.gap;
    write_in_top(c, node, {picture.caption, type, p.text},
                 {words_x, y, words.words_w + 1, words.caption_h});
    if (picture.busy) draw_busy(c, {words_x + words.words_w + c.theme.px(16), first});
    write_in_top(c, node, {picture.where, c.theme.type.small, p.secondary, Align::centre},
                 {area.x + c.theme.px(24), y + words.caption_h, area.w - 2 * c.theme.px(24), 0});
}

}  // namespace ui::widgets
