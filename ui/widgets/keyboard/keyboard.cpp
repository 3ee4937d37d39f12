#include "ui/widgets/keyboard.hpp"

#include "base/messages.hpp"
#include "ui/text/utf8.hpp"
#include "ui/widgets/keyboard/editing.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using base::MessageId;
using screens::Field;
using screens::Keyboard;

namespace {

enum class KeyLook { letter, function };
struct Key {
    std::string id;
    std::string label;
    float units = 1;  // of a tenth of the width
    KeyLook look = KeyLook::letter;
    std::string_view icon = {};
};
struct Row {
    float indent_units = 0;
    std::vector<Key> keys;
};

struct Metrics {
    float pad_x, pad_top, pad_bottom, gap_x, gap_y, candidate;
};

Metrics metrics(const Context& c, const Field& field) {
    const bool pinyin = field.keyboard == Keyboard::pinyin;
    return {c.theme.px(24), c.theme.px(20), c.theme.px(20),
            c.theme.px(8),  c.theme.px(12), pinyin ? c.theme.size.candidate : 0};
}

std::string word(const Context& c, MessageId id) {
    return std::string(base::text(id, c.locale));
}

Key letter(char32_t character, float units = 1) {
    Key key;
    text::append(key.label, character);
    key.id = "key." + key.label;
    key.units = units;
    return key;
}
Key function(const Context& c, std::string id, MessageId label, float units) {
    return {"key." + std::move(id), word(c, label), units, KeyLook::function, {}};
}
Key erase(const Context& c, float units) {
    return {"key.delete", word(c, MessageId::key_delete), units, KeyLook::function, "backspace"};
}
Row letters(std::u32string_view characters, float indent = 0) {
    Row row;
    row.indent_units = indent;
    for (const char32_t character : characters) row.keys.push_back(letter(character));
    return row;
}

std::vector<Row> number_rows(const Context& c, bool with_x) {
    std::vector<Row> rows;
    for (const auto* characters : {U"123", U"456", U"789"}) {
        Row row;
        for (const char32_t character : std::u32string_view(characters))
            row.keys.push_back(letter(character, 10.F / 3));
        rows.push_back(std::move(row));
    }
    Row last;
    last.keys.push_back(with_x ? letter(U'X', 10.F / 3)
                               : function(c, "hide", MessageId::key_hide, 10.F / 3));
    last.keys.push_back(letter(U'0', 10.F / 3));
    last.keys.push_back(erase(c, 10.F / 3));
    rows.push_back(std::move(last));
    return rows;
}

std::vector<Row> letter_rows(const Context& c, KeyboardMode mode) {
    const bool upper = mode == KeyboardMode::latin_upper;
    std::vector<Row> rows;
    rows.push_back(letters(upper ? U"QWERTYUIOP" : U"qwertyuiop"));
    rows.push_back(letters(upper ? U"ASDFGHJKL" : U"asdfghjkl", 0.5F));
    Row third = letters(upper ? U"ZXCVBNM" : U"zxcvbnm");
    third.keys.insert(third.keys.begin(), mode == KeyboardMode::pinyin
                                              ? function(c, "divider", MessageId::key_divider, 1.5F)
                                              : function(c, "shift", MessageId::key_shift, 1.5F));
    third.keys.push_back(erase(c, 1.5F));
    rows.push_back(std::move(third));
    return rows;
}

// What stands on a slip: capitals and digits without those that look alike (0 O, 1 I).
std::vector<Row> code_rows(const Context& c) {
    std::vector<Row> rows;
    rows.push_back(letters(U"23456789", 1));
    rows.push_back(letters(U"QWERTYUP", 1));
    rows.push_back(letters(U"ASDFGHJKL", 0.5F));
    Row last = letters(U"ZXCVBNM", 0.5F);
    last.keys.push_back(erase(c, 2));
    rows.push_back(std::move(last));
    return rows;
}

// Digits and the words and signs of an address.
std::vector<Row> digit_rows(const Context& c) {
    std::vector<Row> rows;
    rows.push_back(letters(U"1234567890"));
    rows.push_back(letters(U"-#·，。、（）", 1));
    Row third = letters(U"号楼栋室组村路");
    third.keys.insert(third.keys.begin(), letter(U'/', 1.5F));
    third.keys.push_back(erase(c, 1.5F));
    rows.push_back(std::move(third));
    return rows;
}

std::vector<Row> rows_of(const Context& c, const Field& field) {
    if (field.keyboard == Keyboard::code) return code_rows(c);
    if (field.keyboard != Keyboard::pinyin)
        return number_rows(c, field.keyboard == Keyboard::number_x);
    const KeyboardMode mode = c.scratch.mode;
    std::vector<Row> rows = mode == KeyboardMode::digits ? digit_rows(c) : letter_rows(c, mode);
    Row last;
    last.keys.push_back(mode == KeyboardMode::digits
                            ? function(c, "letters", MessageId::key_letters, 1.5F)
                            : function(c, "digits", MessageId::key_digits, 1.5F));
    last.keys.push_back(function(c, "language", MessageId::key_language, 1.5F));
    last.keys.push_back({"key.space", word(c, MessageId::key_space), 5, KeyLook::letter, {}});
    last.keys.push_back(function(c, "hide", MessageId::key_hide, 2));
    rows.push_back(std::move(last));
    return rows;
}

void draw_key(Context& c, const Field& field, const Key& key, Rect rect) {
    const auto& p = c.theme.colour;
    Node described;
    described.id = key.id;
    described.role = Role::key;
    described.rect = described.hit = rect;
    const auto node = c.tree.add(std::move(described));
    const bool pressed = c.pressed(key.id);
    const bool plain = key.look == KeyLook::letter;
    const bool on = key.id == "key.shift" && c.scratch.mode == KeyboardMode::latin_upper;
    const Colour ground = pressed ? p.tint_pressed
                          : on    ? p.tint
                          : plain ? p.surface
                                  : p.key_function;
    c.canvas.box(rect, ground, pressed || on ? p.action : c.theme.colour.separator,
                 c.theme.elder ? c.theme.px(2) : c.theme.px(1), c.theme.size.radius_button);
    if (!key.icon.empty()) {
        icon(c, key.icon, {rect.centre_x(), rect.centre_y()}, c.theme.px(48), p.text);
        c.tree[node].text = key.label;
    } else {
        const bool sign = text::code_points(key.label) == 1;
        const Type& type = sign ? c.theme.type.heading : c.theme.type.row;
        const Type regular{type.em, type.line_height, theme::Weight::regular};
        write_in(c, node, {key.label, regular, p.text, Align::centre}, rect);
    }
    if (c.activated(key.id)) press_key(c, field, key.id, key.label);
}

void draw_rows(Context& c, const Field& field, Rect area, const Metrics& m) {
    const std::vector<Row> rows = rows_of(c, field);
    const auto count = static_cast<float>(rows.size());
    const float key_h =
        std::min((area.h - m.gap_y * (count - 1)) / count, c.theme.px(c.theme.elder ? 132 : 124));
    const float unit = (area.w + m.gap_x) / 10;
    float y = area.y;
    for (const Row& row : rows) {
        float at = row.indent_units;
        for (const Key& key : row.keys) {
            const float left = std::round(area.x + at * unit);
            const float right = std::round(area.x + (at + key.units) * unit - m.gap_x);
            draw_key(c, field, key, {left, std::round(y), right - left, std::floor(key_h)});
            at += key.units;
        }
        y += key_h + m.gap_y;
    }
}

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
void draw_pager(Context& c, const Field& field, Rect rect, std::size_t next) {
    const auto& p = c.theme.colour;
    const bool on = next > 0;
    const std::string id = on ? "candidate.next" : "candidate.back";
    Node described;
    described.id = id;
    described.role = Role::candidate;
    described.text =
        word(c, on ? MessageId::key_more_candidates : MessageId::key_earlier_candidates);
    described.rect = described.hit = rect;
    c.tree.add(std::move(described));
    c.canvas.box(rect, c.pressed(id) ? p.tint_pressed : p.surface, c.theme.colour.separator,
                 c.theme.px(1), c.theme.size.radius_button);
    icon(c, on ? "chevron-right" : "chevron-left", {rect.centre_x(), rect.centre_y()},
         c.theme.px(48), p.action);
    if (c.activated(id)) turn_candidates(c, field, next);
}

void draw_candidates(Context& c, const Field& field, Rect area, float gap) {
    const ime::Composition& composition = c.scratch.composition;
    if (composition.letters.empty()) {
        MessageId hint = MessageId::pinyin_hint;
        if (c.composer && c.composer->state() == ime::TextComposer::State::preparing) {
            hint = MessageId::pinyin_loading;
            c.animating = true;
        }
        if (!c.composer || c.composer->state() == ime::TextComposer::State::unavailable)
            hint = MessageId::pinyin_unavailable;
        if (c.scratch.mode != KeyboardMode::pinyin && hint == MessageId::pinyin_hint) return;
        const Rect rect = area;
        const auto node = thing(c, Role::status, rect, "pinyin_state");
        write_in(c, node,
                 {base::text(hint, c.locale), c.theme.type.small, c.theme.colour.secondary},
                 rect.inset(c.theme.px(12), 0));
        return;
    }
    // As many as fit: short words get even cells, long ones the room they need.
    const float pager = c.theme.px(c.theme.elder ? 104 : 92);
    const bool back = !c.scratch.earlier.empty();
    float x = area.x;
    if (back) {
        draw_pager(c, field, {x, area.y, pager, area.h}, 0);
        x += pager + gap;
    }
    const float right = area.right() - pager - gap;
    const float floor = std::max(c.theme.size.key_min, std::floor((area.w - pager - 6 * gap) / 6));
    std::size_t i = c.scratch.candidate;
    for (; i < composition.candidates.size(); ++i) {
        const Type& type = i == 0 ? c.theme.type.label : c.theme.type.row;
        const float w = std::max(
            floor, std::ceil(text_width(c, composition.candidates[i], type)) + c.theme.px(40));
        if (x + w > right && i > c.scratch.candidate) break;
        draw_candidate(c, field, i, {x, area.y, std::min(w, right - x), area.h});
        x += w + gap;
    }
    if (i < composition.candidates.size())
        draw_pager(c, field, {area.right() - pager, area.y, pager, area.h}, i);
}

}  // namespace

