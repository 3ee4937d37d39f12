// Sample screens: the nine mock-ups and every kind of block. The gallery program draws them to look
// at, the unit tests check their geometry. The people and places are invented.
#pragma once

#include "ui/screens/screen.hpp"

#include <vector>

namespace gallery {

std::vector<ui::screens::Screen> standard_screens();
std::vector<ui::screens::Screen> elder_screens();
std::vector<ui::screens::Screen> english_screens();

}  // namespace gallery
