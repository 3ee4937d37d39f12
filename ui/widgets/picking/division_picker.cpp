// A place by levels: the way so far, initial letters where there is much to choose from, choices in
// two columns, and a last row for a place that is not among them.
#include "base/messages.hpp"
#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace ui::widgets {

using screens::Division;
using screens::DivisionPicker;

namespace {

constexpr std::size_t most_choices = 12;  // at a time (UX-133)

float letter_size(const Context& c) {
    return c.theme.px(c.theme.large_type ? 88 : 68);
}

float row_height(const Context& c) {
    return c.theme.size.list_row;
}

// Letters help only where there is more than one page.
std::vector<std::string> initials(const DivisionPicker& picker) {
    if (picker.choices.size() <= most_choices) return {};
    std::set<std::string> sorted;
    for (const Division& division : picker.choices)
        if (!division.initial.empty()) sorted.insert(division.initial);
    return {sorted.begin(), sorted.end()};
}

struct Letters {
    int columns = 1, rows = 0;
    float gap = 0;
};
Letters letters_of(const Context& c, const DivisionPicker& picker, float width) {
    const auto count = static_cast<int>(initials(picker).size());
    if (count < 2) return {};
    const float gap = c.theme.size.gap_min;
    // 全部 takes the room of two.
    const int columns = std::max(3, static_cast<int>((width + gap) / (letter_size(c) + gap)));
    return {columns, (count + 2 + columns - 1) / columns, gap};
}

float letters_height(const Context& c, const DivisionPicker& picker, float width) {
    const Letters letters = letters_of(c, picker, width);
    return static_cast<float>(letters.rows) * (letter_size(c) + letters.gap);
}

// The way out of the list stands at the right of the way so far, where there is room for it.
float other_width(const Context& c, const DivisionPicker& picker) {
    const Type& type = c.theme.type.body_bold;
    return text_width(c, picker.other.text, type) + type.em + c.theme.px(60);
}

bool other_beside(const Context& c, const DivisionPicker& picker, float width) {
    if (picker.other.id.empty() || picker.chosen.empty()) return false;
    float way = 0;
    for (const auto& level : picker.chosen)
        way += text_width(c, level.text, c.theme.type.body_bold) + c.theme.px(76);
    return way + other_width(c, picker) + c.theme.size.gap_min <= width;
}

// On a low panel letters, edition and, where it would take a row of its own, the way so far give
// way to the places themselves; 返回 leads back there, too.
enum class Extent { whole, brief };

float way_height(const Context& c, const DivisionPicker& picker, float width, Extent extent) {
    const bool shown =
        !picker.chosen.empty() && (extent == Extent::whole || other_beside(c, picker, width));
    return shown ? row_height(c) + c.theme.size.gap_min : 0;
}

float frame_height(const Context& c, const DivisionPicker& picker, float width, Extent extent) {
    const float edition =
        picker.edition.empty()
            ? 0
            : text_height(c, picker.edition, c.theme.type.small, width) + c.theme.px(8);
    const bool own_row = !picker.other.id.empty() && !other_beside(c, picker, width);
    const float other = own_row ? row_height(c) + c.theme.size.gap_min : 0;
    return answer_head_height(c, picker.label, picker.hint, width) +
           way_height(c, picker, width, extent) +
           (extent == Extent::whole ? letters_height(c, picker, width) + edition : 0) + other +
           answer_error_height(c, picker.error, width);
}

std::size_t columns_in(const Context& c, const DivisionPicker& picker, float width) {
    float widest = 0;
    for (const Division& division : picker.choices)
        widest = std::max(widest, text_width(c, division.name, c.theme.type.row));
    const bool two = picker.choices.size() > 4 &&
                     widest + c.theme.px(48) <= (width - c.theme.size.target_gap) / 2;
    return two ? 2 : 1;
}

// Breadcrumbs: each a press that goes back there.
void draw_way(Context& c, const DivisionPicker& picker, Rect area) {
    const auto& p = c.theme.colour;
    float x = area.x;
    for (std::size_t i = 0; i < picker.chosen.size(); ++i) {
        const auto& level = picker.chosen[i];
        const float sign = c.theme.px(36);
        const auto left = static_cast<float>(picker.chosen.size() - i);
        const float w = std::min(text_width(c, level.text, c.theme.type.body_bold) + c.theme.px(40),
                                 (area.right() - x) / left - sign);
        const Rect rect{x, area.y, std::max(w, c.theme.size.floor_target), area.h};
        const auto node = control(c, level.id, Role::link, rect);
        c.canvas.box(rect, c.pressed(level.id) ? p.tint_pressed : p.tint,
                     c.theme.large_type ? p.border : p.action,
                     c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                     c.theme.size.radius_button);
        write_in(c, node, {level.text, c.theme.type.body_bold, p.action, Align::centre},
                 rect.inset(c.theme.px(8), 0));
        x = rect.right();
        icon(c, "chevron-right", {x + sign / 2, area.centre_y()}, c.theme.px(28), p.secondary);
        x += sign;
    }
}

void draw_letters(Context& c, const DivisionPicker& picker, Turned& turned, Rect area) {
    const auto& p = c.theme.colour;
    const Letters grid = letters_of(c, picker, area.w);
    const float side = letter_size(c);
    const float step = (area.w + grid.gap) / static_cast<float>(grid.columns);
    int place = 0;
    const auto letter = [&](const std::string& text, const std::string& value, int room) {
        const std::string id = picker.id + ".initial." + (value.empty() ? "all" : value);
        const Rect rect{area.x + static_cast<float>(place % grid.columns) * step,
                        area.y + static_cast<float>(place / grid.columns) * (side + grid.gap),
                        step * static_cast<float>(room) - grid.gap, side};
        place += room;
        const bool chosen = turned.initial == value;
        const auto before = c.action;
        const auto node = control(c, id, Role::chip, rect);
        c.action = before;  // looking through the list is this page's own business
        if (c.activated(id)) {
            turned.initial = value;
            turned.page = 0;
            c.animating = true;
        }
        c.tree[node].selected = chosen;
        c.canvas.box(rect,
                     chosen          ? p.action
                     : c.pressed(id) ? p.tint_pressed
                                     : p.surface,
                     chosen ? p.action : p.border, c.theme.size.border, c.theme.size.radius_button);
        write_in(c, node,
                 {text, c.theme.type.body_bold, chosen ? p.on_action : p.text, Align::centre},
                 rect);
    };
    letter(std::string(base::text(base::MessageId::division_all, c.locale)), "", 2);
    for (const std::string& initial : initials(picker)) letter(initial, initial, 1);
}

void draw_choice(Context& c, const Division& division, Rect rect) {
    const auto& p = c.theme.colour;
    const auto node = control(c, division.id, Role::choice, rect);
    c.canvas.box(rect, c.pressed(division.id) ? p.tint_pressed : p.surface, p.border,
                 c.theme.size.border, c.theme.size.radius_button);
    write_in(c, node, {division.name, c.theme.type.row, p.text}, rect.inset(c.theme.px(24), 0));
}

}  // namespace

