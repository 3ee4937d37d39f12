// The way of the five keys through a page (UX-186): next and previous go along every text and every
// control in reading order, round and round, so nobody is trapped. Texts are stops as well: whoever
// cannot see must be able to go back to one sentence and hear it again. The walk begins with the
// page's own content; bar and header follow. Over an overlay only its own words and buttons. Pure.
#pragma once

#include "base/clock.hpp"
#include "ui/screens/screen.hpp"
#include "ui/widgets/semantic_tree.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace ui::widgets {

struct KeyPress {
    screens::Key key{};
    base::Millis when{};
};

// The nodes in the order the keys go.
std::vector<std::size_t> key_stops(const SemanticTree& tree);

// What finds a node again in the next frame: its id, with its number where ids repeat or are
// missing.
std::string place_of(const SemanticTree& tree, std::size_t node);
std::optional<std::size_t> node_at(const SemanticTree& tree, const std::string& place);

struct KeyWalk {
    std::deque<KeyPress> pressed;
    std::string place;         // of the focus; empty before the first key and after a touch
    bool to_faults = false;    // the page lists what to mend: that is where the focus goes
    bool to_keyboard = false;  // a field was opened by key: its keys are where the focus goes

    // One stop on; from nowhere to the first or last.
    void move(const SemanticTree& seen, bool forward);
    void wipe() {
        base::wipe(place);
        to_keyboard = false;
    }
};

}  // namespace ui::widgets
