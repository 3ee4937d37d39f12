#include "ui/widgets/frame.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::LineTone;

void draw_band(Context& c, std::string_view training, std::string_view power, Rect area) {
    c.canvas.fill(area, c.theme.colour.warn_fill);
    const auto node =
        thing(c, Role::status, area, training.empty() ? "power_band" : "training_band");
    const bool both = !training.empty() && !power.empty();
    const auto text = std::string(training) + (both ? "　" : "") + std::string(power);
    write_in(c, node, {text, c.theme.type.small_bold, theme::rgb(0x1A2233), Align::centre},
             area.inset(power.empty() ? c.theme.px(160) : c.theme.size.margin, 0));
}

namespace {

// Parts from the right edge inwards.
class RightToLeft {
  public:
    RightToLeft(Context& c, Rect area) : c_(c), area_(area), right_(area.right()) {}

    Rect take(float width) {
        right_ -= width;
        const Rect rect{std::round(right_), area_.y, width, area_.h};
        right_ -= c_.theme.px(28);
        return rect;
    }
    float left() const { return right_; }

  private:
    Context& c_;
    Rect area_;
    float right_;
};

void draw_line_state(Context& c, const screens::Header& header, Rect rect) {
    const auto& p = c.theme.colour;
    const Colour lamp = header.line_tone == LineTone::good      ? p.success
                        : header.line_tone == LineTone::waiting ? p.warn_fill
                                                                : p.danger;
    const Colour ink = header.line_tone == LineTone::good      ? p.secondary
                       : header.line_tone == LineTone::waiting ? p.warn_text
                                                               : p.danger;
    c.canvas.disc({rect.x + c.theme.px(8), rect.centre_y() + c.theme.px(1)}, c.theme.px(8), lamp);
    const auto node = thing(c, Role::status, rect, "line_state");
    write_in(c, node, {header.line_text, c.theme.type.small, ink},
             {rect.x + c.theme.px(26), rect.y, rect.w - c.theme.px(26) + 1, rect.h});
}

void draw_ground(Context& c, Rect area) {
    c.canvas.fill(area, c.theme.colour.surface);
    c.canvas.fill({area.x, area.bottom() - c.theme.px(2), area.w, c.theme.px(2)},
                  c.theme.colour.separator);
}

// Gives where the next thing may begin.
float draw_mark(Context& c, const screens::Header& header, Rect inner) {
    const float side = std::min(c.theme.px(c.theme.large_type ? 80 : 64), inner.h - c.theme.px(12));
    const Rect mark{inner.x, std::round(inner.centre_y() - side / 2), side, side};
    c.canvas.fill(mark, c.theme.colour.brand, c.theme.px(12));
    const auto node = thing(c, Role::picture, mark, "brand_mark");
    c.tree[node].label = header.title;  // whose mark it is, also where the name has no room
    write_in(c, node,
             {header.brand_mark, c.theme.large_type ? c.theme.type.label : c.theme.type.heading,
              c.theme.colour.on_brand, Align::centre},
             mark);
    return mark.right() + c.theme.px(20);
}

void draw_person(Context& c, const screens::Header& header, RightToLeft& right) {
    const auto& p = c.theme.colour;
    const Type& small = c.theme.type.small;
    if (header.not_me) {
        const float w = text_width(c, header.not_me->text, small);
        const Rect rect = right.take(w + 1);
        const float h = c.theme.size.floor_target;
        const auto node = control(c, header.not_me->id, Role::link,
                                  {rect.x - c.theme.px(12), std::round(rect.centre_y() - h / 2),
                                   rect.w + c.theme.px(24), h});
        const Colour ink = c.pressed(header.not_me->id) ? p.action_pressed : p.action;
        write_in(c, node, {header.not_me->text, small, ink}, rect);
        c.canvas.fill({rect.x, std::round(rect.centre_y() + small.em * 0.5F) + c.theme.px(2), w,
                       c.theme.px(2)},
                      ink);
    }
    if (!header.who.empty()) {
        const Rect rect = right.take(text_width(c, header.who, small) + 1);
        const auto node = thing(c, Role::text, rect, "who");
        c.tree[node].sensitivity = screens::Sensitivity::personal;
        write_in(c, node, {header.who, small, p.text}, rect);
    }
}

// In large type the time makes room for the name of the place, then a line that is as it should
// be; where a person stands beside it and it is long, its mark alone says whose place it is.
struct Shown {
    bool time, line;
    bool name = true;  // of the place; its mark stands there in any case
};
Shown what_fits(const Context& c, const screens::Header& header, Rect inner) {
    const Type& small = c.theme.type.small;
    const float gap = c.theme.px(28);
    const auto wide = [&](const std::string& text, float more) {
        return text.empty() ? 0 : text_width(c, text, small) + more + gap;
    };
    float others = c.theme.px(c.theme.large_type ? 100 : 84) + wide(header.who, 1);
    if (header.not_me) others += wide(header.not_me->text, 1);
    Shown shown{!header.time_text.empty(), !header.line_text.empty()};
    const auto fits = [&] {
        const float room = inner.w - others - (shown.time ? wide(header.time_text, 1) : 0) -
                           (shown.line ? wide(header.line_text, c.theme.px(27)) : 0);
        return room >= c.theme.px(160) &&
               text_height(c, header.title, c.theme.type.small_bold, room) <= inner.h;
    };
    if (!fits()) shown.time = false;
    if (!fits() && header.line_tone == LineTone::good) shown.line = false;
    if (!fits()) shown.name = false;
    return shown;
}

}  // namespace

