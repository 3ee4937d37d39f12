// Which fonts the pages are drawn with (UX-024), asked of the glyphs that were made for them, and
// whether the papers draw the same letters (UX-293), asked of the papers' own pixels.
#include "documents/page.hpp"
#include "tests/pages/stage.hpp"
#include "ui/text/acceptance_list.hpp"
#include "ui/text/utf8.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace pages {
namespace {

constexpr std::string_view sans = "Noto Sans CJK SC", icons = "tabler-icons";
// Sans-serif fonts of these characters are not to be had freely.
const std::set<std::string_view> rare{"HanaMinA", "HanaMinB", "BabelStone Han"};

// A face as the file itself tells it.
class Face {
  public:
    Face(const void* data, int size, unsigned index) {
        FT_Init_FreeType(&library_);
        EXPECT_EQ(FT_New_Memory_Face(library_, static_cast<const FT_Byte*>(data), size,
                                     static_cast<FT_Long>(index), &face_),
                  0);
    }
    ~Face() {
        FT_Done_Face(face_);
        FT_Done_FreeType(library_);
    }
    Face(const Face&) = delete;
    Face& operator=(const Face&) = delete;
    std::string family() const { return face_->family_name; }
    bool italic() const { return (face_->style_flags & FT_STYLE_FLAG_ITALIC) != 0; }
    bool bold() const { return (face_->style_flags & FT_STYLE_FLAG_BOLD) != 0; }
    bool has(char32_t c) const { return FT_Get_Char_Index(face_, c) != 0; }
    FT_Face get() const { return face_; }

  private:
    FT_Library library_ = nullptr;
    FT_Face face_ = nullptr;
};

// The fonts of the context that drew last, and who drew which character.
class Drawn {
  public:
    using Source = const ImFontConfig*;

    const Face& face(Source source) {
        auto& face = faces_[source];
        if (!face)
            face = std::make_unique<Face>(source->FontData, source->FontDataSize,
                                          static_cast<unsigned>(source->FontNo));
        return *face;
    }
    // Every glyph that is in the atlas now.
    void look() {
        auto& pool = ImGui::GetIO().Fonts->Builder->BakedPool;
        for (int i = 0; i < pool.Size; ++i) {
            const ImFontBaked& baked = pool[i];
            if (baked.WantDestroy || baked.ContainerFont == nullptr) continue;
            const auto& sources = baked.ContainerFont->Sources;
            for (const ImFontGlyph& glyph : baked.Glyphs) {
                if (!glyph.Visible) continue;
                const Source source = sources[static_cast<int>(glyph.SourceIdx)];
                by_[source].insert(static_cast<char32_t>(glyph.Codepoint));
                first_of_[source] = sources.front();
            }
        }
    }
    const std::map<Source, std::set<char32_t>>& by() const { return by_; }
    // Of the text it is drawn in; a font of rare characters is merged into both weights.
    bool bold(Source source) { return face(first_of_.at(source)).bold(); }

  private:
    std::map<Source, Source> first_of_;
    std::map<Source, std::unique_ptr<Face>> faces_;
    std::map<Source, std::set<char32_t>> by_;
};

Screen with_rare_names() {
    Screen screen;
    screen.name = "rare";
    screen.title = "王秀兰";
    screen.blocks.emplace_back(ui::screens::Line{"王秀兰 Aa 0123456789", false, false});
    for (const char32_t c : ui::text::acceptance_list) {
        std::string text;
        ui::text::append(text, c);
        screen.title += text;
        screen.blocks.emplace_back(ui::screens::Line{text, false, false});
    }
    return screen;
}

TEST(page_fonts, every_page_is_drawn_in_one_upright_sans_serif_family) {
    Stage stage(app::training::gallery::every_panel().front());
    Drawn drawn;
    const auto modes = app::training::gallery::every_mode();
    for (const Mode& mode : modes) {
        if (mode.name != "standard" && mode.name != "elder") continue;
        for (const auto locale : {base::Locale::zh, base::Locale::en})
            for (const SamplePage& sample : app::training::gallery::every_page()) {
                stage.show(page_of(sample, mode, locale).screen);
                drawn.look();
            }
    }
    std::size_t characters = 0;
    for (const auto& [source, those] : drawn.by()) {
        const Face& face = drawn.face(source);
        EXPECT_FALSE(face.italic()) << face.family();
        EXPECT_TRUE(face.family() == sans || face.family() == icons)
            << face.family() << " draws U+" << std::hex << std::uint32_t(*those.begin());
        if (face.family() == sans) characters += those.size();
    }
    EXPECT_GT(characters, 1000U);
}

TEST(page_fonts, another_family_draws_only_rare_characters_that_the_first_lacks) {
    Stage stage(app::training::gallery::every_panel().front());
    stage.show(with_rare_names());
    Drawn drawn;
    drawn.look();
    const Face* first = nullptr;
    for (const auto& [source, those] : drawn.by())
        if (drawn.face(source).family() == sans) first = &drawn.face(source);
    ASSERT_NE(first, nullptr);
    std::size_t others = 0;
    for (const auto& [source, those] : drawn.by()) {
        const Face& face = drawn.face(source);
        EXPECT_FALSE(face.italic()) << face.family();
        if (face.family() == sans || face.family() == icons) continue;
        EXPECT_TRUE(rare.contains(face.family())) << face.family();
        for (const char32_t c : those) {
            EXPECT_FALSE(first->has(c)) << std::hex << std::uint32_t(c);
            ++others;
        }
    }
    EXPECT_GT(others, 3U);
}

// A letter as black and white, cut to its ink.
struct Shape {
    int width = 0, height = 0;
    std::vector<bool> ink;
};
template <class Ink>
Shape cut(int width, int height, const Ink& ink) {
    int left = width, right = 0, top = height, bottom = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            if (ink(x, y)) {
                left = std::min(left, x), right = std::max(right, x + 1);
                top = std::min(top, y), bottom = std::max(bottom, y + 1);
            }
    Shape out{std::max(0, right - left), std::max(0, bottom - top), {}};
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) out.ink.push_back(ink(x, y));
    return out;
}
// Common ink by all ink, 0 … 1.
double likeness(const Shape& a, const Shape& b) {
    if (std::abs(a.width - b.width) > 3 || std::abs(a.height - b.height) > 3) return 0;
    int both = 0, any = 0;
    for (int y = 0; y < std::min(a.height, b.height); ++y)
        for (int x = 0; x < std::min(a.width, b.width); ++x) {
            const bool in_a = a.ink[static_cast<std::size_t>(y * a.width + x)];
            const bool in_b = b.ink[static_cast<std::size_t>(y * b.width + x)];
            both += in_a && in_b, any += in_a || in_b;
        }
    return any == 0 ? 0 : static_cast<double>(both) / any;
}

