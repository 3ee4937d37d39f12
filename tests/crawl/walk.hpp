// Walks through the app by single taps: what a finger can reach from the first page when the
// devices and the post answer as the samples say, honestly or with faults. Pure: session::step()
// and present(), no window. Main thread.
#pragma once

#include "app/present/present.hpp"
#include "app/training/samples/samples.hpp"

#include <string>
#include <vector>

namespace crawl {

// A place: what is on the page and what can be pressed there, without what was typed.
std::string place_of(const session::Session& session, const app::Page& page);
app::Page page_at(const session::Session& session,
                  const app::training::samples::Terminal& terminal);

struct Move {
    std::string what;  // “tap next”, “a good card is read”
    session::Event event;
    bool by_hand = true;  // by a finger: a tap, letters on the keys, strokes on the pad
};
// What may happen at a place. Controls that are off are left out.
std::vector<Move> moves_at(const session::Session& session, const app::Page& page);

struct Place {
    std::string name;   // of the screen
    std::string state;  // of the session
    session::Overlay overlay{};
    std::vector<std::pair<std::size_t, bool>> next;  // place, by hand
    std::string way;                                 // how the walk came here first
};
// Every place, breadth first; 0 is the first page.
std::vector<Place> every_place(bool elder);

// Fewest moves by hand from each place to one that `is_goal` accepts; -1 = none.
std::vector<int> taps_to(const std::vector<Place>& places, bool (*is_goal)(const Place&));

}  // namespace crawl
