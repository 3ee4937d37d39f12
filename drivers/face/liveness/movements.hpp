// The movements a person is asked for, in an order nobody can know beforehand: a recording made for
// another order does not fit. Pure.
#pragma once

#include <random>
#include <vector>

namespace drivers::face {

enum class Movement { turn_left, turn_right, blink };  // left and right are the person's own

// Never the same twice in a row; of two and more at least one turn and one blink.
std::vector<Movement> draw_movements(int count, std::mt19937& random);

}  // namespace drivers::face
