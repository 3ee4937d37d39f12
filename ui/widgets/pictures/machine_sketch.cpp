#include "ui/widgets/pictures/machine_sketch.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ui::widgets {

namespace {

using domain::Place;

constexpr Rect body{0, 0, machine_w, machine_h};
constexpr float rim = 30, shelf = 130;  // beside the screen: without and with a device

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

// A device of the ground, along its side of the screen.
struct Piece {
    Rect* rect;
    int along;
};

// Devices on the same side keep a gap: those at its ends stay there, the one between makes room,
// and all of them become smaller where they would not fit.
void make_room(std::vector<Piece> pieces, Side side, const Rect& screen) {
    constexpr float gap = 16;
    const bool across = side == Side::above || side == Side::below;
    const float from = across ? rim : screen.y, to = across ? body.w - rim : screen.bottom();
    const auto start = [&](const Rect& r) -> float { return across ? r.x : r.y; };
    const auto size = [&](const Rect& r) -> float { return across ? r.w : r.h; };
    const auto put = [&](Rect& r, float at, float length) {
        (across ? r.x : r.y) = at;
        (across ? r.w : r.h) = length;
    };
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.along < b.along; });
    float wanted = 0;
    for (const Piece& piece : pieces) wanted += size(*piece.rect);
    const float room = to - from - gap * static_cast<float>(pieces.size() - 1);
    if (wanted > room) {
        float at = from;
        for (const Piece& piece : pieces) {
            const float length = size(*piece.rect) * room / wanted;
            put(*piece.rect, at, length);
            at += length + gap;
        }
        return;
    }
    float least = from, most = to;
    for (const Piece& piece : pieces) {
        if (piece.along >= 0) continue;
        put(*piece.rect, std::max(start(*piece.rect), least), size(*piece.rect));
        least = start(*piece.rect) + size(*piece.rect) + gap;
    }
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        if (piece->along <= 0) continue;
        const float length = size(*piece->rect);
        put(*piece->rect, std::min(start(*piece->rect), most - length), length);
        most = start(*piece->rect) - gap;
    }
    for (const Piece& piece : pieces) {
        if (piece.along != 0) continue;
        const float length = size(*piece.rect);
        put(*piece.rect, std::max(std::min(start(*piece.rect), most - length), least), length);
        least = start(*piece.rect) + length + gap;
    }
}

}  // namespace

MachinePlan plan_of(const domain::DevicePlaces& places, bool receipt_printer) {
    MachinePlan plan;
    if (receipt_printer) plan.slips.emplace();
    struct Device {
        Rect* rect;
        Place place;
        float w, upright_w, h;
    };
    std::vector<Device> devices{{&plan.reader, places.id_card_reader, 170, 104, 76},
                                {&plan.slot, places.document_printer, 140, 104, 34}};
    if (plan.slips) devices.push_back({&*plan.slips, places.receipt_printer, 92, 76, 34});
    const auto ground = [&](Side side) {
        return std::ranges::any_of(devices,
                                   [&](const Device& d) { return side_of(d.place) == side; })
                   ? shelf
                   : rim;
    };
    plan.body = body;
    const float left = ground(Side::left), above = ground(Side::above);
    plan.screen = {left, above, body.w - left - ground(Side::right),
                   body.h - above - ground(Side::below)};
    for (const Side side : {Side::above, Side::right, Side::below, Side::left}) {
        const bool upright = side == Side::left || side == Side::right;
        std::vector<Piece> here;
        for (const Device& device : devices) {
            if (side_of(device.place) != side) continue;
            *device.rect =
                placed(device.place, upright ? device.upright_w : device.w, device.h, plan.screen);
            here.push_back({device.rect, along(device.place)});
        }
        if (here.size() > 1) make_room(std::move(here), side, plan.screen);
    }
    plan.camera = placed(places.camera, 18, 18, plan.screen);
    plan.headphones = placed(places.headphones, 18, 18, plan.screen);
    return plan;
}

Sketch::Sketch(Context& c, Rect area, float w, float h) : c_(c) {
    scale_ = std::min(area.w / w, area.h / h);
    x_ = area.centre_x() - w * scale_ / 2;
    y_ = area.centre_y() - h * scale_ / 2;
}

void Sketch::fill(Rect r, Colour colour, float radius) {
    c_.canvas.fill(at(r), colour, size(radius));
}

void Sketch::box(Rect r, Colour ground, Colour edge, float radius) {
    c_.canvas.box(at(r), ground, edge, std::max(2.F, size(3)), size(radius));
}

void draw_machine(Context& c, Sketch& s, const MachinePlan& plan, Marked marked) {
    const auto& p = c.theme.colour;
    s.box(plan.body, p.key_ground, p.border, 28);
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
        s.fill(r.inset(inset), here ? p.success_fill : p.key_function, radius);
    };
    device(plan.reader, Marked::reader, 12, 12, 6);
    const auto outlet = [&](Rect r, bool here) {
        s.fill(r, here ? p.success : p.border, 10);
        s.fill(r.inset(14, 11), here ? p.success_fill : p.key_function, 4);
    };
    outlet(plan.slot, marked == Marked::slot);
    if (plan.slips) outlet(*plan.slips, false);
    // Small ones are drawn where they are what it is about.
    const auto eye = [&](Rect r) {
        const Point centre = s.at(r.centre_x(), r.centre_y());
        c.canvas.disc(centre, s.size(13), p.success);
        c.canvas.disc(centre, s.size(6), p.success_fill);
    };
    if (marked == Marked::camera) eye(plan.camera);
    if (marked == Marked::headphones) eye(plan.headphones);
}

void draw_small_machine(Context& c, Rect area, const screens::Outlet& outlet) {
    const auto& p = c.theme.colour;
    Sketch s(c, area, machine_w, machine_h);
    const MachinePlan plan = plan_of(outlet.places, outlet.receipt_printer);
    s.box(plan.body, p.key_ground, p.border, 40);
    s.fill(plan.screen, p.action, 20);
    // Thick enough to be seen at the size of an icon: only where the paper comes out.
    const Rect& here = outlet.slip && plan.slips ? *plan.slips : plan.slot;
    const bool upright = here.centre_y() > plan.screen.y && here.centre_y() < plan.screen.bottom();
    const float grow = upright ? 0 : 14;
    s.fill({here.x - grow, here.y - 20, here.w + 2 * grow, here.h + 40}, p.success, 16);
}

}  // namespace ui::widgets
