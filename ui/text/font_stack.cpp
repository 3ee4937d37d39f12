#include "ui/text/font_stack.hpp"

#include <fcntl.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include "base/assert.hpp"
#include "ui/text/missing_glyph.hpp"
#include "ui/text/utf8.hpp"

#include <imgui.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace ui::text {

namespace {

// Fonts for characters that Noto Sans CJK lacks, in the order they are asked; each is optional.
constexpr std::array rare_fonts = {
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "/usr/share/fonts/truetype/babelstone-han/BabelStoneHan.ttf",
    "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",
};

// A file mapped read-only: opening 20 MB of fonts costs no copy and no start-up time.
class MappedFile {
  public:
    static base::Result<MappedFile> open(const std::filesystem::path& path) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) return base::fail(base::FaultCode::FileUnreadable, path.filename().string());
        struct stat facts {};
        void* data = MAP_FAILED;
        if (::fstat(fd, &facts) == 0 && facts.st_size > 0) {
            data = ::mmap(nullptr, static_cast<std::size_t>(facts.st_size), PROT_READ, MAP_PRIVATE,
                          fd, 0);
        }
        ::close(fd);
        if (data == MAP_FAILED)
            return base::fail(base::FaultCode::FileUnreadable, path.filename().string());
        return MappedFile(data, static_cast<std::size_t>(facts.st_size));
    }
    MappedFile(MappedFile&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(other.size_) {}
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile() {
        if (data_) ::munmap(data_, size_);
    }
    void* data() const { return data_; }
    std::size_t size() const { return size_; }

  private:
    MappedFile(void* data, std::size_t size) : data_(data), size_(size) {}
    void* data_;
    std::size_t size_;
};

// ImGui's size is ascender - descender (trap F1); this is how many em that is for a face.
base::Result<float> size_per_em(const MappedFile& file, int face_index) {
    FT_Library library = nullptr;
    FT_Face face = nullptr;
    if (FT_Init_FreeType(&library) != 0)
        return base::fail(base::FaultCode::InternalError, "freetype");
    const bool good = FT_New_Memory_Face(library, static_cast<const FT_Byte*>(file.data()),
                                         static_cast<FT_Long>(file.size()), face_index, &face) == 0;
    float ratio = 0;
    if (good) {
        ratio = static_cast<float>(face->ascender - face->descender) /
                static_cast<float>(face->units_per_EM);
        FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
    if (!good || ratio <= 0) return base::fail(base::FaultCode::FileUnreadable, "font face");
    return ratio;
}

// Merged fonts keep the same em as the first: ImGui scales them by the ratio of these.
constexpr float reference_em = 100.0F;
// FreeType gets the size in whole 64ths; a breath more keeps the em from being cut to 39.98.
constexpr float rounding = 0.02F;

ImU32 packed(theme::Colour c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}

struct Typeface {
    ImFont* font = nullptr;
    float per_em = 1;

    float size(float em) const { return em * per_em + rounding; }
    ImFontBaked* baked(float em) const { return font->GetFontBaked(size(em)); }
};

}  // namespace

struct FontStack::Fonts {
    std::vector<MappedFile> files;
    Typeface regular, bold, icons;
    mutable std::array<std::unordered_map<char32_t, bool>, 2> known;

    const Typeface& of(theme::Weight weight) const {
        return weight == theme::Weight::bold ? bold : regular;
    }

    base::Status add(const std::filesystem::path& path, int face, Typeface& into, bool merge) {
        MappedFile file = TRY(MappedFile::open(path));
        const float per_em = TRY(size_per_em(file, face));
        ImFontConfig config;
        // ImGui copies data it does not own, megabytes per font; so it is told that it owns them,
        // and before it could free them, that it does not.
        config.FontDataOwnedByAtlas = true;
        config.FontNo = static_cast<decltype(config.FontNo)>(face);
        config.MergeMode = merge;
        config.PixelSnapH = true;
        config.SizePixels = reference_em * per_em;
        ImFont* font = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(
            file.data(), static_cast<int>(file.size()), config.SizePixels, &config);
        if (!font) return base::fail(base::FaultCode::FileUnreadable, path.filename().string());
        font->Sources.back()->FontDataOwnedByAtlas = false;
        if (!merge) into = {font, per_em};
        files.push_back(std::move(file));
        return {};
    }

