// The icons this product uses, by the names of the Tabler set (outline, MIT). The font is fetched
// at set-up; a name that is not in this table is a bug of the page that used it.
#pragma once

#include <span>
#include <string_view>

namespace ui::theme {

struct Icon {
    std::string_view name;
    char32_t code_point;
};

std::span<const Icon> icons();
// 0 for an unknown or empty name.
char32_t icon(std::string_view name);

}  // namespace ui::theme
