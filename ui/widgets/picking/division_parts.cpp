#include "ui/widgets/picking/division_parts.hpp"

#include "base/messages.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace ui::widgets::division {

using screens::DivisionPicker;

namespace {

constexpr float rows_beside_letters = 3;
// With less room than for so many rows, three names share one where they fit.
constexpr float low_rows = 4;

float letter_size(const Context& c) {
    return c.theme.px(c.theme.large_type ? 88 : 68);
}

float sign_width(const Context& c) {
    return c.theme.px(36);
}

float crumb_width(const Context& c, const Crumb& crumb) {
    return text_width(c, crumb.text, c.theme.type.body_bold) + c.theme.px(40);
}

// Every crumb as wide as it likes, or an equal part of what the ones before it left.
std::vector<float> crumb_widths(const Context& c, const std::vector<Crumb>& way, float width) {
    std::vector<float> out;
    for (std::size_t i = 0; i < way.size(); ++i) {
        const auto left = static_cast<float>(way.size() - i);
        const float part = width / left - (way[i].letter ? 0 : sign_width(c));
        out.push_back(std::floor(
            std::max(c.theme.size.floor_target, std::min(crumb_width(c, way[i]), part))));
        width -= out.back() + sign_width(c);
    }
    return out;
}

// Smaller where the names do not fit as they are, before they are broken.
const Type& crumb_type(const Context& c, const std::vector<Crumb>& way, float width) {
    return way_width(c, way) <= width ? c.theme.type.body_bold : c.theme.type.small_bold;
}

struct Grid {
    int columns = 1, rows = 0;
};
Grid grid_of(const Context& c, std::size_t letters, float width) {
    const float gap = c.theme.size.gap_min;
    const int columns = std::max(3, static_cast<int>((width + gap) / (letter_size(c) + gap)));
    // 全部 takes the room of two.
    return {columns, (static_cast<int>(letters) + 2 + columns - 1) / columns};
}

std::size_t columns_in(const Context& c, const DivisionPicker& picker, float width,
                       std::size_t most) {
    float widest = 0;
    for (const auto& division : picker.choices)
        widest = std::max(widest, text_width(c, division.name, c.theme.type.row));
    const auto fit = [&](std::size_t columns) {
        const auto n = static_cast<float>(columns);
        const float padding = c.theme.px(columns > 2 ? 32 : 48);
        return widest + padding <= std::floor((width - c.theme.size.gap_min * (n - 1)) / n);
    };
    for (std::size_t columns = most; columns > 1; --columns)
        if (picker.choices.size() > 2 * columns && fit(columns)) return columns;
    return 1;
}

std::vector<Crumb> way_of(const Context& c, const DivisionPicker& picker, bool with_letter) {
    std::vector<Crumb> way;
    for (const auto& level : picker.chosen) way.push_back({level.id, level.text, false});
    if (with_letter)
        way.push_back({picker.id + ".initial.change",
                       std::string(base::text(base::MessageId::division_letters, c.locale)), true});
    return way;
}

float edition_height(const Context& c, const DivisionPicker& picker, float width) {
    if (picker.edition.empty()) return 0;
    return text_height(c, picker.edition, c.theme.type.small, width) + c.theme.px(8);
}

// All but letters, places and edition.
float frame_height(const Context& c, const DivisionPicker& picker, const Plan& plan, float width) {
    const bool own_row = !picker.other.id.empty() && !plan.other_beside;
    return answer_head_height(c, picker.label, picker.hint, width) + plan.way_height +
           (own_row ? row_height(c) + c.theme.size.gap_min : 0) +
           answer_error_height(c, picker.error, width);
}

Plan framed(const Context& c, const DivisionPicker& picker, float width, bool with_letter) {
    Plan plan;
    plan.way = way_of(c, picker, with_letter);
    plan.other_beside =
        !picker.other.id.empty() && !plan.way.empty() &&
        way_width(c, plan.way) + other_width(c, picker) + c.theme.size.gap_min <= width;
    plan.way_height = way_height(c, plan.way, width);
    return plan;
}

float turning_height(const Context& c) {
    return pager_height(c) + c.theme.size.gap_min;
}

}  // namespace

