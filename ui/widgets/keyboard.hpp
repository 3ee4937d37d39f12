// The keys for the field in focus. A text field has one row of methods (pinyin on 26 or 9 keys,
// handwriting, strokes, signs, Latin letters, digits) above the page of the one in use; other
// fields have a number pad with or without X, or the characters of a slip. A key changes the
// field's whole text and comes out as TextEdited; what is not yet chosen stays in the scratch. Main
// thread.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

Heights measure_keyboard(const Context& c, const screens::Field& field, float width);
// `area` is the whole ground; the keys keep clear of its edges.
void draw_keyboard(Context& c, const screens::Field& field, Rect area);

// Finishes a composition that a press elsewhere would lose: its first candidate is taken, the press
// follows in the next frame.
void finish_composition(Context& c, const screens::Field& field);

}  // namespace ui::widgets
