// Dear ImGui's FreeType loader with a fault mended. It remembers by address for which size of a font
// FreeType was set up last; between frames the atlas moves the sizes that it keeps to the places of
// those that it dropped, and then a glyph was made in the size of another. Main thread.
#pragma once

struct ImFontLoader;

namespace ui::text {

// For ImFontAtlas::SetFontLoader; lives as long as the program.
const ImFontLoader* font_loader();

}  // namespace ui::text
