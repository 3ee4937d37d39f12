#include "ui/widgets/keyboard.hpp"

#include "base/messages.hpp"
#include "ui/widgets/keyboard/candidates.hpp"
#include "ui/widgets/keyboard/editing.hpp"
#include "ui/widgets/keyboard/keys.hpp"
#include "ui/widgets/keyboard/methods.hpp"
#include "ui/widgets/keyboard/writing_pad.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Field;
using screens::Keyboard;

namespace {

constexpr float pad_mm = 90;  // of the writing pad at least (UX-136)

// The same ground for every page of the text keyboard, so that switching moves nothing.
struct Metrics {
    float pad_x, pad_y, methods, candidate, between;
    KeyGaps gaps;
};

// Between keys and what is no key; between keys less is enough (UX-004).
float apart(const Context& c) {
    return c.theme.px(c.old_hands ? 16 : 12);
}
Metrics roomy(const Context& c) {
    const auto& t = c.theme;
    return {t.px(24),         t.px(16), t.size.floor_target,
            t.size.candidate, apart(c), {t.px(8), t.px(12)}};
}
// A low panel: everything as close as fingers allow (UX-004).
Metrics close(const Context& c) {
    const auto& t = c.theme;
    return {t.px(24), t.px(12), t.size.floor_target, t.px(84), apart(c), {t.px(6), t.px(6)}};
}
float outside_keys(const Metrics& m) {
    return 2 * m.pad_y + m.methods + m.candidate + m.between + m.gaps.down;
}

Heights number_heights(const Context& c) {
    const float fixed = 2 * c.theme.px(20) + 3 * c.theme.px(12);
    // Digits of 25 mm for old hands, whatever else the page has to say.
    const float least = c.old_hands ? c.theme.px(102) : c.theme.size.key_min;
    return {fixed + 4 * least, fixed + 4 * std::max(least, c.theme.size.key)};
}

// Digits wider than a hand are no easier to hit.
void draw_numbers(Context& c, const Field& field, Rect inner) {
    const bool letters = field.keyboard == Keyboard::code || field.keyboard == Keyboard::plate ||
                         field.keyboard == Keyboard::credit_code;
    const float w = letters ? inner.w : std::min(inner.w, c.theme.px(960));
    inner.x += std::round((inner.w - w) / 2);
    inner.w = w;
    draw_rows(c, field, layout_of(c, field), inner, {c.theme.px(8), c.theme.px(12)},
              c.theme.px(c.theme.large_type ? 132 : 124));
}

// The syllables the first digits may mean, one under the other; the last cell shows further ones.
void draw_readings(Context& c, Rect area, float gap) {
    const auto& readings = c.scratch.composition.readings;
    const auto cells = static_cast<std::size_t>((area.h + gap) / (c.theme.size.key_min + gap));
    const float h = std::floor((area.h + gap) / static_cast<float>(cells) - gap);
    const bool more = readings.size() > cells;
    const std::size_t shown = more ? cells - 1 : cells;
    const std::size_t first = c.scratch.reading < readings.size() ? c.scratch.reading : 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const Rect rect{area.x, std::round(area.y + static_cast<float>(cell) * (h + gap)), area.w,
                        h};
        const std::size_t i = first + cell;
        if (more && cell == shown) {
            Key key{"reading.more",
                    std::string(base::text(base::MessageId::key_more_readings, c.locale)),
                    1,
                    KeyLook::function,
                    "chevron-right",
                    {}};
            draw_key_face(c, key, rect);
            if (c.activated(key.id)) {
                c.scratch.reading = first + shown < readings.size() ? first + shown : 0;
                c.animating = true;
            }
        } else if (i < readings.size()) {
            std::string shown_as = readings[i];
            if (const auto v = shown_as.find('v'); v != std::string::npos)
                shown_as.replace(v, 1, "ü");
            Key key{"reading." + std::to_string(i), shown_as, 1, KeyLook::letter, {}, {}};
            draw_key_face(c, key, rect);
            if (c.activated(key.id)) {
                choose_reading(c, i);
                return;
            }
        } else {
            c.canvas.box(rect, c.theme.colour.key_ground, c.theme.colour.separator, c.theme.px(1),
                         c.theme.size.radius_button);
        }
    }
}

void draw_nine_keys(Context& c, const Field& field, Rect area, KeyGaps gaps) {
    const float w = std::floor((area.w - 4 * gaps.across) / 5);
    const Rect readings{area.x, area.y, w, area.h};
    area.x += w + gaps.across;
    area.w -= w + gaps.across;
    draw_rows(c, field, layout_of(c, KeyboardMode::nine_key), area, gaps, area.h);
    draw_readings(c, readings, gaps.down);
}

