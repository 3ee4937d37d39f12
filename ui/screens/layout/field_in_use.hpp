// The field or date the keys type into, of a page that has one. Pure; main thread.
#pragma once

#include "ui/screens/screen.hpp"

#include <optional>
#include <string_view>

namespace ui::screens {

bool in_focus(const Block& block);
// Those of a date are its digits.
std::optional<Field> focused_field(const Screen& screen);
// What is wrong with it; empty where nothing is.
std::string_view fault_in_use(const Screen& screen);
// What was typed into a date comes out as one.
void compose_date(const Screen& screen, std::optional<Action>& action);

}  // namespace ui::screens
