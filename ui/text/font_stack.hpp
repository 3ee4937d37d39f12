// The fonts of the product, mapped into memory (not copied): Noto Sans CJK SC in two weights, the
// icon font, and fonts for rare characters where they are installed. Sizes are em pixels: a Hanzi
// is as wide as its size says. Main thread only, inside one ImGui context. Fault FileUnreadable
// names the font that is missing.
#pragma once

#include "base/result.hpp"
#include "ui/theme/geometry.hpp"
#include "ui/theme/theme.hpp"

#include <filesystem>
#include <memory>
#include <string_view>

namespace ui::text {

class FontStack {
  public:
    struct Files {
        std::filesystem::path regular = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
        std::filesystem::path bold = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
        int face = 2;  // Simplified Chinese inside the collection
        std::filesystem::path icons;
    };
    // Adds the fonts to the current ImGui context.
    static base::Result<std::unique_ptr<FontStack>> open(const Files& files);
    ~FontStack();
    FontStack(const FontStack&) = delete;
    FontStack& operator=(const FontStack&) = delete;

    float width(std::string_view text, const theme::Type& type) const;
    float advance(char32_t c, const theme::Type& type) const;
    bool has(char32_t c, theme::Weight weight) const;
    bool has_icon(char32_t c) const;

    // Draws on ImGui's background list. `baseline` is where Latin letters stand.
    void draw(std::string_view text, float x, float baseline, const theme::Type& type,
              theme::Colour colour) const;
    void draw_icon(char32_t c, theme::Rect square, theme::Colour colour) const;

    // Drops glyphs nobody uses any more; between sessions, so that the atlas stays bounded and no
    // name can be read from it.
    void compact();

  private:
    struct Fonts;
    explicit FontStack(std::unique_ptr<Fonts> fonts);
    std::unique_ptr<Fonts> fonts_;
};

}  // namespace ui::text
