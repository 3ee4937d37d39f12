// What forms say in words, and what is said of faults to whoever sent one. Pure.
#pragma once

#include "base/fault.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace offline::intake::console {

// One of the cookies of a request's header; empty when it is not among them.
std::string cookie_in(std::string_view header, std::string_view name);
int number_in(const std::string& text);  // 0: it is none
std::chrono::hours hours_in(const std::string& text);
std::string in_words(const base::Fault& fault);

}  // namespace offline::intake::console
