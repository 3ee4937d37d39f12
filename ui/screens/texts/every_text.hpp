// Every text of a Screen in one place, for whatever must reach all of them: the wipe, the guard
// against broken bytes, the pseudo-locale. A block that is added is added here, or it does not
// compile. The visitor's functions: words(text) for what the program says, value(text) for what a
// person, a card or a centre said, secret(text) for a field's value.
#pragma once

#include "ui/screens/screen.hpp"

#include <concepts>
#include <type_traits>

namespace ui::screens {

// T or const T.
template <class B, class T>
concept Like = std::same_as<std::remove_const_t<B>, T>;

namespace detail {

template <class V>
void see(V& v, Like<Button> auto& b) {
    v.words(b.text);
}
template <class V, class B>
requires Like<B, std::optional<Button>>
void see(V& v, B& b) {
    if (b) v.words(b->text);
}
template <class V>
void see_all(V& v, auto& texts) {
    for (auto& text : texts) v.words(text);
}

template <class V>
void see(V& v, Like<Hero> auto& b) {
    v.words(b.title);
    v.words(b.line);
    v.words(b.note);
}
template <class V>
void see(V& v, Like<Strip> auto& b) {
    v.words(b.title);
    v.words(b.note);
    see(v, b.button);
}
template <class V>
void see(V& v, Like<Tiles> auto& b) {
    for (auto& tile : b.tiles) {
        v.words(tile.title);
        v.words(tile.note);
    }
}
template <class V>
void see(V& v, Like<Chips> auto& b) {
    for (auto& chip : b.chips) see(v, chip);
}
template <class V>
void see(V& v, Like<TextCard> auto& b) {
    v.words(b.title);
    for (auto& p : b.paragraphs) {
        v.words(p.heading);
        v.words(p.lead);
        v.words(p.text);
    }
}
template <class V>
void see(V& v, Like<Notice> auto& b) {
    v.words(b.title);
    see_all(v, b.lines);
}
template <class V>
void see(V& v, Like<KeyValues> auto& b) {
    v.words(b.title);
    v.value(b.qr_text);
    see_all(v, b.qr_caption);
    for (auto& row : b.rows) {
        v.words(row.label);
        v.value(row.value);
        v.words(row.tag);
        see(v, row.action);
        see(v, row.reveal);
    }
}
template <class V>
void see(V& v, Like<Choices> auto& b) {
    for (auto& choice : b.choices) {
        v.words(choice.title);
        v.words(choice.note);
    }
}
template <class V>
void see(V& v, Like<OptionRow> auto& b) {
    v.words(b.label);
    for (auto& option : b.options) v.words(option.text);
}
template <class V>
void see(V& v, Like<Ticks> auto& b) {
    v.words(b.title);
    v.words(b.footnote);
    for (auto& tick : b.ticks) v.words(tick.text);
}
template <class V>
void see(V& v, Like<Field> auto& b) {
    v.words(b.label);
    v.words(b.hint);
    v.secret(b.value);
    v.value(b.shown);
    v.words(b.tag);
    v.words(b.error);
    see(v, b.action);
}
template <class V>
void see(V& v, Like<ErrorSummary> auto& b) {
    v.words(b.title);
    for (auto& line : b.lines) v.words(line.text);
}
template <class V>
void see(V& v, Like<SignaturePad> auto& b) {
    v.words(b.label);
    v.words(b.clear_text);
}
template <class V>
void see(V& v, Like<CameraPreview> auto& b) {
    v.words(b.guidance);
    v.words(b.lamp_text);
    see_all(v, b.check_names);
}
template <class V>
void see(V& v, Like<DevicePicture> auto& b) {
    v.words(b.caption);
    v.words(b.where);
}
template <class V>
void see(V& v, Like<Progress> auto& b) {
    v.words(b.text);
}
template <class V>
void see(V& v, Like<Line> auto& b) {
    v.words(b.text);
}
template <class V>
void see(V& v, Like<ButtonRow> auto& b) {
    for (auto& button : b.buttons)
        if (!button.id.empty()) see(v, button);
}
template <class V>
void see(V& v, Like<Table> auto& b) {
    v.words(b.title);
    v.words(b.empty_text);
    for (auto& column : b.columns) v.words(column.title);
    for (auto& row : b.rows)
        for (auto& cell : row.cells) v.value(cell);
}
template <class V>
void see(V& v, Like<LongText> auto& b) {
    v.words(b.title);
    for (auto& p : b.paragraphs) v.words(p.text);
}
template <class V>
void see(V& v, Like<PagePicture> auto& b) {
    v.words(b.caption);
}
template <class V>
void see(V& v, Like<DateField> auto& b) {
    v.words(b.label);
    v.words(b.hint);
    v.secret(b.value);
    v.words(b.error);
}
template <class V>
void see(V& v, Like<DivisionPicker> auto& b) {
    v.words(b.label);
    v.words(b.hint);
    for (auto& level : b.chosen) v.value(level.text);
    for (auto& division : b.choices) {
        v.value(division.name);
        v.value(division.initial);
    }
    see(v, b.other);
    v.words(b.edition);
    v.words(b.error);
}

}  // namespace detail

template <class V, Like<Block> B>
void every_text(B& block, V& visitor) {
    std::visit([&](auto& b) { detail::see(visitor, b); }, block);
}

template <class V, Like<Screen> S>
void every_text(S& screen, V& visitor) {
    visitor.words(screen.training_band);
    visitor.words(screen.power_band);
    visitor.value(screen.header.brand_mark);
    visitor.words(screen.header.title);
    visitor.value(screen.header.who);
    visitor.words(screen.header.line_text);
    visitor.value(screen.header.time_text);
    detail::see(visitor, screen.header.not_me);
    detail::see_all(visitor, screen.steps.names);
    visitor.words(screen.title);
    visitor.words(screen.subtitle);
    for (auto& block : screen.blocks) every_text(block, visitor);
    for (auto& button : screen.utility) visitor.words(button.text);
    for (auto& button : screen.speech) visitor.words(button.text);
    if (screen.attract) {
        visitor.words(screen.attract->title);
        visitor.words(screen.attract->line);
        visitor.words(screen.attract->note);
    }
    if (screen.panel_test) {
        visitor.words(screen.panel_test->guidance);
        visitor.words(screen.panel_test->note);
    }
    if (screen.overlay) {
        visitor.words(screen.overlay->title);
        visitor.words(screen.overlay->text);
        detail::see(visitor, screen.overlay->stay);
        detail::see(visitor, screen.overlay->leave);
    }
}

}  // namespace ui::screens
