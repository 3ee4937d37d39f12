// The sample pages by name; gallery.cpp lists them.
#pragma once

#include "ui/screens/screen.hpp"

#include <string>

namespace gallery {

using namespace ui::screens;

Button button(std::string id, std::string text, ButtonLook look = ButtonLook::secondary,
              std::string icon = {});
Screen page(std::string name, int step = -1, bool signed_in = true);
Screen home();
Screen small_home();
Screen place_card();
Screen form_address();
Screen form_phone();
Screen form_errors();
Screen form_id_number();
Screen face();
Screen letter();
Screen receipt();
Screen rating();
Screen consent();
Screen question();
Screen review();
Screen guide();
Screen long_letter();
Screen stopped();
Screen still_there();
Screen device(std::string name, DevicePictureKind kind, std::string title, std::string caption,
              bool busy);
std::vector<Screen> widget_pages();
void grow_old(Screen& s);
Screen elder_home();
void speak_english(Screen& s);

}  // namespace gallery
