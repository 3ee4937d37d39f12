#include "ui/text/font_stack.hpp"

#include "ui/text/acceptance_list.hpp"
#include "ui/text/font_file.hpp"
#include "ui/text/font_loader.hpp"
#include "ui/text/missing_glyph.hpp"
#include "ui/text/utf8.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ui::text {

namespace {

// ImGui knows Unicode up to here; one bit each tells which characters were met before.
constexpr std::size_t code_space = 0x110000;
// Up to this part of the bound the atlas is filled ahead of need; the rest is for what people
// bring.
constexpr int warm_surface = FontStack::atlas_bound * FontStack::atlas_bound / 2;
// Beyond this the glyphs of earlier pages go before the atlas has to grow.
constexpr int full_surface = FontStack::atlas_bound / 4 * 3 * FontStack::atlas_bound;

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
    std::vector<FontFile> files;
    Typeface regular, bold, icons;
    std::vector<std::string> missing_files;
    mutable std::array<std::unordered_map<char32_t, bool>, 2> known;
    // Characters no font has: a bit for each that was met, so that each is told once.
    mutable std::vector<bool> missing_met = std::vector<bool>(code_space);
    mutable std::vector<MissingGlyphs> missing_news;

    // Characters of texts that are everybody's, and their glyphs still to be made.
    std::vector<bool> open_characters = std::vector<bool>(code_space);
    struct Waiting {
        const Typeface* face;
        float em;
        char32_t c;

        using Key = std::tuple<const Typeface*, long, char32_t>;
        // ImGui makes glyphs in whole sizes.
        Key key() const { return {face, std::lround(face->size(em)), c}; }
    };
    std::deque<Waiting> waiting;
    std::set<Waiting::Key> queued;  // the same, so that each waits once

    const Typeface& of(theme::Weight weight) const {
        return weight == theme::Weight::bold ? bold : regular;
    }

    void wait_for(const Waiting& glyph) {
        if (queued.insert(glyph.key()).second) waiting.push_back(glyph);
    }
    void wait_for_none() {
        waiting.clear();
        queued.clear();
    }

