// UTF-8 as code points. Bad bytes become U+FFFD, one per byte, so nothing a device or file says can
// make a page fail. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ui::text {

// The code point that starts at `at`, which moves behind it. `at` must be inside the text.
char32_t next_code_point(std::string_view text, std::size_t& at);
std::size_t code_points(std::string_view text);
void append(std::string& text, char32_t code_point);
// Removes the last code point, if there is one.
void drop_last(std::string& text);

// May every byte of it be shown? Not so: broken UTF-8, control characters besides '\n', marks that
// turn the direction of writing or cannot be seen, and what Unicode calls noncharacters.
bool is_clean(std::string_view text);
// The same text with U+FFFD in place of each that may not.
std::string mended(std::string_view text);

}  // namespace ui::text
