// Which page of the text keyboard is shown, and the row of words that switches between them in one
// tap. What a person chose stays until the session ends; signs and digits stay for the field.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

KeyboardMode keyboard_mode(const Context& c);
// False when its data are missing.
bool is_offered(const Context& c, KeyboardMode mode);
// Of the modes that compose.
std::optional<ime::Script> script_of(KeyboardMode mode);
// A mode whose characters are chosen from candidates.
bool has_candidates(KeyboardMode mode);

// A field of plain ASCII has letters and signs only.
void draw_methods(Context& c, const screens::Field& field, Rect area);

}  // namespace ui::widgets