Heights measure(const Context& c, const DivisionPicker& picker, float width) {
    const std::size_t columns = columns_in(c, picker, width);
    const auto with = [&](std::size_t choices, Extent extent) {
        const auto shown = std::min(choices, picker.choices.size());
        const auto rows = static_cast<float>((shown + columns - 1) / columns);
        const float pager =
            picker.choices.size() > choices ? pager_height(c) + c.theme.size.gap_min : 0;
        return frame_height(c, picker, width, extent) +
               rows * (row_height(c) + c.theme.size.gap_min) + pager;
    };
    return {with(columns, Extent::brief), with(most_choices, Extent::whole)};
}

void draw(Context& c, const DivisionPicker& picker, Rect area) {
    const auto& p = c.theme.colour;
    const float gap = c.theme.size.gap_min, h = row_height(c);
    const float one_row = h + gap + pager_height(c) + gap;
    const Extent extent = frame_height(c, picker, area.w, Extent::whole) + one_row <= area.h + 0.5F
                              ? Extent::whole
                              : Extent::brief;
    const float fixed = frame_height(c, picker, area.w, extent);
    Turned& turned = c.scratch.turned[picker.id];
    float y = area.y + draw_answer_head(c, picker.label, picker.hint, area);
    const bool beside = other_beside(c, picker, area.w);
    if (beside) {
        const float w = other_width(c, picker);
        draw_way(c, picker, {area.x, y, area.w - w - gap, h});
        draw_text_action(c, picker.other, {area.right() - w, y, w, h});
    } else if (way_height(c, picker, area.w, extent) > 0) {
        draw_way(c, picker, {area.x, y, area.w, h});
    }
    y += way_height(c, picker, area.w, extent);
    const float letters = extent == Extent::whole ? letters_height(c, picker, area.w) : 0;
    if (letters > 0) draw_letters(c, picker, turned, {area.x, y, area.w, letters});
    y += letters;

    std::vector<const Division*> shown;
    for (const Division& division : picker.choices)
        if (letters == 0 || turned.initial.empty() || division.initial == turned.initial)
            shown.push_back(&division);
    const std::size_t columns = columns_in(c, picker, area.w);
    float room = area.h - fixed;
    const auto fitting = [&](float height) {
        const auto rows = static_cast<std::size_t>(std::max(1.F, (height + 0.5F) / (h + gap)));
        return std::min(most_choices, rows * columns);
    };
    std::size_t each = fitting(room);
    const bool paged = shown.size() > each;
    if (paged) each = fitting(room - pager_height(c) - gap);
    const int pages = std::max(1, static_cast<int>((shown.size() + each - 1) / each));
    turned.page = std::clamp(turned.page, 0, pages - 1);
    const std::size_t first = static_cast<std::size_t>(turned.page) * each;
    const float w =
        std::floor((area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    for (std::size_t i = first; i < std::min(first + each, shown.size()); ++i) {
        const std::size_t at = i - first;
        draw_choice(c, *shown[i],
                    {area.x + static_cast<float>(at % columns) * (w + gap),
                     y + static_cast<float>(at / columns) * (h + gap), w, h});
    }
    y += static_cast<float>((std::min(each, shown.size()) + columns - 1) / columns) * (h + gap);
    if (paged) {
        turned.page +=
            draw_pager(c, picker.id, turned.page, pages, {area.x, y, area.w, pager_height(c)});
        y += pager_height(c) + gap;
    }
    if (!picker.other.id.empty() && !beside) {
        draw_text_action(c, picker.other, {area.x, y, area.w, h});
        y += h + gap;
    }
    if (!picker.edition.empty() && extent == Extent::whole)
        y += write(c, {picker.edition, c.theme.type.small, p.secondary}, {area.x, y, area.w, 0});
    draw_answer_error(c, picker.error, picker.id, {area.x, y, area.w, 0});
}

}  // namespace ui::widgets
