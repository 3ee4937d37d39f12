// The sign that something is asked: two falling notes, 0.4 s, generated. Pure.
#pragma once

#include <cstdint>
#include <vector>

namespace ui::speech {

std::vector<std::int16_t> chime(double gain);

}  // namespace ui::speech
