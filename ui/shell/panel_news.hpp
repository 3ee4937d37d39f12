// What the panel itself has to say beside what a person did: for the log and for who mends it. No
// person's data. Plain values.
#pragma once

#include "domain/device_health.hpp"
#include "ui/text/missing_glyph.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ui::shell {

struct PanelNews {
    std::optional<domain::DeviceHealth> health;  // when it changed
    std::vector<std::string> missing_fonts;      // names of files; once, after the start
    std::vector<text::MissingGlyphs> missing_glyphs;

    bool empty() const { return !health && missing_fonts.empty() && missing_glyphs.empty(); }
};

}  // namespace ui::shell