    void add_rare(Typeface& into) {
        for (const char* path : rare_fonts) {
            if (!std::filesystem::exists(path)) continue;
            // An optional font that cannot be read is a font that is not installed.
            if (auto added = add(path, 0, into, true); !added) continue;
        }
    }
};

FontStack::FontStack(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
FontStack::~FontStack() {
    ImGui::GetIO().Fonts->Clear();
}

base::Result<std::unique_ptr<FontStack>> FontStack::open(const Files& files) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.TexMinWidth = 2048;
    atlas.TexMinHeight = 512;
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    auto fonts = std::make_unique<Fonts>();
    TRY_STATUS(fonts->add(files.regular, files.face, fonts->regular, false));
    fonts->add_rare(fonts->regular);
    TRY_STATUS(fonts->add(files.bold, files.face, fonts->bold, false));
    fonts->add_rare(fonts->bold);
    TRY_STATUS(fonts->add(files.icons, 0, fonts->icons, false));
    return std::unique_ptr<FontStack>(new FontStack(std::move(fonts)));
}

bool FontStack::has(char32_t c, theme::Weight weight) const {
    if (c < 0x80) return true;
    auto& known = fonts_->known[weight == theme::Weight::bold ? 1 : 0];
    const auto [at, fresh] = known.try_emplace(c, false);
    if (fresh) at->second = fonts_->of(weight).font->IsGlyphInFont(static_cast<ImWchar>(c));
    return at->second;
}

bool FontStack::has_icon(char32_t c) const {
    return c != 0 && fonts_->icons.font->IsGlyphInFont(static_cast<ImWchar>(c));
}

float FontStack::advance(char32_t c, const theme::Type& type) const {
    if (!has(c, type.weight)) return type.em;
    return fonts_->of(type.weight).baked(type.em)->GetCharAdvance(static_cast<ImWchar>(c));
}

float FontStack::width(std::string_view text, const theme::Type& type) const {
    ImFontBaked* baked = fonts_->of(type.weight).baked(type.em);
    float sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        sum += has(c, type.weight) ? baked->GetCharAdvance(static_cast<ImWchar>(c)) : type.em;
    }
    return sum;
}

void FontStack::draw(std::string_view text, float x, float baseline, const theme::Type& type,
                     theme::Colour colour) const {
    const Typeface& face = fonts_->of(type.weight);
    ImFontBaked* baked = face.baked(type.em);
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    const float top = std::round(baseline) - baked->Ascent;
    x = std::round(x);
    // Runs of drawable characters, with the missing ones as boxes in between.
    std::size_t run = 0;
    float run_x = x;
    const auto flush = [&](std::size_t end) {
        if (end > run)
            list->AddText(face.font, face.size(type.em), {run_x, top}, packed(colour),
                          text.data() + run, text.data() + end);
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = next_code_point(text, at);
        if (has(c, type.weight)) {
            x += baked->GetCharAdvance(static_cast<ImWchar>(c));
            continue;
        }
        flush(begin);
        const theme::Rect box{x, std::round(baseline) - std::round(type.em * 0.86F), type.em,
                              type.em};
        for (const theme::Rect& part : missing_glyph(c, box)) {
            list->AddRectFilled({part.x, part.y}, {part.right(), part.bottom()}, packed(colour));
        }
        x += type.em;
        run = at;
        run_x = x;
    }
    flush(text.size());
}

void FontStack::draw_icon(char32_t c, theme::Rect square, theme::Colour colour) const {
    if (c == 0) return;
    const Typeface& face = fonts_->icons;
    std::string text;
    append(text, c);
    // The icons fill their em square from ascender to descender.
    ImGui::GetBackgroundDrawList()->AddText(face.font, face.size(square.h),
                                            {std::round(square.x), std::round(square.y)},
                                            packed(colour), text.data(), text.data() + text.size());
}

void FontStack::compact() {
    ImGui::GetIO().Fonts->CompactCache();
    for (auto& known : fonts_->known) known.clear();
}

}  // namespace ui::text
