// What the wizard's pages share.
#pragma once

#include "app/present/maintenance.hpp"

namespace app {

// The question of the decision with everything to answer it, without the buttons below.
void add_set_up_question(const flows::SettingUp& here, PageBuilder& b);
// A value of the configuration as a technician reads it.
std::string value_words(const PageBuilder& b, const std::string& key, const std::string& value);
std::string setting_label(const PageBuilder& b, const std::string& key);
// With so many digits behind the point.
std::string decimal(double value, int digits);

}  // namespace app