float row_height(const Context& c) {
    return c.theme.size.list_row;
}

float way_width(const Context& c, const std::vector<Crumb>& way) {
    float width = 0;
    for (const Crumb& crumb : way)
        width += crumb_width(c, crumb) + (crumb.letter ? 0 : sign_width(c));
    return width;
}

float way_height(const Context& c, const std::vector<Crumb>& way, float width) {
    if (way.empty()) return 0;
    float height = row_height(c);
    const auto widths = crumb_widths(c, way, width);
    for (std::size_t i = 0; i < way.size(); ++i)
        height = std::max(height, text_height(c, way[i].text, crumb_type(c, way, width),
                                              widths[i] - c.theme.px(16)) +
                                      c.theme.px(12));
    return height + c.theme.size.gap_min;
}

bool draw_way(Context& c, const std::vector<Crumb>& way, Rect area) {
    const auto& p = c.theme.colour;
    const auto widths = crumb_widths(c, way, area.w);
    const Type& type = crumb_type(c, way, area.w);
    bool letter_pressed = false;
    float x = area.x;
    for (std::size_t i = 0; i < way.size(); ++i) {
        const Crumb& crumb = way[i];
        const Rect rect{x, area.y, widths[i], area.h};
        const auto before = c.action;
        const auto node = control(c, crumb.id, crumb.letter ? Role::chip : Role::link, rect);
        if (crumb.letter) {
            letter_pressed = c.activated(crumb.id);
            c.action = before;  // looking through the list is this page's own business
        }
        c.canvas.box(rect,
                     c.pressed(crumb.id) ? p.tint_pressed
                     : crumb.letter      ? p.surface
                                         : p.tint,
                     c.theme.large_type || crumb.letter ? p.border : p.action,
                     c.theme.large_type || crumb.letter ? c.theme.size.border : c.theme.px(1),
                     c.theme.size.radius_button);
        write_in(c, node, {crumb.text, type, crumb.letter ? p.text : p.action, Align::centre},
                 rect.inset(c.theme.px(8), 0));
        x = rect.right();
        if (crumb.letter) continue;
        icon(c, "chevron-right", {x + sign_width(c) / 2, area.centre_y()}, c.theme.px(28),
             p.secondary);
        x += sign_width(c);
    }
    return letter_pressed;
}

std::vector<std::string> initials(const DivisionPicker& picker) {
    std::set<std::string> sorted;
    for (const auto& division : picker.choices)
        if (!division.initial.empty()) sorted.insert(division.initial);
    // One alone chooses nothing.
    if (sorted.size() < 2) return {};
    return {sorted.begin(), sorted.end()};
}

float letters_height(const Context& c, const std::vector<std::string>& letters, float width) {
    if (letters.empty()) return 0;
    return static_cast<float>(grid_of(c, letters.size(), width).rows) *
           (letter_size(c) + c.theme.size.gap_min);
}

std::optional<std::string> draw_letters(Context& c, const DivisionPicker& picker,
                                        const std::vector<std::string>& letters,
                                        std::string_view chosen, Rect area) {
    const auto& p = c.theme.colour;
    const Grid grid = grid_of(c, letters.size(), area.w);
    const float side = letter_size(c), gap = c.theme.size.gap_min;
    const float step = (area.w + gap) / static_cast<float>(grid.columns);
    std::optional<std::string> pressed;
    int place = 0;
    const auto letter = [&](std::string_view text, const std::string& value, int room) {
        const std::string id = picker.id + ".initial." + value;
        const Rect rect{area.x + static_cast<float>(place % grid.columns) * step,
                        area.y + static_cast<float>(place / grid.columns) * (side + gap),
                        step * static_cast<float>(room) - gap, side};
        place += room;
        const bool now = chosen == value;
        const auto before = c.action;
        const auto node = control(c, id, Role::chip, rect);
        c.action = before;  // looking through the list is this page's own business
        if (c.activated(id)) pressed = value;
        c.tree[node].selected = now;
        c.canvas.box(rect,
                     now             ? p.action
                     : c.pressed(id) ? p.tint_pressed
                                     : p.surface,
                     now ? p.action : p.border, c.theme.size.border, c.theme.size.radius_button);
        write_in(c, node, {text, c.theme.type.body_bold, now ? p.on_action : p.text, Align::centre},
                 rect);
        // Chosen is a line below the letter, too, for who sees no colours.
        if (now)
            c.canvas.fill({rect.centre_x() - c.theme.px(18), rect.bottom() - c.theme.px(10),
                           c.theme.px(36), c.theme.px(4)},
                          p.on_action, c.theme.px(2));
    };
    letter(base::text(base::MessageId::division_all, c.locale), std::string(every_letter), 2);
    for (const std::string& initial : letters) letter(initial, initial, 1);
    return pressed;
}

