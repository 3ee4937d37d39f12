// A terminal takes versions of several feeds, one in slices, on a disk whose power can go at any
// operation. Whatever is left: each feed has a whole version with the content that its head names,
// never an older one than what was said to be taken, and the newest comes with the next contact.
#include "offline/papers/local_number.hpp"
#include "tests/power_loss/disk/crash_states.hpp"
#include "tests/unit/offline/feeds/feed_world.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
using power_loss::CrashStates;
using power_loss::Image;
using power_loss::RecordingDisk;

constexpr const char* on_disk = "/feeds";
const std::vector followed{Feed::pack, Feed::status, Feed::configuration};

struct Played {
    // By mark: what the terminal said it had, feed by feed.
    std::vector<std::map<Feed, std::int64_t>> promised;
    std::map<Feed, std::map<std::int64_t, std::string>> contents;  // of every version that was
};

std::map<Feed, std::int64_t> versions_of(const FeedTerminal& terminal) {
    std::map<Feed, std::int64_t> out;
    for (const Feed feed : followed) out[feed] = terminal.version(feed);
    return out;
}

void step(FeedTerminal& terminal, Centre& centre, RecordingDisk& disk, Played& played) {
    for (int i = 0; i < 12; ++i) {
        const auto exchange = terminal.next();
        if (!exchange) break;
        terminal.answered(centre.answer(*exchange));
        const auto now = versions_of(terminal);
        for (const auto& [feed, version] : now)
            if (version > 0) played.contents[feed][version] = terminal.text(feed);
        if (played.promised.empty() || now != played.promised.back()) {
            played.promised.push_back(now);
            disk.mark(static_cast<std::int64_t>(played.promised.size()));
        }
    }
}

class FeedCuts : public testing::Test {
  protected:
    void play(RecordingDisk& disk) {
        FeedTerminal terminal(world, on_disk, clock, disk);
        for (int round = 1; round <= 3; ++round) {
            const std::string text = "pack " + std::to_string(round);
            // The second one is long: it comes in slices.
            centre
                .publish(Feed::pack,
                         pack_text(world, text + std::string(round == 2 ? 600'000 : 10, 'x')),
                         round)
                .value();
            centre
                .publish(Feed::configuration,
                         base::to_bytes("[times]\n# " + std::to_string(round) + "\n"))
                .value();
            centre.cases.push_back(
                {papers::local_number(terminal_id, round), "RECEIVED", clock.now()});
            step(terminal, centre, disk, played);
        }
        EXPECT_EQ(terminal.version(Feed::pack), 3);
    }
    // Everything that must hold of what a cut left behind.
    void look_at(const Image& left, std::int64_t mark, std::size_t position) {
        RecordingDisk disk(left);
        FeedTerminal terminal(world, on_disk, clock, disk);
        for (const Feed feed : followed) {
            const auto version = terminal.version(feed);
            if (mark > 0) {
                ASSERT_GE(version, played.promised[static_cast<std::size_t>(mark - 1)][feed])
                    << papers::name(feed) << " went back at operation " << position;
            }
            if (version == 0) continue;
            // Row 65: a version without its own content cannot be.
            const auto head = terminal.store().head(feed);
            const auto content = terminal.store().content(feed);
            ASSERT_TRUE(head && content) << position;
            ASSERT_EQ(head->version, version);
            ASSERT_TRUE(head->is_of(*content)) << position;
            if (const auto known = played.contents[feed].find(version);
                known != played.contents[feed].end()) {
                ASSERT_EQ(terminal.text(feed), known->second);
            }
        }
        terminal.sync_with(centre);
        ASSERT_EQ(terminal.version(Feed::pack), 3) << "after a cut at " << position;
    }

    World world;
    base::ManualClock clock{start};
    Folder folder;
    Centre centre{world, folder / "centre", clock};
    Played played;
};

TEST_F(FeedCuts,
       row_64_and_65_a_power_cut_at_every_write_leaves_whole_versions_that_never_go_back) {
    RecordingDisk disk;
    play(disk);
    CrashStates states(disk);
    power_loss::Random random(1);
    int cuts = 0;
    for (std::size_t position = 0; position <= disk.log().size(); ++position) {
        states.advance_to(position);
        const std::int64_t mark = states.mark();  // 0: nothing was promised yet
        for (int again = 0; again < 4; ++again, ++cuts) {
            look_at(states.cut(random), mark, position);
            if (HasFatalFailure()) return;
        }
    }
    EXPECT_GT(cuts, 400);
    EXPECT_GT(states.tears().torn + states.tears().dropped, 20);
    EXPECT_GT(states.tears().names, 100);
    RecordProperty("cuts", cuts);
    RecordProperty("names", static_cast<int>(states.tears().names));
}

TEST_F(FeedCuts, row_65_with_flushes_that_lie_the_same_cuts_find_versions_that_went_back) {
    RecordingDisk disk;
    disk.lie_about_flushes(500);
    play(disk);
    CrashStates states(disk);
    power_loss::Random random(1);
    int went_back = 0;
    for (std::size_t position = 0; position <= disk.log().size(); ++position) {
        states.advance_to(position);
        const std::int64_t mark = states.mark();
        if (mark == 0) continue;
        RecordingDisk left(states.cut(random));
        const auto store = feeds::FeedStore::open(on_disk, terminal_id, world.keys(), left);
        if (!store) ++went_back;  // floors that do not read
        if (!store) continue;
        for (const Feed feed : followed)
            went_back += store->held(feed).version <
                         played.promised[static_cast<std::size_t>(mark - 1)][feed];
    }
    EXPECT_GT(went_back, 0);
}

TEST_F(FeedCuts, row_64_a_disk_that_does_not_flush_takes_nothing_and_keeps_what_it_had) {
    centre.publish(Feed::configuration, base::to_bytes("[times]\n")).value();
    RecordingDisk disk;
    FeedTerminal terminal(world, on_disk, clock, disk);
    terminal.sync_with(centre);
    centre.publish(Feed::configuration, base::to_bytes("[times]\n# 2\n")).value();
    disk.fail_flush(1, RecordingDisk::Times::once);
    const auto exchange = terminal.next();
    terminal.answered(centre.answer(*exchange));
    EXPECT_EQ(terminal.version(Feed::configuration), 1);
    EXPECT_TRUE(terminal.log.has("FeedRefused"));
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.version(Feed::configuration), 2);
}

}  // namespace
