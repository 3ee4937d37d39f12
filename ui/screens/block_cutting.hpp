// A block that is higher than its room, cut in two: between entries of its list, or within the
// first of them where that alone is too high. Main thread.
#pragma once

#include "ui/screens/screen.hpp"
#include "ui/widgets/context.hpp"

#include <optional>

namespace ui::screens {

// Of a list to choose from, on one part of a page (UX-047).
inline constexpr std::size_t choices_most = 8;

struct CutBlock {
    Block head, tail;  // the head fits
};

// None where the block has to stay whole. Width and room in pixels.
std::optional<CutBlock> cut_block(const widgets::Context& c, const Block& block, float width,
                                  float room);

}  // namespace ui::screens
