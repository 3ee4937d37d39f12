// What the picker of places is made of: the way so far as a row of buttons, the initials as a grid,
// and what of them there is room for. Internal to the folder. Main thread.
#pragma once

#include "ui/widgets/blocks.hpp"

#include <string>
#include <vector>

namespace ui::widgets::division {

constexpr std::size_t most_places = 12;  // at a time (UX-133)
constexpr std::string_view every_letter = "all";

float row_height(const Context& c);

// A level that was chosen, or, at the end, the letter: a press goes back there.
struct Crumb {
    std::string id, text;
    bool letter = false;
};
float way_width(const Context& c, const std::vector<Crumb>& way);
// Includes the gap below; 0 without a way. Long names stand in two lines.
float way_height(const Context& c, const std::vector<Crumb>& way, float width);
// True when the letter was pressed.
bool draw_way(Context& c, const std::vector<Crumb>& way, Rect area);

// Sorted, each once.
std::vector<std::string> initials(const screens::DivisionPicker& picker);
// Includes the gap below.
float letters_height(const Context& c, const std::vector<std::string>& letters, float width);
// The letter that was pressed, or nothing.
std::optional<std::string> draw_letters(Context& c, const screens::DivisionPicker& picker,
                                        const std::vector<std::string>& letters,
                                        std::string_view chosen, Rect area);

// Where the places are more than a person leafs through, the initials stand above them. Where that
// leaves less than three rows, they are asked for first, in the place of the list, and a button at
// the end of the way leads back to them: a village stays within five taps on every panel.
struct Plan {
    std::vector<Crumb> way;
    std::vector<std::string> letters;  // empty: not needed
    bool letters_first = false;
    bool other_beside = false;  // beside the way
    bool edition = false;
    float way_height = 0, letters_height = 0;
    std::size_t columns = 1;
    float room = 0;  // for the places and the buttons that turn their pages
};
Plan plan_of(const Context& c, const screens::DivisionPicker& picker, float width, float height);
// As many places as stand in a height.
std::size_t fitting(const Context& c, std::size_t columns, float height);
// The least that a picker needs, and what it likes.
Heights heights(const Context& c, const screens::DivisionPicker& picker, float width);
float other_width(const Context& c, const screens::DivisionPicker& picker);

}  // namespace ui::widgets::division