void draw_header(Context& c, const screens::Header& header, Rect area) {
    const auto& p = c.theme.colour;
    draw_ground(c, area);
    const Rect inner = area.inset(c.theme.size.margin, 0);
    const Type& small = c.theme.type.small;

    const Shown shown = what_fits(c, header, inner);
    RightToLeft right(c, inner);
    if (shown.time) {
        const Rect rect = right.take(text_width(c, header.time_text, small) + 1);
        const auto node = thing(c, Role::status, rect, "time");
        write_in(c, node, {header.time_text, small, p.secondary}, rect);
    }
    if (shown.line)
        draw_line_state(c, header,
                        right.take(text_width(c, header.line_text, small) + c.theme.px(27)));
    draw_person(c, header, right);

    const float title_x = draw_mark(c, header, inner);
    if (!shown.name) return;
    const Rect title{title_x, area.y, right.left() - title_x, area.h};
    const auto node = thing(c, Role::heading, title, "app_title");
    // Where the name of the place is long, it stands in two lines of a smaller type.
    const bool fits = text_width(c, header.title, c.theme.type.row_bold) <= title.w;
    const Type& wrapped = c.theme.type.small_bold;
    write_in(c, node, {header.title, fits ? c.theme.type.row_bold : wrapped, p.text}, title);
}

void draw_header_with_steps(Context& c, const screens::Header& header, const screens::Steps& steps,
                            Rect area) {
    draw_ground(c, area);
    const Rect inner = area.inset(c.theme.size.margin, 0);
    RightToLeft right(c, inner);
    if (!header.line_text.empty() && header.line_tone != LineTone::good)
        draw_line_state(
            c, header,
            right.take(text_width(c, header.line_text, c.theme.type.small) + c.theme.px(27)));
    draw_person(c, header, right);
    const float x = draw_mark(c, header, inner);
    draw_steps(c, steps, {x, area.y, std::max(0.F, right.left() - x), area.h});
}

// Where not even the discs fit: the place and the name of the current step.
void draw_current_step(Context& c, const screens::Steps& steps, Rect area) {
    const auto current = static_cast<std::size_t>(steps.current);
    if (current >= steps.names.size()) return;
    const auto node = thing(c, Role::step, area, "step." + std::to_string(current + 1));
    c.tree[node].selected = true;
    const std::string words = std::to_string(current + 1) + "/" +
                              std::to_string(steps.names.size()) + "  " + steps.names[current];
    write_in(c, node, {words, c.theme.type.small_bold, c.theme.colour.text}, area);
}

void draw_steps(Context& c, const screens::Steps& steps, Rect area) {
    if (steps.names.empty()) return;
    const auto& p = c.theme.colour;
    const auto count = steps.names.size();
    const float r = c.theme.px(c.theme.large_type ? 26 : 22), gap = c.theme.px(10);
    const Type& small = c.theme.type.small;
    const Type& bold = c.theme.type.small_bold;
    const auto type_of = [&](std::size_t i) -> const Type& {
        return static_cast<int>(i) == steps.current ? bold : small;
    };
    // Where all names do not fit, only the current step keeps its name.
    float names = 0;
    for (std::size_t i = 0; i < count; ++i) names += text_width(c, steps.names[i], type_of(i));
    const float dots = static_cast<float>(count) * (2 * r + gap);
    const float joints = static_cast<float>(count - 1) * c.theme.px(48);
    const bool all_names = names + dots + joints <= area.w;
    if (!all_names) {
        const auto current = static_cast<std::size_t>(steps.current);
        names = current < count ? text_width(c, steps.names[current], bold) : 0;
    }
    const float joint = count > 1 ? (area.w - names - dots) / static_cast<float>(count - 1) : 0;
    if (joint < 0) return draw_current_step(c, steps, area);
    const float limited = std::min(joint, c.theme.px(160));

    float x = area.x;
    const float y = std::round(area.centre_y());
    for (std::size_t i = 0; i < count; ++i) {
        const int place = static_cast<int>(i);
        const bool done = place < steps.current, now = place == steps.current;
        const Colour ground = done ? p.success : now ? p.action : c.theme.colour.separator;
        const Point centre{std::round(x + r), y};
        c.canvas.disc(centre, r, ground);
        const Rect disc{centre.x - r, centre.y - r, 2 * r, 2 * r};
        const auto node = thing(c, Role::step, disc, "step." + std::to_string(i + 1));
        c.tree[node].selected = now;
        if (done) {
            const float s = r / 22;
            const Point tick[] = {{centre.x - 8 * s, centre.y + 1 * s},
                                  {centre.x - 2 * s, centre.y + 7 * s},
                                  {centre.x + 9 * s, centre.y - 7 * s}};
            c.canvas.stroke(tick, p.on_action, c.theme.px(3));
        } else {
            // On the white discs of the high contrast, white numbers would not be seen.
            const Colour ahead = theme::contrast(p.text, ground) >= 4.5 ? p.text : p.page;
            write_in(c, node,
                     {std::to_string(i + 1), now ? bold : small, now ? p.on_action : ahead,
                      Align::centre},
                     disc);
        }
        x += 2 * r + gap;
        if (all_names || now) {
            const float w = text_width(c, steps.names[i], type_of(i));
            const Rect words{x, area.y, w + 1, area.h};
            const auto name = thing(c, Role::step, words);
            write_in(c, name, {steps.names[i], type_of(i), now ? p.text : p.secondary}, words);
            x += w;
        }
        if (i + 1 < count) {
            const float inset = c.theme.px(12);
            if (limited > 2 * inset)
                c.canvas.fill({x + inset, y - 1, limited - 2 * inset, c.theme.px(3)},
                              c.theme.colour.separator, 1);
            x += limited;
        }
    }
}

}  // namespace ui::widgets
