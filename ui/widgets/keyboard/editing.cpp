#include "ui/widgets/keyboard/editing.hpp"

#include "ui/text/utf8.hpp"
#include "ui/widgets/keyboard.hpp"

namespace ui::widgets {

using screens::Field;

namespace {

void emit(Context& c, const Field& field, std::string text) {
    c.act(screens::TextEdited{field.id, base::SecretText(std::move(text))});
}

std::string value_of(const Field& field) {
    return field.value ? *field.value : std::string();
}

void insert(Context& c, const Field& field, std::string_view added) {
    std::string text = value_of(field);
    for (std::size_t at = 0; at < added.size();) {
        const std::size_t from = at;
        text::next_code_point(added, at);
        if (text::code_points(text) >= field.max_code_points) break;
        text.append(added.substr(from, at - from));
    }
    if (text != value_of(field)) return emit(c, field, std::move(text));
    base::wipe(text);
}

void erase(Context& c, const Field& field) {
    std::string text = value_of(field);
    if (text.empty()) return;
    text::drop_last(text);
    emit(c, field, std::move(text));
}

void refresh(Context& c) {
    c.scratch.wipe_composition();
    if (c.composer) c.scratch.composition = c.composer->composition();
    c.animating = true;  // the row of candidates above was drawn before this key
}

bool composing(const Context& c) {
    return !c.scratch.composition.letters.empty();
}

void switch_mode(Context& c, KeyboardMode mode) {
    if (c.composer) c.composer->clear();
    c.scratch.mode = mode;
    refresh(c);
}

}  // namespace

void choose_candidate(Context& c, const Field& field, std::size_t candidate) {
    if (!c.composer) return;
    auto chosen = c.composer->choose(candidate);
    if (chosen) {
        insert(c, field, *chosen);
        base::wipe(*chosen);
    }
    refresh(c);
}

void turn_candidates(Context& c, const Field&, std::size_t next) {
    Scratch& scratch = c.scratch;
    if (next > 0) {
        scratch.earlier.push_back(scratch.candidate);
        scratch.candidate = next;
    } else if (!scratch.earlier.empty()) {
        scratch.candidate = scratch.earlier.back();
        scratch.earlier.pop_back();
    }
    c.animating = true;
}

void press_key(Context& c, const Field& field, std::string_view id, std::string_view label) {
    Scratch& scratch = c.scratch;
    if (id == "key.hide") {
        scratch.keyboard_hidden = true;
        c.animating = true;
    } else if (id == "key.delete") {
        if (!composing(c)) return erase(c, field);
        c.composer->erase();
        refresh(c);
    } else if (id == "key.space") {
        if (composing(c)) return choose_candidate(c, field, 0);
        insert(c, field, " ");
    } else if (id == "key.shift") {
        switch_mode(c, scratch.mode == KeyboardMode::latin_upper ? KeyboardMode::latin
                                                                 : KeyboardMode::latin_upper);
    } else if (id == "key.digits") {
        switch_mode(c, KeyboardMode::digits);
    } else if (id == "key.letters") {
        switch_mode(c, KeyboardMode::pinyin);
    } else if (id == "key.language") {
        switch_mode(
            c, scratch.mode == KeyboardMode::pinyin ? KeyboardMode::latin : KeyboardMode::pinyin);
    } else if (field.keyboard == screens::Keyboard::pinyin &&
               scratch.mode == KeyboardMode::pinyin) {
        const char typed = id == "key.divider" ? '\'' : label.front();
        if (c.composer && c.composer->type(typed)) refresh(c);
    } else {
        insert(c, field, label);
        // One capital, then small letters again, as people expect.
        if (scratch.mode == KeyboardMode::latin_upper) scratch.mode = KeyboardMode::latin;
    }
}

void finish_composition(Context& c, const Field& field) {
    if (!composing(c) || !c.composer || !c.action) return;
    const auto* pressed = std::get_if<screens::Pressed>(&*c.action);
    if (!pressed) return;
    // A phrase is chosen piece by piece when no single candidate covers it.
    std::optional<std::string> text;
    for (int pieces = 0; pieces < 20 && !text; ++pieces) text = c.composer->choose(0);
    c.composer->clear();
    c.scratch.wipe_composition();
    if (!text) return;
    c.scratch.next = std::move(c.action);
    c.action.reset();
    insert(c, field, *text);
    base::wipe(*text);
    // A full field takes nothing more; the press must not be lost with it.
    if (!c.action) c.action = std::exchange(c.scratch.next, std::nullopt);
}

}  // namespace ui::widgets
