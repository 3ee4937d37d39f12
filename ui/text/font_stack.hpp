// The fonts of the product, mapped into memory (not copied): Noto Sans CJK SC in two weights, the
// icon font, and fonts for rare characters where they are installed. Sizes are em pixels: a Hanzi
// is as wide as its size says. Main thread only, inside one ImGui context. Fault FileUnreadable
// names the font that is missing.
#pragma once

#include "base/result.hpp"
#include "ui/text/missing_glyph.hpp"
#include "ui/theme/geometry.hpp"
#include "ui/theme/theme.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ui::text {

class FontStack {
  public:
    struct Files {
        std::filesystem::path regular = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
        std::filesystem::path bold = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
        int face = 2;  // Simplified Chinese inside the collection
        std::filesystem::path icons;
        // In place of a text font that is missing: the first that can be read.
        std::vector<std::filesystem::path> substitutes = {
            "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
            "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
            "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
            "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        };
        // For characters that Noto Sans CJK lacks, in the order they are asked; each with the
        // places where it may lie.
        std::vector<std::vector<std::filesystem::path>> rare = {
            {"/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"},
            {"/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"},
            {"/usr/share/fonts/truetype/babelstone-han/BabelStoneHan.ttf",
             "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"},
        };
    };
    // The glyphs' texture is at most this wide and high (UX-275).
    static constexpr int atlas_bound = 2048;
    // Adds the fonts to the current ImGui context, and looks whether they have all characters of
    // acceptance_list.hpp: those that are missing are told like any that are met later.
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

    // Files that are not there or not fonts, by name; the rest does what it can without them.
    const std::vector<std::string>& missing_files() const;
    // Characters that no font has, met since the last call; each character is told once.
    std::vector<MissingGlyphs> take_missing_glyphs();

    // Texts that are everybody's (messages, the pack): their glyphs are made in idle time, so that
    // no page has to wait for them, and made again after compact().
    void warm_later(std::string_view texts, std::span<const theme::Type> types);
    // Makes up to so many of them; true while more wait. Between frames.
    bool warm(std::size_t glyphs);

    // Drops every glyph, so that the atlas stays bounded and no name can be read from it; between
    // sessions, and between frames.
    void compact();
    // Does so within a session that shows very much. Before a frame.
    void keep_bounded();
    struct AtlasSize {
        int w = 0, h = 0;
    };
    AtlasSize atlas_size() const;

  private:
    int surface() const;  // px² of glyphs in use

    struct Fonts;
    explicit FontStack(std::unique_ptr<Fonts> fonts);
    std::unique_ptr<Fonts> fonts_;
};

}  // namespace ui::text