constexpr int em = 400;  // px
constexpr double same_letter = 0.95;

Shape by_face(const Face& face, char32_t c) {
    FT_Set_Pixel_Sizes(face.get(), em, em);
    EXPECT_EQ(FT_Load_Char(face.get(), c, FT_LOAD_RENDER | FT_LOAD_NO_HINTING), 0);
    const FT_Bitmap& bitmap = face.get()->glyph->bitmap;
    return cut(static_cast<int>(bitmap.width), static_cast<int>(bitmap.rows),
               [&](int x, int y) { return bitmap.buffer[y * bitmap.pitch + x] > 127; });
}

Shape on_paper(char32_t c, documents::Weight weight) {
    constexpr double px_per_mm = 10, points_per_mm = 72.0 / 25.4;
    documents::Page page({100, 100}, "fonts", base::Locale::zh, px_per_mm);
    documents::TextStyle style;
    style.size_pt = em / px_per_mm * points_per_mm;
    style.weight = weight;
    std::string text;
    ui::text::append(text, c);
    page.line_of_text(20, 20, 60, text, style);
    const auto pictures = page.finish_pictures();
    EXPECT_TRUE(pictures);
    const domain::Picture& picture = *pictures->front();
    return cut(picture.width, picture.height, [&](int x, int y) {
        return picture.rgb[static_cast<std::size_t>(y * picture.width + x) * 3] < 140;
    });
}

TEST(page_fonts, a_paper_draws_each_letter_with_the_font_that_draws_it_on_the_screen) {
    Stage stage(app::training::gallery::every_panel().front());
    stage.show(with_rare_names());
    Drawn drawn;
    drawn.look();
    std::size_t compared = 0, rare_ones = 0;
    for (const auto& [source, those] : drawn.by()) {
        const Face& face = drawn.face(source);
        // A font of rare characters has one weight only; a paper thickens it.
        if (face.family() == icons || (drawn.bold(source) && face.family() != sans)) continue;
        const auto weight =
            drawn.bold(source) ? documents::Weight::bold : documents::Weight::regular;
        for (const char32_t c : those) {
            if (c <= U' ') continue;
            EXPECT_GE(likeness(by_face(face, c), on_paper(c, weight)), same_letter)
                << face.family() << " U+" << std::hex << std::uint32_t(c);
            ++compared;
            rare_ones += face.family() != sans;
        }
    }
    EXPECT_GT(compared, 60U);
    EXPECT_GE(rare_ones, 3U);
}

TEST(page_fonts, another_font_or_weight_is_told_from_the_right_one) {
    Stage stage(app::training::gallery::every_panel().front());
    stage.show(with_rare_names());
    Drawn drawn;
    drawn.look();
    std::size_t others = 0;
    for (const auto& [source, those] : drawn.by()) {
        const Face& face = drawn.face(source);
        if (!face.has(U'\u5E02') || (face.family() == sans && !drawn.bold(source))) continue;
        EXPECT_LT(
            likeness(by_face(face, U'\u5E02'), on_paper(U'\u5E02', documents::Weight::regular)),
            same_letter)
            << face.family();
        ++others;
    }
    EXPECT_GE(others, 2U);
}

}  // namespace
}  // namespace pages
