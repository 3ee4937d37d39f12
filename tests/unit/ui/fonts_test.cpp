// The fonts alone, in an ImGui context without a window.
#include "ui/text/acceptance_list.hpp"
#include "ui/text/font_stack.hpp"
#include "ui/theme/icons.hpp"

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>

namespace {

class fonts : public testing::Test {
  protected:
    fonts() {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
        io.DisplaySize = {100, 100};
        ui::text::FontStack::Files files;
        files.icons = ICON_FONT;
        auto opened = ui::text::FontStack::open(files);
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().safe_detail);
        if (opened) stack_ = std::move(*opened);
        ImGui::NewFrame();
    }
    ~fonts() override {
        ImGui::EndFrame();
        stack_.reset();
        ImGui::DestroyContext();
    }
    std::unique_ptr<ui::text::FontStack> stack_;
};

}  // namespace

TEST_F(fonts, a_hanzi_is_as_wide_as_its_size_says) {
    for (const auto& kind : {domain::Comfort{}, domain::Comfort::for_elders()}) {
        const auto t = ui::theme::make_theme(kind, 4.034F, ui::theme::Shape::tall).type;
        for (const auto& type : {t.display, t.title, t.heading, t.label, t.row, t.row_bold, t.body,
                                 t.body_bold, t.small, t.small_bold})
            for (const char32_t c : U"中国市民龘")
                if (c != 0) {
                    EXPECT_EQ(stack_->advance(c, type), type.em) << type.em;
                }
    }
}
TEST_F(fonts, rare_characters_of_names_are_drawn) {
    // U+4DAE, U+20BB7, U+2B7FD, U+2C317, U+30EDD: one of each plane and extension, and two names.
    for (const char32_t c :
         std::u32string_view(U"\u4DAE\U00020BB7\U0002B7FD\U0002C317\U00030EDD𠅤𬱖"))
        for (const auto weight : {ui::theme::Weight::regular, ui::theme::Weight::bold})
            EXPECT_TRUE(stack_->has(c, weight)) << std::hex << static_cast<std::uint32_t>(c);
}
TEST_F(fonts, the_chain_covers_every_character_of_the_acceptance_list) {
    EXPECT_TRUE(stack_->take_missing_glyphs().empty());
    EXPECT_GT(ui::text::acceptance_list.size(), 30U);
}
TEST_F(fonts, a_glyph_forgotten_again_and_again_waits_once) {
    const auto type = ui::theme::make_theme(domain::Comfort{}, 4.034F, ui::theme::Shape::tall).type;
    const std::array types{type.body, type.label, type.small};
    stack_->warm_later("姓名下一题", types);
    for (int session = 0; session < 50; ++session) {
        for (const auto& one : types) stack_->width("姓名下一题", one);
        stack_->compact();  // with no idle moment in between
    }
    int waiting = 1;
    while (stack_->warm(1)) ++waiting;
    EXPECT_EQ(waiting, 5 * 3);
}
// The atlas drops sizes that no frame used for a while and moves the others together.
TEST_F(fonts, a_glyph_has_its_own_size_after_another_size_was_dropped) {
    const auto next_frame = [] {
        ImGui::EndFrame();
        ImGui::NewFrame();
    };
    const auto em = [](float size) {
        return ui::theme::Type{.em = size, .weight = ui::theme::Weight::regular};
    };
    stack_->width("一", em(20));
    stack_->width("一", em(28));
    stack_->width("一", em(40));
    for (int frame = 0; frame < 4; ++frame) {
        next_frame();
        stack_->width("一", em(40));
        stack_->width("一", em(28));
    }
    stack_->width("二", em(28));
    ImFontAtlasBuildDiscardBakes(ImGui::GetIO().Fonts, 2);
    next_frame();
    EXPECT_EQ(stack_->width("办", em(40)), 40);
    EXPECT_EQ(stack_->width("办", em(28)), 28);
}
TEST(font_chain, what_the_acceptance_list_lacks_is_told_once_at_the_start) {
    ImGui::CreateContext();
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    {
        ui::text::FontStack::Files files;
        files.icons = ICON_FONT;
        files.rare.clear();
        const auto opened = ui::text::FontStack::open(files);
        ASSERT_TRUE(opened);
        const auto told = (*opened)->take_missing_glyphs();
        const auto of = [&](std::string_view block) {
            return std::any_of(told.begin(), told.end(),
                               [&](const auto& one) { return one.block == block; });
        };
        EXPECT_TRUE(of("cjk_ext_d"));  // U+2B7FD, which Noto Sans CJK lacks
        EXPECT_FALSE(of("cjk"));
        EXPECT_TRUE((*opened)->take_missing_glyphs().empty());
    }
    ImGui::DestroyContext();
}
TEST_F(fonts, a_character_nobody_has_is_known_as_missing) {
    EXPECT_FALSE(stack_->has(U'\U000E0FFF', ui::theme::Weight::regular));
}
TEST_F(fonts, every_icon_of_the_table_exists_in_the_font) {
    for (const auto& icon : ui::theme::icons())
        EXPECT_TRUE(stack_->has_icon(icon.code_point)) << icon.name;
}
TEST(font_files, only_no_font_at_all_is_a_fault) {
    ImGui::CreateContext();
    ui::text::FontStack::Files files;
    files.regular = files.bold = "/nonexistent/Noto.ttc";
    files.substitutes.clear();
    const auto opened = ui::text::FontStack::open(files);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, base::FaultCode::NoFont);
    EXPECT_EQ(opened.error().safe_detail, "Noto.ttc");
    ImGui::DestroyContext();
}
