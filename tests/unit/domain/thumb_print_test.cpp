// Which pictures of a thumb print can be used.
#include "domain/thumb_print.hpp"

#include "drivers/emulation/picture_tools.hpp"

#include <gtest/gtest.h>

namespace {

using domain::PrintQuality;
using drivers::emulation::PaperScene;

PrintQuality judged(const domain::Picture& picture) {
    return domain::thumb_picture(picture).quality;
}

TEST(thumb_print, an_inked_print_on_paper_is_kept_small_and_grey) {
    const auto taken =
        domain::thumb_picture(drivers::emulation::paper_before_camera(PaperScene::print));
    ASSERT_EQ(taken.quality, PrintQuality::good);
    EXPECT_EQ(taken.print->width, 160);
    EXPECT_EQ(taken.print->grey.size(), 160U * 200U);
}

TEST(thumb_print, ink_without_ridges_is_blurred) {
    for (const auto scene : {PaperScene::blurred_print, PaperScene::blot}) {
        const auto taken = domain::thumb_picture(drivers::emulation::paper_before_camera(scene));
        EXPECT_NE(taken.quality, PrintQuality::good);
        EXPECT_FALSE(taken.print) << "what cannot be used is not kept";
    }
    EXPECT_EQ(judged(drivers::emulation::paper_before_camera(PaperScene::blot)),
              PrintQuality::blurred);
}

TEST(thumb_print, paper_and_a_room_hold_no_print) {
    EXPECT_EQ(judged(drivers::emulation::paper_before_camera(PaperScene::blank)),
              PrintQuality::no_print);
    EXPECT_EQ(judged(drivers::emulation::empty_room()), PrintQuality::no_print);
}

TEST(thumb_print, a_print_in_the_dark_is_too_dark) {
    auto picture = drivers::emulation::paper_before_camera(PaperScene::print);
    drivers::emulation::darken(picture, 0.3);
    EXPECT_EQ(judged(picture), PrintQuality::too_dark);
}

TEST(thumb_print, a_print_beside_the_frame_is_not_seen) {
    auto picture = drivers::emulation::paper_before_camera(PaperScene::print);
    const auto moved = drivers::emulation::scaled(picture, {250, 0, 640, 480}, 640, 480);
    EXPECT_EQ(judged(moved), PrintQuality::no_print);
}

TEST(thumb_print, a_picture_smaller_than_the_print_is_none) {
    EXPECT_EQ(judged({10, 10, std::vector<std::uint8_t>(300, 200)}), PrintQuality::no_picture);
    EXPECT_EQ(judged({}), PrintQuality::no_picture);
}

}  // namespace
