#include "ui/widgets/keyboard/editing.hpp"

#include "ui/text/utf8.hpp"
#include "ui/widgets/keyboard.hpp"
#include "ui/widgets/keyboard/methods.hpp"

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

// Offered for what is written on the pad.
constexpr std::size_t guesses = 24;

}  // namespace

void refresh(Context& c) {
    Scratch& scratch = c.scratch;
    if (keyboard_mode(c) == KeyboardMode::handwriting) {
        domain::Strokes ink = std::exchange(scratch.ink, {});
        scratch.wipe_composition();
        scratch.ink = std::move(ink);
        if (c.handwriting)
            scratch.composition.candidates = c.handwriting->recognise(scratch.ink, guesses);
    } else {
        scratch.wipe_composition();
        if (c.composer) scratch.composition = c.composer->composition();
    }
    c.animating = true;  // the row of candidates above was drawn before this key
}

bool composing(const Context& c) {
    return !c.scratch.composition.letters.empty() || !c.scratch.ink.empty();
}

namespace {

// What the candidate completes; nothing when keys are left.
std::optional<std::string> chosen(Context& c, std::size_t candidate) {
    if (keyboard_mode(c) != KeyboardMode::handwriting)
        return c.composer ? c.composer->choose(candidate) : std::nullopt;
    auto& all = c.scratch.composition.candidates;
    if (candidate >= all.size()) return std::nullopt;
    c.scratch.ink.wipe();
    return std::exchange(all[candidate], {});
}

// The whole composition by its first candidates: a phrase is chosen piece by piece when no single
// one covers it.
std::optional<std::string> all_chosen(Context& c) {
    std::optional<std::string> text;
    for (int pieces = 0; pieces < 20 && !text; ++pieces) text = chosen(c, 0);
    if (c.composer) c.composer->clear();
    c.scratch.wipe_composition();
    return text;
}

void take_back(Context& c) {
    if (!c.scratch.ink.empty()) {
        base::wipe(c.scratch.ink.lines.back());
        c.scratch.ink.lines.pop_back();
    } else if (c.composer) {
        c.composer->erase();
    }
    refresh(c);
}

// A sign of the page itself; what is being composed comes before it.
void insert_sign(Context& c, const Field& field, std::string_view sign) {
    std::string text;
    if (composing(c)) text = all_chosen(c).value_or("");
    text += sign;
    insert(c, field, text);
    base::wipe(text);
    c.animating = true;
}

// The id ends in the key's sign; only letters, digits and strokes compose.
bool composes(const Context& c, const Field& field, std::string_view id) {
    const bool words =
        field.keyboard == screens::Keyboard::pinyin || field.keyboard == screens::Keyboard::search;
    return words && script_of(keyboard_mode(c)) && (id.size() == 5 || id == "key.divider");
}

void begin_anew(Context& c) {
    c.scratch.ink.wipe();
    if (c.composer) c.composer->clear();
    refresh(c);
}

}  // namespace

void choose_candidate(Context& c, const Field& field, std::size_t candidate) {
    auto text = chosen(c, candidate);
    if (text) {
        insert(c, field, *text);
        base::wipe(*text);
    }
    refresh(c);
}

void choose_reading(Context& c, std::size_t reading) {
    if (c.composer) c.composer->read_as(reading);
    refresh(c);
}

void turn_candidates(Context& c, std::size_t next) {
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
        composing(c) ? take_back(c) : erase(c, field);
    } else if (id == "key.undo") {
        if (composing(c)) take_back(c);
    } else if (id == "key.rewrite") {
        if (composing(c)) begin_anew(c);
    } else if (id == "key.space") {
        composing(c) ? choose_candidate(c, field, 0) : insert(c, field, " ");
    } else if (id == "key.shift") {
        scratch.capitals = !scratch.capitals;
        c.animating = true;
    } else if (composes(c, field, id)) {
        const char typed = id == "key.divider" ? '\'' : id.back();
        if (c.composer && c.composer->type(typed)) refresh(c);
    } else {
        insert_sign(c, field, label);
        // One capital, then small letters again, as people expect.
        scratch.capitals = false;
    }
}

void finish_composition(Context& c, const Field& field) {
    if (!composing(c) || !c.action) return;
    if (!std::holds_alternative<screens::Pressed>(*c.action)) return;
    // What was found belongs to what stands in the field; other words would find something else.
    if (field.keyboard == screens::Keyboard::search) return;
    auto text = all_chosen(c);
    if (!text) return;
    c.scratch.next = std::move(c.action);
    c.action.reset();
    insert(c, field, *text);
    base::wipe(*text);
    // A full field takes nothing more; the press must not be lost with it.
    if (!c.action) c.action = std::exchange(c.scratch.next, std::nullopt);
}

}  // namespace ui::widgets
