#include "ui/screens/layout/page_frame.hpp"

#include "ui/widgets/frame.hpp"

namespace ui::screens {

using theme::Rect;
using widgets::Context;

namespace {

Rect take_top(Rect& room, float h) {
    const Rect taken{room.x, room.y, room.w, h};
    room.y += h;
    room.h -= h;
    return taken;
}
Rect take_bottom(Rect& room, float h) {
    room.h -= h;
    return {room.x, room.bottom(), room.w, h};
}
// At the hand that presses: left for the left-handed.
Rect take_side(Rect& room, float w, bool left) {
    room.w -= w;
    const Rect taken{left ? room.x : room.right(), room.y, w, room.h};
    if (left) room.x += w;
    return taken;
}

}  // namespace

PageFrame frame_of(const Context& c, const Screen& screen) {
    const auto& size = c.theme.size;
    PageFrame frame;
    Rect room = c.panel;
    if (!screen.training_band.empty() || !screen.power_band.empty())
        frame.band = take_top(room, size.band);
    const float utility = screen.utility.empty() ? 0 : size.utility;
    if (c.theme.side_bar) frame.utility = take_side(room, utility, screen.comfort.left_hand);
    frame.header = take_top(room, size.header);
    if (!screen.steps.names.empty() && !c.theme.low)
        frame.steps = take_top(room, size.steps).inset(size.margin, 0);
    if (!c.theme.side_bar) frame.utility = take_bottom(room, utility);
    if (!screen.speech.empty())
        frame.speech =
            take_bottom(room, size.floor_target + c.theme.px(c.theme.side_bar ? 32 : 16));
    frame.content = room;
    return frame;
}

void draw_above(Context& c, const Screen& screen, const PageFrame& frame) {
    if (frame.band.h > 0)
        widgets::draw_band(c, screen.training_band, screen.power_band, frame.band);
    if (c.theme.low && !screen.steps.names.empty()) {
        widgets::draw_header_with_steps(c, screen.header, screen.steps, frame.header);
        return;
    }
    widgets::draw_header(c, screen.header, frame.header);
    if (frame.steps.h > 0) widgets::draw_steps(c, screen.steps, frame.steps);
}

void draw_after(Context& c, const Screen& screen, const PageFrame& frame) {
    if (frame.speech.h > 0) widgets::draw_speech_bar(c, screen.speech, frame.speech);
    if (frame.utility.w <= 0 || frame.utility.h <= 0) return;
    if (c.theme.side_bar)
        widgets::draw_utility_column(c, screen.utility, frame.utility);
    else
        widgets::draw_utility_bar(c, screen.utility, frame.utility);
}

}  // namespace ui::screens
