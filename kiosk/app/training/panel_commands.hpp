// The buttons of the training panel: what stands on them and the verb each sends.
#pragma once

#include "base/locale.hpp"
#include "ui/training_panel/training_panel.hpp"

#include <vector>

namespace app::training {

std::vector<ui::training_panel::Command> panel_commands(base::Locale locale);

}  // namespace app::training
