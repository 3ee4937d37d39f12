#include "ui/widgets/pictures/machine_sketch.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

namespace {

using domain::Place;

constexpr Rect body{0, 0, 402, 460};
constexpr float rim = 30, shelf = 130;  // beside the screen: without and with a device
constexpr Colour machine = theme::rgb(0xE9EDF2);
constexpr Colour device_quiet = theme::rgb(0xD3DBE6);

enum class Side { above, right, below, left };

Side side_of(Place place) {
    switch (place) {
        case Place::above_left:
        case Place::above_middle:
        case Place::above_right:
            return Side::above;
        case Place::right_top:
        case Place::right_middle:
        case Place::right_bottom:
            return Side::right;
        case Place::below_right:
        case Place::below_middle:
        case Place::below_left:
            return Side::below;
        case Place::left_bottom:
        case Place::left_middle:
        case Place::left_top:
            break;
    }
    return Side::left;
}

// -1 left or top, 0 middle, 1 right or bottom.
int along(Place place) {
    switch (place) {
        case Place::above_left:
        case Place::below_left:
        case Place::right_top:
        case Place::left_top:
            return -1;
        case Place::above_right:
        case Place::below_right:
        case Place::right_bottom:
        case Place::left_bottom:
            return 1;
        default:
            return 0;
    }
}

// A device of this size in the middle of the ground at its side of the screen.
Rect placed(Place place, float w, float h, const Rect& screen) {
    const auto spread = [&](float from, float to, float size) {
        const int n = along(place);
        return n < 0 ? from : n > 0 ? to - size : (from + to - size) / 2;
    };
    // The corners belong to the grounds above and below.
    const float x = spread(rim, body.w - rim, w), y = spread(screen.y, screen.bottom(), h);
    switch (side_of(place)) {
        case Side::above:
            return {x, (screen.y - h) / 2, w, h};
        case Side::below:
            return {x, (screen.bottom() + body.h - h) / 2 + 1, w, h};
        case Side::left:
            return {(screen.x - w) / 2, y, w, h};
        case Side::right:
            return {(screen.right() + body.w - w) / 2, y, w, h};
    }
    return {};
}

// Two devices next to one another above or below: the one in the middle makes room.
void make_room(Rect& in_middle, const Rect& other) {
    constexpr float gap = 16;
    if (!in_middle.overlaps(other)) return;
    in_middle.x =
        other.centre_x() < body.centre_x() ? other.right() + gap : other.x - gap - in_middle.w;
}

}  // namespace

MachinePlan plan_of(const domain::DevicePlaces& places) {
    const auto ground = [&](Side side) {
        return side_of(places.id_card_reader) == side || side_of(places.document_printer) == side
                   ? shelf
                   : rim;
    };
    MachinePlan plan;
    plan.body = body;
    const float left = ground(Side::left), above = ground(Side::above);
    plan.screen = {left, above, body.w - left - ground(Side::right),
                   body.h - above - ground(Side::below)};
    const auto upright = [&](Place place) {
        return side_of(place) == Side::left || side_of(place) == Side::right;
    };
    const bool narrow = upright(places.id_card_reader);
    plan.reader = placed(places.id_card_reader, narrow ? 104 : 170, 76, plan.screen);
    plan.slot = placed(places.document_printer, upright(places.document_printer) ? 104 : 140, 34,
                       plan.screen);
    if (along(places.id_card_reader) == 0)
        make_room(plan.reader, plan.slot);
    else
        make_room(plan.slot, plan.reader);
    plan.camera = placed(places.camera, 18, 18, plan.screen);
    plan.headphones = placed(places.headphones, 18, 18, plan.screen);
    return plan;
}

Sketch::Sketch(Context& c, Rect area) : c_(c) {
    scale_ = std::min(area.w / sketch_w, area.h / sketch_h);
    x_ = area.centre_x() - sketch_w * scale_ / 2;
    y_ = area.centre_y() - sketch_h * scale_ / 2;
}

void Sketch::fill(Rect r, Colour colour, float radius) {
    c_.canvas.fill(at(r), colour, size(radius));
}

void Sketch::box(Rect r, Colour ground, Colour edge, float radius) {
    c_.canvas.box(at(r), ground, edge, std::max(2.F, size(3)), size(radius));
}

void draw_machine(Context& c, Sketch& s, const MachinePlan& plan, Marked marked) {
    const auto& p = c.theme.colour;
    s.box(plan.body, machine, p.border, 28);
    const Rect& screen = plan.screen;
    s.fill(screen, p.action, 10);
    const float w = screen.w - 52;
    s.fill({screen.x + 26, screen.y + 34, std::min(200.F, w), 26},
           theme::mixed(p.action, p.surface, 0.9F), 5);
    for (const float y : {80.F, 114.F})
        s.fill({screen.x + 26, screen.y + y, w, 18}, theme::mixed(p.action, p.surface, 0.5F), 5);
    // What is to be looked at lights up.
    const auto device = [&](Rect r, Marked which, float frame_radius, float inset, float radius) {
        const bool here = which == marked;
        s.fill(r, here ? p.success : p.border, frame_radius);
        s.fill(r.inset(inset), here ? p.success_fill : device_quiet, radius);
    };
    device(plan.reader, Marked::reader, 12, 12, 6);
    s.fill(plan.slot, marked == Marked::slot ? p.success : p.border, 10);
    s.fill(plan.slot.inset(14, 11), marked == Marked::slot ? p.success_fill : device_quiet, 4);
    // Small ones are drawn where they are what it is about.
    const auto eye = [&](Rect r) {
        const Point centre = s.at(r.centre_x(), r.centre_y());
        c.canvas.disc(centre, s.size(13), p.success);
        c.canvas.disc(centre, s.size(6), p.success_fill);
    };
    if (marked == Marked::camera) eye(plan.camera);
    if (marked == Marked::headphones) eye(plan.headphones);
}

}  // namespace ui::widgets
