// Breaks a paragraph into lines the way Chinese is set: between any two Hanzi, but no line begins
// with closing punctuation or ends with an opening bracket, and Latin words, numbers and repeated
// dashes stay whole. Stock ImGui does none of this. Pure; any thread.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace ui::text {

using Advance = std::function<float(char32_t)>;

struct BrokenLine {
    std::string_view text;  // into the paragraph, without the blanks at the break
    float width = 0;
};

// `first_indent` is room already taken on the first line (a bold lead). A word wider than the line
// is cut; a '\n' always breaks. An empty text gives no line.
std::vector<BrokenLine> break_lines(std::string_view text, float width, const Advance& advance,
                                    float first_indent = 0);

bool may_start_line(char32_t c);
bool may_end_line(char32_t c);

}  // namespace ui::text
