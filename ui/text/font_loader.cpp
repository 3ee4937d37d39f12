#include "ui/text/font_loader.hpp"

#include <imgui.h>
#include <imgui_internal.h>
#include <misc/freetype/imgui_freetype.h>

#include <unordered_map>

namespace ui::text {

namespace {

// Which size each source made a glyph of last, by its name and not by its address.
std::unordered_map<const ImFontConfig*, ImGuiID>& last_size() {
    static std::unordered_map<const ImFontConfig*, ImGuiID> sizes;
    return sizes;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* size, void* data,
                ImWchar codepoint, ImFontGlyph* glyph, float* advance) {
    const ImFontLoader& loader = *ImGuiFreeType::GetFontLoader();
    ImGuiID& last = last_size()[source];
    if (last != size->BakedId) {
        // The same size at another address: FreeType is set up for it whatever was there before,
        // and again when the true one is asked for below.
        ImFontBaked elsewhere;
        elsewhere.ContainerFont = size->ContainerFont;
        elsewhere.RasterizerDensity = size->RasterizerDensity;
        float ignored = 0;
        loader.FontBakedLoadGlyph(atlas, source, &elsewhere, data, codepoint, nullptr, &ignored);
        last = size->BakedId;
    }
    return loader.FontBakedLoadGlyph(atlas, source, size, data, codepoint, glyph, advance);
}

bool begin_size(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* size, void* data) {
    last_size()[source] = size->BakedId;
    return ImGuiFreeType::GetFontLoader()->FontBakedInit(atlas, source, size, data);
}

void forget_source(ImFontAtlas* atlas, ImFontConfig* source) {
    last_size().erase(source);
    ImGuiFreeType::GetFontLoader()->FontSrcDestroy(atlas, source);
}

ImFontLoader mended() {
    ImFontLoader loader = *ImGuiFreeType::GetFontLoader();
    loader.FontBakedLoadGlyph = load_glyph;
    loader.FontBakedInit = begin_size;
    loader.FontSrcDestroy = forget_source;
    return loader;
}

}  // namespace

const ImFontLoader* font_loader() {
    static const ImFontLoader loader = mended();
    return &loader;
}

}  // namespace ui::text
