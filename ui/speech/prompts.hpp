// What a page says, read from its semantic tree: all of it when it appears, one control or text
// when the keys come to it, what is new on it. Pages made later speak on arrival. Pure; main
// thread.
#pragma once

#include "base/locale.hpp"
#include "ui/widgets/semantic_tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ui::speech {

struct Prompt {
    std::string text;       // at most 24 Hanzi, one instruction
    bool personal = false;  // only into headphones (UX-084)
};
using Prompts = std::vector<Prompt>;
void wipe(Prompts& prompts);

// Title, what to do, results and errors, texts, then what can be chosen; of an overlay only its own
// words. Never empty for a page that shows a word.
Prompts of_page(const widgets::SemanticTree& tree, base::Locale locale);

// The name in words, the kind, the state or value, the place among the others.
Prompts of_stop(const widgets::SemanticTree& tree, std::size_t node, base::Locale locale);
// Only what a select changed: ticked, chosen.
Prompts of_state(const widgets::Node& node, base::Locale locale);
// Its words character by character, for whoever did not catch them; on a key, what was typed.
Prompts spelling_of(const widgets::SemanticTree& tree, std::size_t node, base::Locale locale);

// The nodes whose words are told when they change while the page stays: states, errors, progress.
std::vector<std::size_t> tidings(const widgets::SemanticTree& tree);
// An error with the item it is about (UX-188).
Prompts of_tiding(const widgets::SemanticTree& tree, std::size_t node, base::Locale locale);

// Of the field the keyboard writes to: how far it is, and the first candidate.
Prompts of_typing(const widgets::SemanticTree& tree, base::Locale locale);

// What the loudspeaker may say of it: personal words become one hint, or nothing at all.
enum class InPlaceOfPersonal { hint, nothing };
Prompts for_loudspeaker(Prompts prompts, InPlaceOfPersonal place, base::Locale locale);

}  // namespace ui::speech
