// A date as it is typed: digits in, YYYY-MM-DD out, or what there is of it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace ui::widgets {

// The digits of a value so far, at most eight: "1940-1" → "19401".
std::string date_digits(std::string_view value);
// The value of typed digits. A first digit that no month or day can begin with gets its nought: 4
// as a month is 04, so that nobody has to know about noughts.
std::string date_value(std::string_view digits);

}  // namespace ui::widgets
