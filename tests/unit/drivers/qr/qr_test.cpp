// Codes before the camera, drawn and read back.
#include "../event_inbox.hpp"
#include "../test_files.hpp"
#include "drivers/emulation/emulated_devices.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/qr/code_finder.hpp"
#include "drivers/qr/drawn_code.hpp"
#include "drivers/qr/reading/looks.hpp"

#include <gtest/gtest.h>

namespace drivers::qr {
namespace {

TEST(code_finder, reads_what_was_drawn_at_several_sizes_and_in_a_dim_room) {
    for (const int side : {140, 220, 320})
        for (const double light : {1.0, 0.4}) {
            auto room = emulation::empty_room();
            emulation::put_sheet(room, draw_code("CWC1:0A2BC", side).value(), 100, 80);
            emulation::darken(room, light);
            const auto code = find_code(room);
            ASSERT_TRUE(code) << side << " " << light;
            EXPECT_EQ(**code, "CWC1:0A2BC");
        }
}

TEST(code_finder, an_empty_room_and_damaged_pictures_hold_none) {
    EXPECT_FALSE(find_code(emulation::empty_room()));
    EXPECT_FALSE(find_code({}));
    EXPECT_FALSE(find_code({640, 480, {}}));
}

TEST(code_finder, a_long_text_comes_whole) {
    const std::string digits(3000, '7');
    auto room = emulation::empty_room();
    emulation::put_sheet(room, draw_code(digits, 460).value(), 90, 10);
    const auto code = find_code(room);
    ASSERT_TRUE(code);
    EXPECT_EQ(**code, digits);
}

// Light on dark, as a phone at night shows it: the library reads dark on light alone.
domain::Picture inverted(domain::Picture picture) {
    for (auto& value : picture.rgb) value = static_cast<std::uint8_t>(255 - value);
    return picture;
}

domain::Picture with_code(const std::string& text, int side) {
    auto room = emulation::empty_room();
    emulation::put_sheet(room, draw_code(text, side).value(), 100, 80);
    return room;
}

TEST(code_finder, a_light_code_on_a_dark_screen_is_read) {
    const auto code = find_code(inverted(with_code("CWC1:0A2BC", 220)));
    ASSERT_TRUE(code);
    EXPECT_EQ(**code, "CWC1:0A2BC");
}

TEST(code_finder, chinese_text_comes_as_utf_8_whatever_the_code_held) {
    const auto code = find_code(with_code("市民之窗 办事指南", 300));
    ASSERT_TRUE(code);
    EXPECT_EQ(**code, "市民之窗 办事指南");
}

TEST(frame_finder, a_code_that_only_one_look_shows_is_read_within_a_round_of_looks) {
    const auto frame = inverted(with_code("CWC1:0A2BC", 220));
    FrameFinder finder;
    int frames = 0;
    std::optional<base::SecretText> found;
    while (!found && frames < 2 * static_cast<int>(all_looks.size())) {
        found = finder.find(frame);
        ++frames;
    }
    ASSERT_TRUE(found);
    EXPECT_EQ(**found, "CWC1:0A2BC");
    EXPECT_GT(frames, 1) << "the first frame is read as it is";
}

TEST(frame_finder, a_code_as_it_is_shows_in_the_first_frame) {
    FrameFinder finder;
    EXPECT_TRUE(finder.find(with_code("CWC1:0A2BC", 220)));
}

TEST(looks, no_look_makes_anything_of_a_damaged_or_tiny_picture) {
    for (const auto look : all_looks) {
        EXPECT_FALSE(look_at({}, look));
        EXPECT_FALSE(look_at({1, 100, std::vector<std::uint8_t>(100)}, look));
        EXPECT_FALSE(look_at({640, 480, {}}, look));
    }
    EXPECT_TRUE(grey_of({640, 480, {}}).grey.empty());
}

struct Bench {
    base::ManualClock clock{base::Instant{}};
    testing::EventInbox inbox;
    emulation::EmulatedDevices emulated = *emulation::EmulatedDevices::create(
        {testing::people_folder, "", "", "", "", base::Millis{0}}, clock, inbox.sink());
    DeviceSet devices = emulated.take_devices();
};

TEST(code_reader, says_a_code_once_with_the_ticket_of_the_request_and_the_next_one_too) {
    Bench bench;
    ASSERT_TRUE(bench.emulated.command("camera show code CWC1:00000"));
    bench.devices.camera->start();
    bench.devices.code_reader->start({3, 4}, LookWith::scanner_and_camera);
    const auto first = bench.inbox.next<CodeSeen>();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->ticket, (domain::Ticket{3, 4}));
    EXPECT_EQ(*first->text, "CWC1:00000");
    ASSERT_TRUE(bench.emulated.command("camera show code https://example.org"));
    const auto second = bench.inbox.next<CodeSeen>();
    ASSERT_TRUE(second);
    EXPECT_EQ(*second->text, "https://example.org") << "the first was said twice";
}

TEST(code_reader, after_stop_nothing_is_read) {
    Bench bench;
    bench.devices.camera->start();
    bench.devices.code_reader->start({3, 4}, LookWith::scanner_and_camera);
    bench.devices.code_reader->stop();
    ASSERT_TRUE(bench.emulated.command("camera show code CWC1:00000"));
    EXPECT_FALSE(bench.inbox.next<CodeSeen>(std::chrono::seconds(1)));
}

}  // namespace
}  // namespace drivers::qr
