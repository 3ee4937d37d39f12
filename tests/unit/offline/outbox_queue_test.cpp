// Lanes, the watermark, what may be forgotten, and the figures of a large backlog.
#include "tests/unit/offline/outbox_fixture.hpp"

namespace {

using namespace offline_test;
using papers::Lane;

class outbox_queue : public OutboxTest {
  protected:
    void keep(int many, Lane lane = Lane::normal) {
        for (int i = 0; i < many; ++i) {
            auto given = acceptance(world);
            given.lane = lane;
            ASSERT_TRUE(box->accept(given));
            clock.forward(base::Millis{1000});
        }
    }
    std::vector<std::int64_t> seqs(const std::vector<outbox::Waiting>& waiting) {
        std::vector<std::int64_t> out;
        for (const auto& item : waiting) out.push_back(item.seq);
        return out;
    }
};

using Seqs = std::vector<std::int64_t>;

TEST_F(outbox_queue, urgent_ones_go_first_each_lane_by_age_and_never_more_than_asked_for) {
    keep(3);
    keep(2, Lane::urgent);
    keep(1);
    EXPECT_EQ(seqs(box->waiting().value()), (Seqs{4, 5, 1, 2, 3, 6}));
    EXPECT_EQ(seqs(box->waiting(3).value()), (Seqs{4, 5, 1}));
    EXPECT_EQ(seqs(box->waiting(Lane::normal, 1, 2).value()), (Seqs{2, 3}));
    EXPECT_EQ(seqs(box->waiting(Lane::urgent, 5, 9).value()), Seqs{});
    const auto standing = box->standing().value();
    EXPECT_EQ(standing.urgent.count, 2);
    EXPECT_EQ(standing.urgent.oldest, start + base::Millis{3000});
    EXPECT_EQ(standing.normal.count, 4);
    EXPECT_EQ(standing.normal.bytes, 4 * box->waiting()->front().bytes);
    EXPECT_EQ(papers::Manifest::parse(box->parcel(4).value()->manifest)->lane, Lane::urgent);
}

TEST_F(outbox_queue, the_watermark_tells_what_is_complete_and_purged_without_a_gap) {
    EXPECT_EQ(box->standing()->low, 0);
    keep(6);
    for (const std::int64_t seq : {2, 4, 5}) take(seq, papers::ReceiptKind::r2);
    EXPECT_EQ(box->standing()->low, 0);
    EXPECT_EQ(box->standing()->complete_above, (Seqs{2, 4, 5}));
    take(1, papers::ReceiptKind::r2);
    EXPECT_EQ(box->standing()->low, 2);
    EXPECT_EQ(box->standing()->complete_above, (Seqs{4, 5}));
    take(3, papers::ReceiptKind::r2);
    take(6, papers::ReceiptKind::r2);
    EXPECT_EQ(box->standing()->low, 6);
    EXPECT_TRUE(box->standing()->complete_above.empty());
}

TEST_F(outbox_queue, what_the_centre_countersigned_is_forgotten_but_for_the_newest) {
    options.tombstones_kept = 2;
    open();
    std::vector<domain::LocalReceipt> slips;
    for (int i = 0; i < 6; ++i) slips.push_back(box->accept(acceptance(world)).value());
    for (const std::int64_t seq : {1, 2, 4, 5, 6}) take(seq, papers::ReceiptKind::r2);
    ASSERT_TRUE(box->forget(6));
    const auto found = [&](std::size_t i) { return box->look_up(slips[i].qr_text).has_value(); };
    EXPECT_FALSE(found(0));
    EXPECT_FALSE(found(1));
    EXPECT_TRUE(found(3)) << "the one before it is not complete";
    take(3, papers::ReceiptKind::r2);
    ASSERT_TRUE(box->forget(3));
    EXPECT_FALSE(found(2));
    EXPECT_TRUE(found(3)) << "not countersigned";
    ASSERT_TRUE(box->forget(6));
    EXPECT_FALSE(found(3));
    EXPECT_TRUE(found(4)) << "of the newest two";
    open();
    EXPECT_EQ(box->standing()->low, 6);
    EXPECT_EQ(box->accept(acceptance(world))->seq, 7);
}

TEST_F(outbox_queue, a_time_that_the_centre_told_stands_in_manifests_and_never_goes_back) {
    const base::Instant told = start + base::Millis{86'400'000};
    box->note_server_time(told);
    box->note_server_time(start);
    keep(1);
    EXPECT_EQ(papers::Manifest::parse(box->parcel(1).value()->manifest)->server_time, told);
    open();
    keep(1);
    EXPECT_EQ(papers::Manifest::parse(box->parcel(2).value()->manifest)->server_time, told);
}

TEST_F(outbox_queue, what_a_manifest_says_of_a_correction_and_of_the_keys_is_signed) {
    auto given = acceptance(world);
    given.amends = domain::SubId::draw().text();
    given.key_set = 7;
    ASSERT_TRUE(box->accept(given));
    const auto manifest = papers::Manifest::parse(box->parcel(1).value()->manifest).value();
    EXPECT_EQ(manifest.amends, given.amends);
    EXPECT_EQ(manifest.key_set, 7);
    given = acceptance(world);
    given.amends = "not an id";
    EXPECT_EQ(box->accept(given).error().code, FaultCode::PostRefused);
}

}  // namespace
