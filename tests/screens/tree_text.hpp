// The semantic trees of one page in all modes and languages, as one text that is kept as a
// reference and whose differences are said in words. The first variant of a language lists every
// node; the others only say where those stand, and which ones are theirs alone. Pure.
#pragma once

#include "ui/widgets/semantic_tree.hpp"

#include <string>
#include <vector>

namespace trees {

struct Thing {
    std::string what;  // role, id, state and text
    int x = 0, y = 0, w = 0, h = 0;
    friend bool operator==(const Thing&, const Thing&) = default;
};
struct Variant {
    std::string name;  // elder/zh/portrait 2: the second part of the page
    std::vector<Thing> things;
};

// Keys become one thing: what they are and the room they take.
std::vector<Thing> things_of(const std::vector<ui::widgets::Node>& nodes);

std::string as_text(const std::vector<Variant>& variants);
std::vector<Variant> from_text(const std::string& text);

// “elder/zh/portrait: button next moved from …”; at most `limit` of them.
std::vector<std::string> differences(const std::vector<Variant>& expected,
                                     const std::vector<Variant>& actual, std::size_t limit = 12);

}  // namespace trees
