// No broken or unseen byte reaches the screen, the semantic tree or the speech, whoever brought it
// (a card, a pack, a centre): draw() lets every Screen pass here. Pure.
#pragma once

#include "ui/screens/screen.hpp"

namespace ui::screens {

bool is_clean(const Screen& screen);
// U+FFFD in place of every byte and character that may not be shown.
void mend(Screen& screen);

}  // namespace ui::screens
