// Where a text is cut in two, between two of its lines. Pure.
#pragma once

#include "ui/text/line_breaking.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ui::widgets {

// The byte behind the longest beginning, of two lines or more and not the whole, that `fits`;
// none when no such beginning does. `lines` point into `whole`.
template <class Fits>
std::optional<std::size_t> cut_between_lines(std::string_view whole,
                                             const std::vector<text::BrokenLine>& lines,
                                             Fits fits) {
    for (std::size_t keep = lines.size(); keep-- > 2;) {
        const auto end = static_cast<std::size_t>(lines[keep].text.data() - whole.data());
        if (fits(whole.substr(0, end))) return end;
    }
    return std::nullopt;
}

}  // namespace ui::widgets
