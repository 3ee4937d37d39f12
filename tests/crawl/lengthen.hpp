// The pseudo-locale: a screen whose every text of ours is longer by a factor, as a translation may
// be. Values that people or the centre gave keep their length. Pure.
#pragma once

#include "ui/screens/screen.hpp"

namespace crawl {

std::string lengthened(const std::string& text, double factor);
ui::screens::Screen lengthened(ui::screens::Screen screen, double factor);

}  // namespace crawl
