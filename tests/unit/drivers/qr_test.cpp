// Codes before the camera, drawn and read back.
#include "drivers/emulation/emulated_devices.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/qr/code_finder.hpp"
#include "drivers/qr/drawn_code.hpp"
#include "event_inbox.hpp"
#include "test_files.hpp"

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

TEST(code_finder, a_text_longer_than_any_known_one_is_not_carried_further) {
    auto room = emulation::empty_room();
    emulation::put_sheet(room, draw_code(std::string(longest_code + 40, 'a'), 460).value(), 90, 10);
    const auto code = find_code(room);
    ASSERT_TRUE(code);
    EXPECT_EQ(**code, "");
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
    bench.devices.code_reader->start({3, 4});
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
    bench.devices.code_reader->start({3, 4});
    bench.devices.code_reader->stop();
    ASSERT_TRUE(bench.emulated.command("camera show code CWC1:00000"));
    EXPECT_FALSE(bench.inbox.next<CodeSeen>(std::chrono::seconds(1)));
}

}  // namespace
}  // namespace drivers::qr
