#include "ui/speech/prompts.hpp"

#include "base/messages.hpp"
#include "ui/speech/spoken_text.hpp"
#include "ui/text/utf8.hpp"
#include "ui/widgets/key_walk.hpp"

#include <algorithm>

namespace ui::speech {

using base::MessageId;
using screens::Sensitivity;
using widgets::Node;
using widgets::Role;
using widgets::SemanticTree;

namespace {

// Longer pages tell how much is left; the keys lead through it.
constexpr std::size_t most_passages = 14, most_choices = 12;

class Speaker {
  public:
    explicit Speaker(base::Locale locale) : locale_(locale) {}

    void say(std::string_view text, bool personal = false) {
        for (std::string& part : in_prompts(text, locale_))
            prompts_.push_back({std::move(part), personal});
    }
    using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    void say(MessageId id, Values values = {}, bool personal = false) {
        std::string text = base::text(id, locale_, values);
        say(text, personal);
        base::wipe(text);
    }
    void labelled(std::string_view label, std::string_view text, bool personal) {
        if (label.empty() || text.empty()) return say(label.empty() ? text : label, personal);
        say(MessageId::speech_labelled, {{"label", label}, {"text", text}}, personal);
    }
    Prompts take() { return std::move(prompts_); }

  private:
    base::Locale locale_;
    Prompts prompts_;
};

bool is_personal(const Node& node) {
    return node.sensitivity == Sensitivity::personal;
}

// The field the keys of the page write to.
const Node* field_in_use(const SemanticTree& tree) {
    for (const Node& node : tree.nodes())
        if (node.role == Role::field && node.selected) return &node;
    return nullptr;
}

bool is_key(const Node& node) {
    return node.role == Role::key || node.role == Role::candidate;
}

// What a key says tells what is typed.
bool tells_what_is_typed(const SemanticTree& tree, const Node& node) {
    const Node* field = is_key(node) ? field_in_use(tree) : nullptr;
    return field != nullptr && is_personal(*field);
}

std::string_view value_of(const Node& field) {
    return field.value;
}

// A setting shows its label once, not before each option; a field's label stands beside it as text.
bool is_label_of_another(const SemanticTree& tree, const Node& text) {
    if (text.interactive()) return false;
    return std::any_of(tree.nodes().begin(), tree.nodes().end(), [&](const Node& node) {
        return &node != &text && node.label == text.text && !node.label.empty() &&
               node.role != Role::link;
    });
}

// A setting's option: its label stands beside the row.
bool is_option(const Node& node) {
    return node.role == Role::choice && !node.label.empty();
}

bool is_passage(const Node& node) {
    return node.id.starts_with("error.") || (!node.interactive() && node.role != Role::step &&
                                             node.role != Role::dialog && !node.text.empty());
}

void say_passage(const SemanticTree& tree, const Node& node, Speaker& out) {
    std::string label;
    constexpr std::string_view error = ".error";
    if (node.id.ends_with(error))
        if (const Node* field =
                tree.find(std::string_view(node.id).substr(0, node.id.size() - error.size())))
            label = field->label;
    out.labelled(label, node.text, is_personal(node));
}

// As a choice of a page that has just appeared.
void name_choice(const Node& node, Speaker& out) {
    if (node.role == Role::field || node.role == Role::signature_pad) {
        out.say(node.label);
        if (node.role == Role::field && node.value.empty()) out.say(MessageId::speech_empty);
        return;
    }
    out.labelled(node.label, node.text, is_personal(node));
}

void say_step(const SemanticTree& tree, Speaker& out) {
    int steps = 0, now = 0;
    for (const Node& node : tree.nodes()) {
        if (node.role != Role::step || !node.id.starts_with("step.")) continue;
        ++steps;
        if (node.selected) now = steps;
    }
    if (now > 0)
        out.say(MessageId::speech_step, {{"n", std::to_string(now)}, {"m", std::to_string(steps)}});
}

void say_choices(const std::vector<const Node*>& choices, Speaker& out) {
    if (choices.size() > 1)
        out.say(MessageId::speech_choices, {{"n", std::to_string(choices.size())}});
    const std::size_t told = std::min(choices.size(), most_choices);
    for (std::size_t i = 0; i < told; ++i) name_choice(*choices[i], out);
    if (choices.size() > told)
        out.say(MessageId::speech_more_choices, {{"n", std::to_string(choices.size() - told)}});
}

std::optional<MessageId> kind_of(const Node& node) {
    switch (node.role) {
        case Role::button:
        case Role::primary_button:
        case Role::utility_button:
        case Role::link:
        case Role::tile:
        case Role::chip:
            return MessageId::speech_button;
        case Role::choice:
            return MessageId::speech_choice;
        case Role::tick:
            return MessageId::speech_tick;
        case Role::field:
            return MessageId::speech_field;
        case Role::candidate:
            return MessageId::speech_candidate;
        case Role::signature_pad:
            return MessageId::speech_signature;
        default:
            return std::nullopt;
    }
}

void say_state(const Node& node, Speaker& out) {
    if (node.role == Role::tick) {
        out.say(node.selected ? MessageId::speech_ticked : MessageId::speech_not_ticked);
    } else if (node.role == Role::choice && node.selected) {
        // Which answer was chosen is the person's own; a setting of the terminal is not.
        out.say(MessageId::speech_chosen, {}, !is_option(node));
    } else if (node.role == Role::field) {
        if (value_of(node).empty())
            out.say(MessageId::speech_empty, {}, is_personal(node));
        else
            out.say(MessageId::speech_filled, {{"text", value_of(node)}}, is_personal(node));
    }
}

// Not the arrows to further ones.
bool is_numbered(const Node& node) {
    return node.role == Role::candidate && node.id != "candidate.next" &&
           node.id != "candidate.back";
}

// Candidates that sound alike are told apart by their places.
void say_number(const SemanticTree& tree, const Node& candidate, Speaker& out) {
    if (!is_numbered(candidate)) return;
    std::size_t n = 0, m = 0;
    for (const Node& node : tree.nodes()) {
        if (!is_numbered(node)) continue;
        ++m;
        if (&node == &candidate) n = m;
    }
    out.say(MessageId::speech_position, {{"n", std::to_string(n)}, {"m", std::to_string(m)}});
}

}  // namespace

void wipe(Prompts& prompts) {
    for (Prompt& prompt : prompts) base::wipe(prompt.text);
    prompts.clear();
}

Prompts of_page(const SemanticTree& tree, base::Locale locale) {
    Speaker out(locale);
    const auto stops = widgets::key_stops(tree);
    std::vector<const Node*> passages, choices;
    bool keyboard = false;
    for (const std::size_t i : stops) {
        const Node& node = tree.nodes()[i];
        if (!tree.is_content(i)) continue;
        keyboard = keyboard || is_key(node);
        if (is_passage(node)) {
            if (!is_label_of_another(tree, node) && node.id != "countdown")
                passages.push_back(&node);
        } else if (is_option(node)) {
            if (node.selected) passages.push_back(&node);
        } else if (!is_key(node)) {
            choices.push_back(&node);
        }
    }
    std::size_t told = 0;
    for (const Node* node : passages) {
        const bool short_word = node->role == Role::heading || node->role == Role::status;
        if (told >= most_passages && !short_word) break;
        ++told;
        say_passage(tree, *node, out);
        if (node->id == "title") say_step(tree, out);
    }
    if (told < passages.size())
        out.say(MessageId::speech_more_text, {{"n", std::to_string(passages.size() - told)}});
    say_choices(choices, out);
    if (keyboard) out.say(MessageId::speech_keyboard);
    return out.take();
}

Prompts of_stop(const SemanticTree& tree, std::size_t index, base::Locale locale) {
    const Node& node = tree.nodes()[index];
    Speaker out(locale);
    if (is_key(node)) {
        out.say(node.text, tells_what_is_typed(tree, node));
        if (node.role == Role::candidate) {
            out.say(MessageId::speech_candidate);
            say_number(tree, node, out);
        }
        Prompts prompts = out.take();
        // Signs without a name for the voice still have one on the key.
        if (prompts.empty()) prompts.push_back({node.text, tells_what_is_typed(tree, node)});
        return prompts;
    }
    if (is_passage(node))
        say_passage(tree, node, out);
    else if (node.role == Role::field || node.role == Role::signature_pad)
        out.say(node.label);
    else
        out.labelled(node.label, node.text, is_personal(node));
    if (const auto kind = kind_of(node)) out.say(*kind);
    say_state(node, out);
    const auto stops = widgets::key_stops(tree);
    const auto at = std::find(stops.begin(), stops.end(), index);
    if (at != stops.end())
        out.say(MessageId::speech_position, {{"n", std::to_string(at - stops.begin() + 1)},
                                             {"m", std::to_string(stops.size())}});
    return out.take();
}

Prompts of_state(const Node& node, base::Locale locale) {
    Speaker out(locale);
    say_state(node, out);
    return out.take();
}

Prompts spelling_of(const SemanticTree& tree, std::size_t index, base::Locale locale) {
    Prompts prompts;
    const Node* in_use = is_key(tree.nodes()[index]) ? field_in_use(tree) : nullptr;
    const Node& node = in_use && !in_use->value.empty() ? *in_use : tree.nodes()[index];
    const std::string& words = node.value.empty() ? node.text : node.value;
    for (std::string& part : spelled(words, locale))
        prompts.push_back({std::move(part), is_personal(node)});
    return prompts;
}

std::vector<std::size_t> tidings(const SemanticTree& tree) {
    std::vector<std::size_t> found;
    for (const std::size_t i : widgets::key_stops(tree)) {
        const Node& node = tree.nodes()[i];
        const bool telling = node.role == Role::status || node.role == Role::progress ||
                             node.role == Role::picture || node.role == Role::scroller ||
                             node.role == Role::row || node.news || node.id.starts_with("error.") ||
                             (node.role == Role::heading && node.id != "title");
        if (telling && tree.is_content(i) && node.id != "countdown" && node.id != "pinyin_state")
            found.push_back(i);
    }
    return found;
}

Prompts of_tiding(const SemanticTree& tree, std::size_t index, base::Locale locale) {
    Speaker out(locale);
    say_passage(tree, tree.nodes()[index], out);
    return out.take();
}

Prompts of_typing(const SemanticTree& tree, base::Locale locale) {
    Speaker out(locale);
    const Node* field = field_in_use(tree);
    if (field == nullptr) return {};
    for (const Node& node : tree.nodes()) {
        if (node.role != Role::candidate || node.id == "candidate.back") continue;
        out.say(MessageId::speech_first_candidate, {{"text", node.text}}, is_personal(*field));
        return out.take();
    }
    // As shown, a number has gaps; they were not typed.
    std::string typed(value_of(*field));
    std::erase(typed, ' ');
    out.say(MessageId::speech_typed, {{"n", std::to_string(text::code_points(typed))}},
            is_personal(*field));
    base::wipe(typed);
    return out.take();
}

Prompts for_loudspeaker(Prompts prompts, InPlaceOfPersonal place, base::Locale locale) {
    Prompts open;
    bool hinted = place == InPlaceOfPersonal::nothing;
    for (Prompt& prompt : prompts) {
        if (!prompt.personal) {
            open.push_back(std::move(prompt));
        } else if (!hinted) {
            hinted = true;
            for (std::string& part :
                 in_prompts(base::text(MessageId::speech_personal, locale), locale))
                open.push_back({std::move(part), false});
        }
    }
    wipe(prompts);
    return open;
}

}  // namespace ui::speech
