// What the pages of the other ways to sign say and hide.
#include "page_of.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace app {
namespace {

using namespace ui::screens;
using training::samples::Walker;

TEST(signing_pages, every_way_that_is_open_is_one_tap_from_the_choice) {
    const auto page = page_of(Walker{}.to_signature().on(session::OtherWaysOpened{}));
    std::vector<std::string> ids;
    for (const auto& choice : block<Choices>(page)->choices) ids.push_back(choice.id);
    EXPECT_EQ(ids, (std::vector<std::string>{"way:touch", "way:thumb", "way:witnessed"}));
}

TEST(signing_pages, the_camera_is_asked_for_with_two_equal_buttons_and_says_what_for) {
    const auto page = page_of(Walker{}
                                  .to_signature()
                                  .on(session::OtherWaysOpened{})
                                  .on(session::WayChosen{catalogue::SignatureWay::thumb}));
    const auto& paragraphs = block<TextCard>(page)->paragraphs;
    EXPECT_TRUE(std::any_of(paragraphs.begin(), paragraphs.end(), [](const Paragraph& each) {
        return each.text.find("只用于这份承诺书") != std::string::npos;
    }));
    for (const auto& button : block<ButtonRow>(page)->buttons)
        EXPECT_EQ(button.look, ButtonLook::equal);
}

TEST(signing_pages, the_camera_in_use_has_its_lamp_and_a_frame_for_paper) {
    const auto page = page_of(Walker{}.to_thumb_camera());
    ASSERT_NE(block<CameraPreview>(page), nullptr);
    EXPECT_FALSE(block<CameraPreview>(page)->lamp_text.empty());
    EXPECT_EQ(block<CameraPreview>(page)->frame, PreviewFrame::paper);
}

TEST(signing_pages, the_witness_is_masked_and_reads_what_they_attest) {
    const auto page = page_of(Walker{}.to_witness_signing());
    EXPECT_NE(page.screen.subtitle.find("亲眼看到"), std::string::npos);
    for (const auto& row : block<KeyValues>(page)->rows) {
        EXPECT_EQ(row.value.find("王秀兰"), std::string::npos);
        EXPECT_EQ(row.value.find("19810302"), std::string::npos);
    }
}

TEST(signing_pages, the_letter_as_printed_comes_with_the_note_that_it_may_be_withdrawn) {
    Walker walker;
    walker.to_signature().on(session::LetterViewed{});
    walker.on(session::LetterDrawn{walker.in<flows::ViewingLetter>()->ticket,
                                   training::samples::paper_pages()});
    const auto page = page_of(walker);
    EXPECT_NE(page.screen.subtitle.find("撤回承诺"), std::string::npos);
    ASSERT_NE(block<PagePicture>(page), nullptr);
    EXPECT_EQ(block<PagePicture>(page)->pages.size(), 2U);
    EXPECT_TRUE(block<PagePicture>(page)->sizes) << "old eyes look closer";
}

TEST(signing_pages, a_witness_who_signed_in_full_is_never_told_that_it_was_too_short) {
    Walker walker;
    walker.to_witness_signing().on(session::LetterSubmitted{});
    const auto* missing = block<Notice>(page_of(walker));
    ASSERT_NE(missing, nullptr) << "nothing is signed yet";
    walker.session.card_present = walker.session.card_watched = true;
    walker
        .on(session::SignatureDrawn{base::Secret<domain::Strokes>(training::samples::signature())})
        .on(session::LetterSubmitted{});
    walker.session.card_present = false;
    EXPECT_EQ(block<Notice>(page_of(walker)), nullptr);
}

}  // namespace
}  // namespace app