    base::Status add(const std::filesystem::path& path, int face, Typeface& into, bool merge) {
        FontFile file = TRY(FontFile::open(path));
        const float per_em = TRY(file.size_per_em(face));
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

    // The font meant for this weight, else the best one there is; then those for rare characters.
    bool add_text(const std::filesystem::path& wanted, const std::filesystem::path& twin,
                  const Files& from, Typeface& into) {
        bool found = add(wanted, from.face, into, false).has_value();
        if (!found) {
            missing_files.push_back(wanted.filename().string());
            found = add(twin, from.face, into, false).has_value();
        }
        for (const auto& path : from.substitutes)
            if (!found) found = add(path, 0, into, false).has_value();
        if (!found) return false;
        for (const auto& places : from.rare) {
            bool added = false;
            for (const auto& path : places)
                if (!added) added = add(path, 0, into, true).has_value();
            if (!added && &into == &regular && !places.empty())
                missing_files.push_back(places.front().filename().string());
        }
        return true;
    }

    void missed(char32_t c) const {
        if (missing_met[c]) return;
        missing_met[c] = true;
        const std::string_view block = block_of(c);
        for (MissingGlyphs& told : missing_news)
            if (told.block == block) {
                ++told.count;
                return;
            }
        missing_news.push_back({block, 1});
    }
};

FontStack::FontStack(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
FontStack::~FontStack() {
    ImGui::GetIO().Fonts->Clear();
}

base::Result<std::unique_ptr<FontStack>> FontStack::open(const Files& files) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.TexMinWidth = atlas_bound;
    atlas.TexMinHeight = atlas_bound / 4;
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    atlas.SetFontLoader(font_loader());
    auto fonts = std::make_unique<Fonts>();
    if (!fonts->add_text(files.regular, files.bold, files, fonts->regular) ||
        !fonts->add_text(files.bold, files.regular, files, fonts->bold))
        return base::fail(base::FaultCode::NoFont, files.regular.filename().string());
    if (!fonts->add(files.icons, 0, fonts->icons, false))
        fonts->missing_files.push_back(files.icons.filename().string());
    std::unique_ptr<FontStack> stack(new FontStack(std::move(fonts)));
    for (const char32_t c : acceptance_list)
        if (!stack->has(c, theme::Weight::regular)) stack->fonts_->missed(c);
    return stack;
}

const std::vector<std::string>& FontStack::missing_files() const {
    return fonts_->missing_files;
}

std::vector<MissingGlyphs> FontStack::take_missing_glyphs() {
    return std::exchange(fonts_->missing_news, {});
}

bool FontStack::has(char32_t c, theme::Weight weight) const {
    if (c < 0x80) return true;
    if (c >= code_space) return false;
    auto& known = fonts_->known[weight == theme::Weight::bold ? 1 : 0];
    const auto [at, fresh] = known.try_emplace(c, false);
    if (fresh) at->second = fonts_->of(weight).font->IsGlyphInFont(static_cast<ImWchar>(c));
    return at->second;
}

bool FontStack::has_icon(char32_t c) const {
    return c != 0 && fonts_->icons.font &&
           fonts_->icons.font->IsGlyphInFont(static_cast<ImWchar>(c));
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
        fonts_->missed(c);
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
    // Without the icon font the words beside each sign stand alone.
    if (c == 0 || !fonts_->icons.font) return;
    const Typeface& face = fonts_->icons;
    std::string text;
    append(text, c);
    // The icons fill their em square from ascender to descender.
    ImGui::GetBackgroundDrawList()->AddText(face.font, face.size(square.h),
                                            {std::round(square.x), std::round(square.y)},
                                            packed(colour), text.data(), text.data() + text.size());
}

void FontStack::warm_later(std::string_view texts, std::span<const theme::Type> types) {
    std::vector<char32_t> fresh;
    for (std::size_t at = 0; at < texts.size();) {
        const char32_t c = next_code_point(texts, at);
        if (c <= U' ' || fonts_->open_characters[c]) continue;
        fonts_->open_characters[c] = true;
        fresh.push_back(c);
    }
    for (const theme::Type& type : types)
        for (const char32_t c : fresh) fonts_->wait_for({&fonts_->of(type.weight), type.em, c});
}

bool FontStack::warm(std::size_t glyphs) {
    auto& waiting = fonts_->waiting;
    for (; glyphs > 0 && !waiting.empty(); --glyphs) {
        if (surface() > warm_surface) {
            fonts_->wait_for_none();
            break;
        }
        const auto next = waiting.front();
        waiting.pop_front();
        fonts_->queued.erase(next.key());
        next.face->baked(next.em)->FindGlyph(static_cast<ImWchar>(next.c));
    }
    return !waiting.empty();
}

int FontStack::surface() const {
    const ImFontAtlasBuilder* builder = ImGui::GetIO().Fonts->Builder;
    return builder ? builder->RectsPackedSurface - builder->RectsDiscardedSurface : 0;
}

FontStack::AtlasSize FontStack::atlas_size() const {
    const ImTextureData* texture = ImGui::GetIO().Fonts->TexData;
    return texture ? AtlasSize{texture->Width, texture->Height} : AtlasSize{};
}

void FontStack::keep_bounded() {
    if (surface() > full_surface) compact();
}

void FontStack::compact() {
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    if (!atlas->Builder) return;
    for (auto& known : fonts_->known) known.clear();
    // Glyphs of open texts come back in idle time; which others there were is nobody's business.
    for (int i = 0; i < atlas->Builder->BakedPool.Size; ++i) {
        const ImFontBaked& baked = atlas->Builder->BakedPool[i];
        const ImFont* owner = baked.ContainerFont;
        if (baked.WantDestroy || !owner) continue;
        for (const Typeface* face : {&fonts_->regular, &fonts_->bold}) {
            if (face->font != owner) continue;
            const float em = (baked.Size - rounding) / face->per_em;
            for (const ImFontGlyph& glyph : baked.Glyphs) {
                const auto c = static_cast<char32_t>(glyph.Codepoint);
                if (c < code_space && fonts_->open_characters[c]) fonts_->wait_for({face, em, c});
            }
        }
    }
    ImFontAtlasBuildDiscardBakes(atlas, 0);
    atlas->CompactCache();
}

}  // namespace ui::text
