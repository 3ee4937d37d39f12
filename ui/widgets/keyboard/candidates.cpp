#include "ui/widgets/keyboard/candidates.hpp"

#include "base/messages.hpp"
#include "ui/widgets/keyboard/editing.hpp"
#include "ui/widgets/keyboard/keys.hpp"
#include "ui/widgets/keyboard/methods.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using base::MessageId;
using screens::Field;

namespace {

void draw_candidate(Context& c, const Field& field, std::size_t i, Rect rect) {
    const auto& p = c.theme.colour;
    const std::string id = "candidate." + std::to_string(i);
    const std::string& words = c.scratch.composition.candidates[i];
    Node described;
    described.id = id;
    described.role = Role::candidate;
    described.rect = described.hit = rect;
    described.sensitivity = field.sensitivity;
    const auto node = c.tree.add(std::move(described));
    const bool first = i == 0;
    c.canvas.box(rect,
                 c.pressed(id) ? (first ? p.action_pressed : p.tint_pressed)
                               : (first ? p.action : p.surface),
                 first ? p.action : c.theme.colour.separator, c.theme.px(1),
                 c.theme.size.radius_button);
    const Type& type = first ? c.theme.type.label : c.theme.type.row;
    write_in(c, node, {words, type, first ? p.on_action : p.text, Align::centre}, rect);
    if (c.activated(id)) choose_candidate(c, field, i);
}

// To the candidates from `next` on, or back when it is 0.
void draw_pager(Context& c, const Field&, Rect rect, std::size_t next) {
    const auto& p = c.theme.colour;
    const bool on = next > 0;
    const std::string id = on ? "candidate.next" : "candidate.back";
    Node described;
    described.id = id;
    described.role = Role::candidate;
    described.text = base::text(
        on ? MessageId::key_more_candidates : MessageId::key_earlier_candidates, c.locale);
    described.rect = described.hit = rect;
    c.tree.add(std::move(described));
    c.canvas.box(rect, c.pressed(id) ? p.tint_pressed : p.surface, c.theme.colour.separator,
                 c.theme.px(1), c.theme.size.radius_button);
    icon(c, on ? "chevron-right" : "chevron-left", {rect.centre_x(), rect.centre_y()},
         c.theme.px(48), p.action);
    if (c.activated(id)) turn_candidates(c, next);
}

// What to do while there is nothing to choose from; nothing on the pages of plain characters.
std::optional<MessageId> hint(Context& c) {
    using State = ime::TextComposer::State;
    const KeyboardMode mode = keyboard_mode(c);
    if (composing(c)) return MessageId::no_candidate;
    const auto state = c.composer ? c.composer->state() : State::unavailable;
    if (mode == KeyboardMode::latin && !c.scratch.method && state == State::unavailable)
        return MessageId::input_unavailable;
    if (script_of(mode) && state == State::preparing) {
        c.animating = true;
        return MessageId::input_loading;
    }
    switch (mode) {
        case KeyboardMode::pinyin:
            return MessageId::candidates_hint;
        case KeyboardMode::nine_key:
            return MessageId::nine_key_hint;
        case KeyboardMode::handwriting:
            return MessageId::handwriting_hint;
        case KeyboardMode::strokes:
            return MessageId::strokes_hint;
        case KeyboardMode::symbols:
        case KeyboardMode::latin:
        case KeyboardMode::digits:
            break;
    }
    return std::nullopt;
}

// Cells from left to right, row by row.
struct Flow {
    Rect area;
    float row_height, gap;
    float x, y;
    // The last row keeps room at its end.
    float reserved;

    float right() const {
        const bool last = y + 1.5F * row_height > area.bottom();
        return area.right() - (last ? reserved : 0);
    }
    std::optional<Rect> place(float w) {
        w = std::min(w, area.w - reserved);
        if (x > area.x && x + w > right()) {
            if (y + 1.5F * row_height > area.bottom()) return std::nullopt;
            x = area.x;
            y += row_height + gap;
        }
        if (x + w > right() + 0.5F) return std::nullopt;
        const Rect cell{x, y, w, row_height};
        x += w + gap;
        return cell;
    }
};

}  // namespace

void draw_candidates(Context& c, const Field& field, Rect area, int rows, float gap) {
    const auto count = static_cast<float>(rows);
    const float row_height = std::floor((area.h - gap * (count - 1)) / count);
    if (field.middle_dot) {
        // In the last row's place would the pager move with it: it stands at the end of the first.
        Key dot;
        dot.id = "key.·";
        dot.label = "·";
        const float w = c.theme.px(c.theme.large_type ? 104 : 88);
        draw_key(c, field, dot, {area.right() - w, area.y, w, area.h});
        area.w -= w + gap;
    }
    const auto& candidates = c.scratch.composition.candidates;
    if (candidates.empty()) {
        const auto words = hint(c);
        if (!words) return;
        const auto node = thing(c, Role::status, area, "input_state");
        write_in(c, node,
                 {base::text(*words, c.locale), c.theme.type.small, c.theme.colour.secondary},
                 area.inset(c.theme.px(12), 0));
        return;
    }
    // As many as fit: short words get even cells, long ones the room they need.
    const float pager = c.theme.px(c.theme.large_type ? 104 : 92);
    Flow flow{area, row_height, gap, area.x, area.y, pager + gap};
    if (!c.scratch.earlier.empty())
        if (const auto cell = flow.place(pager)) draw_pager(c, field, *cell, 0);
    const float across = std::max(5.F, std::floor((area.w - pager) / c.theme.px(132)));
    const float floor =
        std::max(c.theme.size.key_min, std::floor((area.w - pager - across * gap) / across));
    std::size_t i = c.scratch.candidate;
    for (; i < candidates.size(); ++i) {
        const Type& type = i == 0 ? c.theme.type.label : c.theme.type.row;
        const float w =
            std::max(floor, std::ceil(text_width(c, candidates[i], type)) + c.theme.px(40));
        const auto cell = flow.place(w);
        if (!cell) break;
        draw_candidate(c, field, i, *cell);
    }
    if (i < candidates.size())
        draw_pager(
            c, field,
            {area.right() - pager, area.y + (count - 1) * (row_height + gap), pager, row_height},
            i);
}

}  // namespace ui::widgets