// On a high panel the candidates stand above the pad, on a low one beside it.
void draw_handwriting(Context& c, const Field& field, Rect area, const Metrics& m) {
    const float least = pad_mm * theme::reference_px_per_mm * c.theme.scale;
    const float beside = apart(c);  // the pad is no key
    const Layout keys = layout_of(c, KeyboardMode::handwriting);
    if (area.h >= m.candidate + beside + least) {
        draw_candidates(c, field, {area.x, area.y, area.w, m.candidate}, 1, m.between);
        area.y += m.candidate + beside;
        area.h -= m.candidate + beside;
        const float side = std::floor(area.w * 0.36F);
        draw_writing_pad(c, {area.x, area.y, area.w - side - beside, area.h});
        draw_rows(c, field, keys, {area.right() - side, area.y, side, area.h}, m.gaps, area.h);
        return;
    }
    const float pad = std::max(least, std::floor(area.w * 0.46F));
    draw_writing_pad(c, {area.x, area.y, pad, area.h});
    const Rect side{area.x + pad + beside, area.y, area.w - pad - beside, area.h};
    const float keys_h = 2 * c.theme.size.key_min + m.gaps.down;
    draw_candidates(c, field, {side.x, side.y, side.w, side.h - keys_h - m.gaps.down}, 2,
                    m.gaps.down);
    draw_rows(c, field, keys, {side.x, side.bottom() - keys_h, side.w, keys_h}, m.gaps, keys_h);
}

// With pages of keys that a row of methods switches between.
bool has_pages(const Field& field) {
    return field.keyboard == Keyboard::pinyin || field.keyboard == Keyboard::search ||
           field.keyboard == Keyboard::ascii;
}

bool ready(const Context& c) {
    return c.composer && c.composer->state() == ime::TextComposer::State::ready;
}

// The rows of this page in the room below its candidates: fewer where all would be too low.
Layout fitting_layout(const Context& c, KeyboardMode mode, float height, KeyGaps gaps, Rows& rows) {
    Layout all = layout_of(c, mode);
    const auto count = static_cast<float>(all.rows.size());
    rows = (height + gaps.down) / count - gaps.down < c.theme.size.key_min ? Rows::few : Rows::all;
    return rows == Rows::all ? all : layout_of(c, mode, rows);
}

void draw_page_of_keys(Context& c, const Field& field, Rect area, const Metrics& m) {
    const KeyboardMode mode = keyboard_mode(c);
    if (mode == KeyboardMode::handwriting) return draw_handwriting(c, field, area, m);
    const bool composes = has_candidates(mode);
    if (field.keyboard == Keyboard::ascii && mode == KeyboardMode::symbols)
        return draw_rows(c, field, ascii_signs(c), area, m.gaps, c.theme.px(180));
    Rows rows = Rows::all;
    const Layout keys =
        fitting_layout(c, mode, area.h - (composes ? m.candidate + m.gaps.down : 0), m.gaps, rows);
    if (mode == KeyboardMode::pinyin && rows == Rows::few && !composing(c) && ready(c) &&
        !field.middle_dot) {
        draw_rows(c, field, last_row_of_pinyin(c), {area.x, area.y, area.w, m.candidate}, m.gaps,
                  m.candidate);
        area.y += m.candidate + m.gaps.down;
        area.h -= m.candidate + m.gaps.down;
    } else if (composes) {
        // Five keys leave room for a second row: a rare character is seldom among the first.
        const bool two = mode == KeyboardMode::strokes && area.h > 4 * m.candidate;
        const float h = two ? 2 * m.candidate + m.gaps.down : m.candidate;
        draw_candidates(c, field, {area.x, area.y, area.w, h}, two ? 2 : 1, m.gaps.down);
        area.y += h + m.gaps.down;
        area.h -= h + m.gaps.down;
    }
    if (mode == KeyboardMode::nine_key) return draw_nine_keys(c, field, area, m.gaps);
    draw_rows(c, field, keys, area, m.gaps, c.theme.px(180));
}

void begin_field(Context& c, const Field& field) {
    if (c.scratch.field == field.id) return;
    c.scratch.wipe_composition();
    c.scratch.aside.reset();
    c.scratch.capitals = false;
    c.scratch.field = field.id;
    const bool letters_first =
        field.keyboard == Keyboard::search && !c.old_hands && !c.scratch.method;
    if (field.keyboard == Keyboard::ascii || letters_first) c.scratch.aside = KeyboardMode::latin;
    if (c.composer) c.composer->clear();
}

}  // namespace

Heights measure_keyboard(const Context& c, const Field& field, float) {
    if (!has_pages(field)) return number_heights(c);
    const Metrics most = roomy(c), least = close(c);
    return {outside_keys(least) + 4 * c.theme.size.key_min + 3 * least.gaps.down,
            outside_keys(most) + 4 * c.theme.size.key + 3 * most.gaps.down};
}

void draw_keyboard(Context& c, const Field& field, Rect area) {
    c.canvas.fill(area, c.theme.colour.key_ground);
    c.canvas.fill({area.x, area.y, area.w, c.theme.px(2)}, c.theme.colour.separator);
    begin_field(c, field);
    if (!has_pages(field))
        return draw_numbers(c, field, area.inset(c.theme.px(24), c.theme.px(20)));
    if (c.composer) c.composer->prepare();
    // Twenty-six megabytes, for who writes only.
    if (c.handwriting && keyboard_mode(c) == KeyboardMode::handwriting) c.handwriting->prepare();
    const Heights heights = measure_keyboard(c, field, area.w);
    const Metrics m = area.h < 0.92F * heights.preferred ? close(c) : roomy(c);
    const Rect inner = area.inset(m.pad_x, m.pad_y);
    draw_methods(c, field, {inner.x, inner.y, inner.w, m.methods});
    if (const auto script = script_of(keyboard_mode(c)); script && c.composer)
        c.composer->use(*script);
    const float used = m.methods + m.between;
    draw_page_of_keys(c, field, {inner.x, inner.y + used, inner.w, inner.h - used}, m);
}

}  // namespace ui::widgets
