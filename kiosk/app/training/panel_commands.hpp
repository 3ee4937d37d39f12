// The buttons of the training panel, by device: what stands on them and the verb each sends.
// A scanner is there from the start or never.
#pragma once

#include "base/locale.hpp"
#include "ui/training_panel/training_panel.hpp"

#include <vector>

namespace app::training {

std::vector<ui::training_panel::Group> panel_commands(base::Locale locale, bool has_scanner);

}  // namespace app::training
