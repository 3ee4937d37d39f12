// A person's Comfort as a code of ten characters (CWC1:XXXXX), to be photographed and shown to a
// terminal the next time. It says how the terminal shall look, sound and stand and nothing else:
// no name, no number, no place, no time; everybody with the same wishes has the same code. Pure.
#pragma once

#include "domain/comfort.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace domain {

std::string comfort_code(const Comfort& comfort);
// None for everything that is not exactly such a code: another version, a wrong check, values no
// terminal offers. Whatever a camera may read can be given; nothing of it is acted upon.
std::optional<Comfort> comfort_from_code(std::string_view text);

}  // namespace domain
