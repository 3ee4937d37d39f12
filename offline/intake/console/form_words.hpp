// What forms say in words, and what is said of faults to whoever sent one. Pure.
#pragma once

#include "base/fault.hpp"

#include <chrono>
#include <string>

namespace offline::intake::console {

int number_in(const std::string& text);  // 0: it is none
std::chrono::hours hours_in(const std::string& text);
std::string in_words(const base::Fault& fault);

}  // namespace offline::intake::console
