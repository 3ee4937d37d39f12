// Words of a page as words for the ear: short prompts, one instruction each (UX-193), masked places
// as "hidden", numbers digit by digit. Pure; any thread.
#pragma once

#include "base/locale.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ui::speech {

inline constexpr std::size_t most_hanzi = 24;    // in one prompt
inline constexpr std::size_t most_letters = 90;  // in one prompt of letters

std::size_t hanzi_in(std::string_view text);

// Divided at the ends of sentences, where that is too long at commas, then anywhere. Stars of a
// mask become one word. Empty pieces are left out.
std::vector<std::string> in_prompts(std::string_view text, base::Locale locale);

// Character by character, a mask's star as 星号: what a person asks for who did not catch a number.
std::vector<std::string> spelled(std::string_view text, base::Locale locale);

// For the voice: long numbers apart, so that they are read digit by digit.
std::string for_voice(std::string_view text);

}  // namespace ui::speech
