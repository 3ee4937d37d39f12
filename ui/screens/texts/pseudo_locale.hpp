// The pseudo-locale: the same page with longer words, to see where a translation or a larger county
// name would not fit (UX: text fit with +40 %). For tests; pure.
#pragma once

#include "ui/screens/screen.hpp"

#include <string>
#include <string_view>

namespace ui::screens {

// The text between ⟦ and ⟧, longer by the part `by` of its characters, brackets included; its own
// characters are repeated, so that Hanzi stay as wide as Hanzi. An empty text stays empty, line
// ends stay.
std::string pseudo(std::string_view text, double by);
// Every text the program says; values (names, numbers, answers) stay as they are.
void lengthen(Screen& screen, double by);

}  // namespace ui::screens
