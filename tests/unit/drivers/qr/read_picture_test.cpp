// What a technician reads of a picture, and pictures from files.
#include "drivers/qr/read_picture.hpp"

#include "../test_files.hpp"
#include "base/bytes.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/pictures/picture_file.hpp"
#include "drivers/qr/code_finder.hpp"
#include "drivers/qr/drawn_code.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace drivers::qr {
namespace {

domain::Picture room_with(const std::vector<std::string>& texts) {
    auto room = emulation::empty_room();
    int left = 20;
    for (const auto& text : texts) {
        emulation::put_sheet(room, draw_code(text, 200).value(), left, 80);
        left += 210;
    }
    return room;
}

TEST(read_picture, every_code_of_a_picture_is_told_once) {
    const auto found = read_picture(room_with({"one", "two", "one"}));
    ASSERT_EQ(found.size(), 2U);
    std::vector<std::string> texts{*found[0].text, *found[1].text};
    std::sort(texts.begin(), texts.end());
    EXPECT_EQ(texts, (std::vector<std::string>{"one", "two"}));
}

TEST(read_picture, says_the_text_that_the_terminal_would_read_live) {
    for (const std::string text : {"CWC1:0A2BC", "市民之窗"}) {
        auto picture = room_with({text});
        for (auto& value : picture.rgb) value = static_cast<std::uint8_t>(255 - value);
        const auto found = read_picture(picture);
        ASSERT_EQ(found.size(), 1U) << text;
        EXPECT_EQ(*found[0].text, **find_code(picture));
        EXPECT_EQ(base::as_text(*found[0].bytes), text);
    }
}

TEST(read_picture, an_empty_room_and_a_damaged_picture_hold_none) {
    EXPECT_TRUE(read_picture(emulation::empty_room()).empty());
    EXPECT_TRUE(read_picture({640, 480, {}}).empty());
}

// Four pixels: black, white, red and one that is not there at all.
const base::Bytes png = *base::from_hex(
    "89504e470d0a1a0a0000000d494844520000000200000002080600000072b60d240000001549444154789c63"
    "606060f80f020cff19408881010048c906fa001f0d6c0000000049454e44ae426082");
// As the emulated chip holds one: zeros follow it.
base::Bytes webp() {
    return *emulation::chip_portrait(emulation::empty_room(), {200, 100, 200, 200});
}

TEST(picture_file, png_and_webp_are_told_by_their_first_bytes_and_what_is_transparent_is_white) {
    const std::vector<std::uint8_t> pixels{0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 255};
    const auto from_png = pictures::decoded_picture(png);
    ASSERT_TRUE(from_png);
    EXPECT_EQ(from_png->width, 2);
    EXPECT_EQ(from_png->height, 2);
    EXPECT_EQ(from_png->rgb, pixels);
    const auto from_webp = pictures::decoded_picture(webp());
    ASSERT_TRUE(from_webp);
    EXPECT_EQ(from_webp->width, emulation::chip_portrait_width);
    EXPECT_EQ(from_webp->height, emulation::chip_portrait_height);
}

TEST(picture_file, every_file_that_is_cut_off_is_a_fault) {
    constexpr std::size_t end_chunk = 12;  // the PNG's last, empty one
    for (std::size_t size = 0; size < png.size() - end_chunk; ++size)
        EXPECT_FALSE(pictures::decoded_picture(base::ByteView(png).first(size))) << size;
    const auto file = webp();
    for (const std::size_t size : {0U, 4U, 12U, 20U, 30U, 100U})
        EXPECT_FALSE(pictures::decoded_picture(base::ByteView(file).first(size))) << size;
}

TEST(picture_file, a_picture_larger_than_any_camera_takes_is_refused_unread) {
    auto file = png;
    file[16] = 0x7F;  // the width in the PNG's header
    EXPECT_FALSE(pictures::decoded_picture(file));
}

TEST(picture_file, a_file_that_is_not_there_is_said_by_its_path) {
    const auto picture = pictures::load_picture("/nonexistent.png");
    ASSERT_FALSE(picture);
    const auto& fault = picture.error();
    EXPECT_EQ(fault.code, base::FaultCode::FileUnreadable);
    EXPECT_NE(fault.safe_detail.find("nonexistent"), std::string::npos);
}

TEST(picture_file, a_photograph_is_read_as_jpeg) {
    if (!testing::are_fetched()) GTEST_SKIP() << testing::not_fetched;
    const auto picture = pictures::load_picture(testing::cache("faces/sample2.jpg"));
    ASSERT_TRUE(picture);
    EXPECT_GT(picture->width, 100);
}

}  // namespace
}  // namespace drivers::qr
