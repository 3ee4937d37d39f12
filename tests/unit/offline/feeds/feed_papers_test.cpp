#include "offline/intake/feed_publishing.hpp"
#include "offline/papers/feed.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/papers/feed_wire.hpp"
#include "offline/papers/local_number.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

namespace {

using namespace offline_test;
using papers::Feed;
using papers::FeedHead;
namespace wire = papers::wire;

class FeedPapers : public EverySuite {
  protected:
    FeedHead head(Feed feed = Feed::pack) const {
        FeedHead out;
        out.realm = world.realm;
        out.feed = feed;
        if (feed == Feed::status) out.terminal = terminal_id;
        out.version = 7;
        out.previous = 5;
        out.issued_at = start;
        out.soft_expiry = start + base::Millis{1000};
        out.suite = GetParam();
        out.digest = suite.digest(base::to_bytes("content"));
        out.length = 7;
        return out;
    }
};

TEST_P(FeedPapers, a_head_reads_back_as_it_was_signed) {
    const auto made = head();
    const auto file = made.sign(world.feed).value();
    EXPECT_EQ(FeedHead::verify(file, world.keys()).value(), made);
    EXPECT_TRUE(made.is_of(base::to_bytes("content")));
    EXPECT_FALSE(made.is_of(base::to_bytes("another")));
}

TEST_P(FeedPapers, any_changed_byte_of_a_head_is_refused) {
    const auto file = head().sign(world.feed).value();
    const auto keys = world.keys();
    for (std::size_t i = 0; i < file.size(); ++i) {
        auto changed = file;
        changed[i] ^= 1;
        EXPECT_FALSE(FeedHead::verify(changed, keys)) << i;
    }
}

TEST_P(FeedPapers, a_key_for_something_else_signs_no_feed) {
    for (const auto* key : {&world.pack, &world.root, &world.terminal_key}) {
        const auto file = head().sign(*key).value();
        EXPECT_EQ(FeedHead::verify(file, world.keys()).error().code, FaultCode::KeyUnknown);
    }
    // The intake's own key signs statuses and nothing else; the feed key no statuses.
    EXPECT_FALSE(FeedHead::verify(head().sign(world.receipt_key()).value(), world.keys()));
    EXPECT_FALSE(FeedHead::verify(head(Feed::status).sign(world.feed).value(), world.keys()));
    EXPECT_TRUE(
        FeedHead::verify(head(Feed::status).sign(world.receipt_key()).value(), world.keys()));
}

TEST_P(FeedPapers, a_head_of_another_realm_is_refused) {
    auto made = head();
    made.realm = domain::Realm::service;
    EXPECT_EQ(FeedHead::verify(made.sign(world.feed).value(), world.keys()).error().code,
              FaultCode::RealmMismatch);
}

TEST_P(FeedPapers, statuses_are_of_one_terminal_and_packs_of_all) {
    auto made = head(Feed::status);
    made.terminal.clear();
    EXPECT_FALSE(FeedHead::verify(made.sign(world.receipt_key()).value(), world.keys()));
    made = head();
    made.terminal = terminal_id;
    EXPECT_FALSE(FeedHead::verify(made.sign(world.feed).value(), world.keys()));
}

TEST_P(FeedPapers, requests_of_feeds_and_blobs_are_signed_by_the_terminal) {
    wire::FeedsRequest request;
    request.certificate = world.certificate.file;
    for (const Feed feed : papers::all_feeds)
        request.have.push_back({feed, 3, suite.digest(base::to_bytes("x"))});
    const auto body = wire::encode(request, world.terminal_key).value();
    const auto read = wire::feeds_request(body, world.pinned).value();
    EXPECT_EQ(read.request.have, request.have);
    EXPECT_EQ(read.request.version_of(Feed::status), 3);
    EXPECT_FALSE(
        wire::feeds_request(wire::encode(request, other.terminal_key).value(), world.pinned));
    std::swap(request.have.front(), request.have.back());
    EXPECT_FALSE(
        wire::feeds_request(wire::encode(request, world.terminal_key).value(), world.pinned));
    const wire::BlobRequest blob{world.certificate.file, head().digest, 4096};
    const auto asked =
        wire::blob_request(wire::encode(blob, world.terminal_key).value(), world.pinned).value();
    EXPECT_EQ(asked.request.digest, blob.digest);
    EXPECT_EQ(asked.request.at, 4096);
}

INSTANTIATE_TEST_SUITE_P(suites, FeedPapers, both_suites, suite_name);

TEST(feed_contents, statuses_read_back_sorted_and_each_number_once) {
    const auto number = [](int seq) { return papers::local_number(terminal_id, seq); };
    const std::vector<papers::CaseStatus> cases{{number(9), "ACCEPTED", start},
                                                {number(1), "RECEIVED", start}};
    const auto content = papers::encode_statuses(cases);
    auto read = papers::statuses(content).value();
    EXPECT_EQ(read.size(), 2u);
    EXPECT_EQ(papers::encode_statuses(read), content);
    EXPECT_FALSE(papers::statuses(papers::encode_statuses({cases[0], cases[0]})));
    EXPECT_FALSE(papers::statuses(papers::encode_statuses({{number(1), "已受理", start}})));
    EXPECT_FALSE(papers::statuses(papers::encode_statuses({{"12345678", "RECEIVED", start}})));
}

TEST(feed_contents, row_67_what_was_countersigned_before_a_revocation_stays_acceptable) {
    papers::Revocations revoked;
    revoked.terminals.push_back({"0123456789abcdef", start, 41});
    revoked = papers::revocations(papers::encode(revoked)).value();
    EXPECT_EQ(revoked.standing_of("0123456789abcdef", 41), papers::Standing::before_revocation);
    EXPECT_EQ(revoked.standing_of("0123456789abcdef", 42), papers::Standing::for_review);
    EXPECT_EQ(revoked.standing_of("fedcba9876543210", 42), papers::Standing::good);
}

TEST(feed_contents, an_operators_list_of_revocations_is_read_line_by_line) {
    const auto content = intake::revocations_from(
        "# stolen in March\nterminal 0123456789abcdef 41\n\nkid fedcba9876543210 # signer\n",
        start);
    const auto read = papers::revocations(content.value()).value();
    EXPECT_EQ(read.terminals.size(), 1u);
    EXPECT_EQ(read.kids, std::vector<std::string>{"fedcba9876543210"});
    for (const char* wrong : {"terminal 0123456789abcdef", "kid short", "agent 1 2",
                              "terminal 0123456789abcdef 1 2", "terminal 0123456789abcdef -1"})
        EXPECT_FALSE(intake::revocations_from(wrong, start)) << wrong;
}

TEST(feed_files, names_have_one_spelling) {
    for (const Feed feed : papers::all_feeds) {
        const papers::FeedFileName name{feed, 12};
        EXPECT_EQ(papers::feed_file_name_from(papers::feed_file_name(feed, 12)), name);
    }
    for (const char* wrong : {"pack-012.feed", "pack-0.feed", "pack-1.json", "key_set-1.feed",
                              "pack-1.feed.part", "floors", "pack-99999999999999999999.feed"})
        EXPECT_FALSE(papers::feed_file_name_from(wrong)) << wrong;
}

}  // namespace
