// Puts one Screen on the canvas and hands back at most one Action: works through the touches
// against what the person saw, lays the blocks out for the panel's orientation, registers
// everything in the semantic tree. Pages that do not fit shrink their gaps, then are shown in
// parts; nothing scrolls. Main thread, once per frame.
#pragma once

#include "ui/screens/screen.hpp"
#include "ui/widgets/context.hpp"

#include <optional>

namespace ui::screens {

std::optional<Action> draw(const Screen& screen, widgets::Context& context);

// The rules for a theme: the older the hands, the longer a new page must stand before it reacts.
widgets::TouchRules touch_rules(const theme::Theme& theme, const domain::TouchSettings& settings);

}  // namespace ui::screens