float other_width(const Context& c, const DivisionPicker& picker) {
    const Type& type = c.theme.type.body_bold;
    return text_width(c, picker.other.text, type) + type.em + c.theme.px(60);
}

std::size_t fitting(const Context& c, std::size_t columns, float height) {
    const float each = row_height(c) + c.theme.size.gap_min;
    const auto rows = static_cast<std::size_t>(std::max(1.F, (height + 0.5F) / each));
    return std::min(most_places, rows * columns);
}

Plan plan_of(const Context& c, const DivisionPicker& picker, float width, float height) {
    const float edition = edition_height(c, picker, width);
    const float each = row_height(c) + c.theme.size.gap_min;
    const std::size_t count = picker.choices.size();
    Plan plan = framed(c, picker, width, false);
    plan.room = height - frame_height(c, picker, plan, width);
    const auto most_columns = [&] { return plan.room < low_rows * each ? 3U : 2U; };
    plan.columns = columns_in(c, picker, width, most_columns());
    const auto letters = initials(picker);
    const bool all_fit = fitting(c, plan.columns, plan.room) >= count;
    const bool two_pages = count <= most_places &&
                           2 * fitting(c, plan.columns, plan.room - turning_height(c)) >= count;
    if (all_fit || two_pages || letters.empty()) {
        const auto rows =
            static_cast<float>((std::min(count, most_places) + plan.columns - 1) / plan.columns);
        const float wanted = rows * each + (all_fit ? 0 : turning_height(c));
        plan.edition = edition > 0 && wanted + edition <= plan.room + 0.5F;
        if (plan.edition) plan.room -= edition;
        return plan;
    }
    plan.letters = letters;
    plan.letters_height = letters_height(c, letters, width);
    const float least = rows_beside_letters * each + turning_height(c) - 0.5F;
    const float below = plan.room - plan.letters_height;
    if (below >= least) {
        plan.edition = edition > 0 && below - edition >= least;
        plan.room = below - (plan.edition ? edition : 0);
        return plan;
    }
    plan = framed(c, picker, width, true);
    plan.letters = letters;
    plan.letters_height = letters_height(c, letters, width);
    plan.letters_first = true;
    plan.room = height - frame_height(c, picker, plan, width);
    plan.columns = columns_in(c, picker, width, most_columns());
    plan.edition =
        edition > 0 && plan.room - edition >= std::max(plan.letters_height, low_rows * each) - 0.5F;
    if (plan.edition) plan.room -= edition;
    return plan;
}

Heights heights(const Context& c, const DivisionPicker& picker, float width) {
    const std::size_t columns = columns_in(c, picker, width, 2), count = picker.choices.size();
    const float each = row_height(c) + c.theme.size.gap_min;
    const auto letters = initials(picker);
    const auto places = [&](std::size_t most) {
        const auto rows = static_cast<float>((std::min(most, count) + columns - 1) / columns);
        return rows * each + (count > most ? turning_height(c) : 0);
    };
    const bool first = !letters.empty() && count > columns;
    const float least = std::max(places(columns), first ? letters_height(c, letters, width) : 0.F);
    const float above = count > most_places ? letters_height(c, letters, width) : 0;
    return {frame_height(c, picker, framed(c, picker, width, first), width) + least,
            frame_height(c, picker, framed(c, picker, width, false), width) + above +
                places(most_places) + edition_height(c, picker, width)};
}

}  // namespace ui::widgets::division
