#include "ui/widgets/keyboard/methods.hpp"

#include "base/messages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace ui::widgets {

using base::MessageId;

namespace {

struct Method {
    KeyboardMode mode;
    std::string_view id;
    MessageId name;
};
constexpr auto methods = std::to_array<Method>({
    {KeyboardMode::pinyin, "method.pinyin", MessageId::method_pinyin},
    {KeyboardMode::nine_key, "method.nine_key", MessageId::method_nine_key},
    {KeyboardMode::handwriting, "method.handwriting", MessageId::method_handwriting},
    {KeyboardMode::strokes, "method.strokes", MessageId::method_strokes},
    {KeyboardMode::symbols, "method.symbols", MessageId::method_symbols},
    {KeyboardMode::latin, "method.latin", MessageId::method_latin},
    {KeyboardMode::digits, "method.digits", MessageId::method_digits},
});

bool is_plain(const screens::Field& field) {
    return field.keyboard == screens::Keyboard::ascii;
}

void choose(Context& c, const screens::Field& field, KeyboardMode mode) {
    Scratch& scratch = c.scratch;
    scratch.wipe_composition();
    if (c.composer) c.composer->clear();
    scratch.capitals = false;
    // Letters that search say nothing about how this person writes words.
    const bool searches =
        field.keyboard == screens::Keyboard::search && mode == KeyboardMode::latin;
    if (mode == KeyboardMode::symbols || mode == KeyboardMode::digits || searches ||
        is_plain(field)) {
        scratch.aside = mode;
    } else {
        scratch.method = mode;
        scratch.aside.reset();
    }
    c.animating = true;
}

void draw_method(Context& c, std::string_view id, std::string_view word, const Type& type,
                 bool selected, Rect rect) {
    const auto& p = c.theme.colour;
    Node described;
    described.id = id;
    described.role = Role::chip;
    described.rect = described.hit = rect;
    described.selected = selected;
    const auto node = c.tree.add(std::move(described));
    const Colour ground = c.pressed(id) ? p.tint_pressed : selected ? p.surface : p.key_ground;
    c.canvas.box(rect, ground, selected ? p.action : p.border_quiet,
                 c.theme.px(selected             ? 3
                            : c.theme.large_type ? 2
                                                 : 1),
                 c.theme.size.radius_button);
    write_in(c, node, {word, type, selected ? p.action : p.text, Align::centre}, rect);
    // The page of keys that is up is underlined: its colour alone says nothing to some eyes.
    if (selected)
        c.canvas.fill({rect.centre_x() - c.theme.px(22), rect.bottom() - c.theme.px(12),
                       c.theme.px(44), c.theme.px(4)},
                      p.action, c.theme.px(2));
}

}  // namespace

std::optional<ime::Script> script_of(KeyboardMode mode) {
    switch (mode) {
        case KeyboardMode::pinyin:
            return ime::Script::pinyin;
        case KeyboardMode::nine_key:
            return ime::Script::nine_key;
        case KeyboardMode::strokes:
            return ime::Script::strokes;
        case KeyboardMode::handwriting:
        case KeyboardMode::symbols:
        case KeyboardMode::latin:
        case KeyboardMode::digits:
            break;
    }
    return std::nullopt;
}

bool has_candidates(KeyboardMode mode) {
    return script_of(mode) || mode == KeyboardMode::handwriting;
}

bool is_offered(const Context& c, KeyboardMode mode) {
    if (mode == KeyboardMode::handwriting) return c.handwriting && c.handwriting->offered();
    const auto script = script_of(mode);
    return !script || (c.composer && c.composer->offers(*script));
}

KeyboardMode keyboard_mode(const Context& c) {
    if (c.scratch.aside) return *c.scratch.aside;
    if (c.scratch.method && is_offered(c, *c.scratch.method)) return *c.scratch.method;
    // Small keys only where they were asked for or hands are young (UX-003).
    static constexpr std::array standard{KeyboardMode::pinyin, KeyboardMode::handwriting};
    static constexpr std::array elder{KeyboardMode::handwriting, KeyboardMode::nine_key};
    for (const KeyboardMode mode : c.old_hands ? elder : standard)
        if (is_offered(c, mode)) return mode;
    return KeyboardMode::latin;
}

void draw_methods(Context& c, const screens::Field& field, Rect area) {
    const KeyboardMode now = keyboard_mode(c);
    const float gap = c.theme.px(c.old_hands ? 16 : 12);
    struct Cell {
        const Method* method;
        float width;
    };
    std::vector<Cell> cells;
    const Type& type = c.theme.type.small_bold;
    const float hide = std::max(c.theme.size.floor_target, c.theme.px(84));
    const auto measure = [&](base::Locale locale) {
        cells.clear();
        float sum = hide;
        for (const Method& method : methods) {
            const bool plain =
                method.mode == KeyboardMode::latin || method.mode == KeyboardMode::symbols;
            if (!is_offered(c, method.mode) || (is_plain(field) && !plain)) continue;
            const float words = text_width(c, base::text(method.name, locale), type);
            cells.push_back({&method, std::max(c.theme.size.floor_target, words + c.theme.px(12))});
            sum += cells.back().width + gap;
        }
        return area.w - sum;
    };
    // Where English names are too wide for the row, those who write Chinese read the Chinese ones.
    base::Locale names = c.locale;
    float left_over = measure(names);
    if (left_over < 0) left_over = measure(names = base::Locale::zh);
    const float more = std::floor(left_over / static_cast<float>(cells.size()));
    float x = area.x;
    for (const Cell& cell : cells) {
        const Method& method = *cell.method;
        const float w = std::floor(cell.width + more);
        if (c.activated(method.id)) choose(c, field, method.mode);
        draw_method(c, method.id, base::text(method.name, names), type, method.mode == now,
                    {x, area.y, w, area.h});
        if (names != c.locale) c.tree.newest().label = base::text(method.name, c.locale);
        x += w + gap;
    }
    const Rect last{area.right() - hide, area.y, hide, area.h};
    Node described;
    described.id = "key.hide";
    described.role = Role::chip;
    described.text = base::text(MessageId::key_hide, c.locale);
    described.rect = described.hit = last;
    c.tree.add(std::move(described));
    const auto& p = c.theme.colour;
    c.canvas.box(last, c.pressed("key.hide") ? p.tint_pressed : p.key_function, p.border_quiet,
                 c.theme.px(c.theme.large_type ? 2 : 1), c.theme.size.radius_button);
    icon(c, "keyboard-hide", {last.centre_x(), last.centre_y()}, c.theme.px(44), p.text);
    if (c.activated("key.hide")) {
        c.scratch.keyboard_hidden = true;
        c.animating = true;
    }
}

}  // namespace ui::widgets
