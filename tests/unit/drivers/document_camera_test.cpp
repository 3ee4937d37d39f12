// The document camera's driver over the emulated one.
#include "drivers/emulation/document_bench.hpp"
#include "event_inbox.hpp"

#include <gtest/gtest.h>

namespace drivers::document {
namespace {

using base::FaultCode;
using domain::SheetGuidance;
using domain::Ticket;

struct Bench {
    testing::EventInbox inbox;
    base::ManualClock clock{base::Instant{}};
    emulation::DocumentBench paper;
    emulation::Verbs verbs = paper.verbs();
    std::unique_ptr<DocumentCamera> camera = paper.make_camera(clock, inbox.sink());

    void command(const std::string& line) {
        const auto* verb = emulation::verb_of(verbs, line);
        ASSERT_NE(verb, nullptr) << line;
        ASSERT_TRUE(verb->run(emulation::words_of(line))) << line;
    }
    // Time goes on until something is said: the frame in flight may be of the scene before, and
    // the one after it is looked at only at a later time.
    SheetGuidance seen() {
        std::optional<SheetSeen> event;
        for (int i = 0; i < 40 && !event; ++i) {
            clock.forward(base::Millis{300});
            event = inbox.next<SheetSeen>(std::chrono::milliseconds(500));
        }
        EXPECT_TRUE(event);
        return event ? event->guidance : SheetGuidance::good;
    }
    std::optional<DocumentCaptured> captured() { return inbox.next<DocumentCaptured>(); }
};

TEST(document_camera, says_what_lies_there_and_takes_a_page_when_asked) {
    Bench bench;
    bench.camera->start({1, 1});
    EXPECT_EQ(bench.seen(), SheetGuidance::no_sheet);
    bench.command("document show tilted");
    EXPECT_EQ(bench.seen(), SheetGuidance::good);
    bench.camera->capture({1, 2});
    const auto page = bench.captured();
    ASSERT_TRUE(page && page->sheet);
    EXPECT_EQ(page->ticket.request, 2U);
    ASSERT_TRUE(page->sheet->page);
    EXPECT_GT(page->sheet->page->height, 600);
    EXPECT_EQ(page->sheet->picture->height, page->sheet->page->height);
}

TEST(document_camera, a_page_can_be_taken_again_and_the_next_one_after_it) {
    Bench bench;
    bench.command("document show a4_sheet");
    bench.camera->start({1, 1});
    for (std::uint64_t request = 2; request < 5; ++request) {
        bench.camera->capture({1, request});
        const auto page = bench.captured();
        ASSERT_TRUE(page && page->sheet && page->sheet->page);
        EXPECT_EQ(page->ticket.request, request);
    }
    EXPECT_FALSE(bench.inbox.next<DocumentCaptured>(std::chrono::milliseconds(300)));
}

TEST(document_camera, what_is_in_the_way_ends_the_capture_without_a_page) {
    Bench bench;
    bench.command("document show two_sheets");
    bench.camera->start({1, 1});
    bench.camera->capture({1, 2});
    const auto none = bench.captured();
    ASSERT_TRUE(none && none->sheet);
    EXPECT_EQ(none->sheet->guidance, SheetGuidance::several_sheets);
    EXPECT_FALSE(none->sheet->page);
}

TEST(document_camera, unplugged_during_a_capture_it_ends_once_with_the_fault) {
    Bench bench;
    bench.camera->start({1, 1});
    EXPECT_EQ(bench.seen(), SheetGuidance::no_sheet);
    bench.command("document unplug");
    ASSERT_TRUE(bench.inbox.next_health(domain::DeviceKind::document_camera,
                                        domain::DeviceState::unavailable));
    bench.camera->capture({1, 2});
    const auto gone = bench.captured();
    ASSERT_TRUE(gone && !gone->sheet);
    EXPECT_EQ(gone->sheet.error().code, FaultCode::CameraAbsent);
    EXPECT_FALSE(bench.inbox.next<DocumentCaptured>(std::chrono::milliseconds(300)));
}

TEST(document_camera, frozen_during_a_capture_it_ends_with_the_fault) {
    Bench bench;
    bench.camera->start({1, 1});
    EXPECT_EQ(bench.seen(), SheetGuidance::no_sheet);
    bench.command("document freeze");
    bench.camera->capture({1, 2});
    std::optional<DocumentCaptured> frozen;
    for (int i = 0; i < 12 && !frozen; ++i) {
        bench.clock.forward(base::Millis{1100});
        frozen = bench.inbox.next<DocumentCaptured>(std::chrono::milliseconds(600));
    }
    ASSERT_TRUE(frozen && !frozen->sheet);
    EXPECT_EQ(frozen->sheet.error().code, FaultCode::CameraFrozen);
}

TEST(document_camera, after_stop_nothing_is_heard_and_nothing_kept) {
    Bench bench;
    bench.command("document show a4_sheet");
    bench.camera->start({1, 1});
    EXPECT_EQ(bench.seen(), SheetGuidance::good);
    bench.camera->capture({1, 2});
    bench.camera->stop();
    const auto size = bench.inbox.size();
    EXPECT_FALSE(bench.camera->frames().get());
    EXPECT_FALSE(bench.inbox.next<SheetSeen>(std::chrono::milliseconds(300)));
    EXPECT_LE(bench.inbox.size(), size);
    bench.camera.reset();
    bench.inbox = {};
    EXPECT_EQ(base::live_secrets(), 0);
}

}  // namespace
}  // namespace drivers::document
