// A place by levels: the way so far, initial letters where there is much to choose from, choices in
// columns, and a last row for a place that is not among them.
#include "ui/widgets/picking/division_parts.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Division;
using screens::DivisionPicker;

namespace {

void draw_choice(Context& c, const Division& division, Rect rect, float padding) {
    const auto& p = c.theme.colour;
    const auto node = control(c, division.id, Role::choice, rect);
    c.canvas.box(rect, c.pressed(division.id) ? p.tint_pressed : p.surface, p.border,
                 c.theme.size.border, c.theme.size.radius_button);
    write_in(c, node, {division.name, c.theme.type.row, p.text}, rect.inset(padding, 0));
}

void turn_to(Context& c, Turned& turned, std::string initial) {
    turned.initial = std::move(initial);
    turned.page = 0;
    c.animating = true;
}

// The places of the letter, a page of them, and the buttons that turn it. Returns their height.
float draw_places(Context& c, const DivisionPicker& picker, const division::Plan& plan,
                  Turned& turned, Rect area) {
    const float gap = c.theme.size.gap_min, h = division::row_height(c);
    const bool every =
        plan.letters.empty() || turned.initial.empty() || turned.initial == division::every_letter;
    std::vector<const Division*> shown;
    for (const Division& division : picker.choices)
        if (every || division.initial == turned.initial) shown.push_back(&division);
    const std::size_t columns = plan.columns;
    std::size_t each = division::fitting(c, columns, area.h);
    const bool paged = shown.size() > each;
    if (paged) each = division::fitting(c, columns, area.h - pager_height(c) - gap);
    const int pages = std::max(1, static_cast<int>((shown.size() + each - 1) / each));
    turned.page = std::clamp(turned.page, 0, pages - 1);
    const std::size_t first = static_cast<std::size_t>(turned.page) * each;
    const float w =
        std::floor((area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    for (std::size_t i = first; i < std::min(first + each, shown.size()); ++i) {
        const std::size_t at = i - first;
        draw_choice(c, *shown[i],
                    {area.x + static_cast<float>(at % columns) * (w + gap),
                     area.y + static_cast<float>(at / columns) * (h + gap), w, h},
                    c.theme.px(columns > 2 ? 16 : 24));
    }
    float y =
        static_cast<float>((std::min(each, shown.size()) + columns - 1) / columns) * (h + gap);
    if (paged) {
        turned.page += draw_pager(c, picker.id, turned.page, pages,
                                  {area.x, area.y + y, area.w, pager_height(c)});
        y += pager_height(c) + gap;
    }
    return y;
}

}  // namespace

Heights measure(const Context& c, const DivisionPicker& picker, float width) {
    return division::heights(c, picker, width);
}

void draw(Context& c, const DivisionPicker& picker, Rect area) {
    const auto& p = c.theme.colour;
    const float gap = c.theme.size.gap_min, h = division::row_height(c);
    division::Plan plan = division::plan_of(c, picker, area.w, area.h);
    Turned& turned = c.scratch.turned[picker.id];
    const bool asks_letter = plan.letters_first && turned.initial.empty();
    if (asks_letter) std::erase_if(plan.way, [](const auto& crumb) { return crumb.letter; });
    float y = area.y + draw_answer_head(c, picker.label, picker.hint, area);
    if (!plan.way.empty()) {
        const float other = plan.other_beside ? division::other_width(c, picker) : 0;
        const float way_h = plan.way_height - gap;
        if (division::draw_way(c, plan.way, {area.x, y, area.w - other, way_h}))
            turn_to(c, turned, "");
        if (other > 0) draw_text_action(c, picker.other, {area.right() - other, y, other, way_h});
    }
    y += plan.way_height;
    if (!plan.letters.empty() && (asks_letter || !plan.letters_first)) {
        const std::string_view chosen = !plan.letters_first && turned.initial.empty()
                                            ? division::every_letter
                                            : std::string_view(turned.initial);
        const Rect grid{area.x, y, area.w, plan.letters_height};
        if (auto letter = division::draw_letters(c, picker, plan.letters, chosen, grid))
            turn_to(c, turned, std::move(*letter));
        y += plan.letters_height;
    }
    if (!asks_letter) y += draw_places(c, picker, plan, turned, {area.x, y, area.w, plan.room});
    if (!picker.other.id.empty() && !plan.other_beside) {
        draw_text_action(c, picker.other, {area.x, y, area.w, h});
        y += h + gap;
    }
    if (plan.edition)
        y += write(c, {picker.edition, c.theme.type.small, p.secondary}, {area.x, y, area.w, 0});
    draw_answer_error(c, picker.error, picker.id, {area.x, y, area.w, 0});
}

}  // namespace ui::widgets
