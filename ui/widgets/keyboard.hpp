// The keys for the field in focus: 26-key pinyin with candidates, Latin letters, digits and signs,
// or a number pad with or without X. A key changes the field's whole text and comes out as
// TextEdited; letters not yet chosen stay in the scratch. Main thread.
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