Heights measure_keyboard(const Context& c, const Field& field, float) {
    const Metrics m = metrics(c, field);
    const float fixed = m.pad_top + m.pad_bottom + 3 * m.gap_y +
                        (m.candidate > 0 ? m.candidate + c.theme.px(16) : 0);
    return {fixed + 4 * c.theme.size.key_min, fixed + 4 * c.theme.size.key};
}

void draw_keyboard(Context& c, const Field& field, Rect area) {
    const Metrics m = metrics(c, field);
    c.canvas.fill(area, c.theme.colour.key_ground);
    c.canvas.fill({area.x, area.y, area.w, c.theme.px(2)}, c.theme.colour.separator);
    if (c.scratch.field != field.id) {
        c.scratch.wipe_composition();
        c.scratch.field = field.id;
        if (c.composer) c.composer->clear();
    }
    Rect inner{area.x + m.pad_x, area.y + m.pad_top, area.w - 2 * m.pad_x,
               area.h - m.pad_top - m.pad_bottom};
    if (m.candidate > 0) {
        if (c.composer) c.composer->prepare();
        draw_candidates(c, field, {inner.x, inner.y, inner.w, m.candidate}, c.theme.px(12));
        const float used = m.candidate + c.theme.px(16);
        inner.y += used;
        inner.h -= used;
    } else {
        // Number keys wider than a hand are no easier to hit.
        const float w = std::min(inner.w, c.theme.px(960));
        inner.x += std::round((inner.w - w) / 2);
        inner.w = w;
    }
    draw_rows(c, field, inner, m);
}

}  // namespace ui::widgets
