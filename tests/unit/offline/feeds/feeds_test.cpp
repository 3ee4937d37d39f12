// The terminal's side of feeds against the centre's: what is taken, what is refused, and that
// nothing ever goes back (I17).
#include "offline/papers/local_number.hpp"
#include "tests/unit/offline/feeds/feed_world.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

#include <filesystem>

namespace {

using namespace offline_test;
using papers::FeedHead;
namespace wire = papers::wire;

class Feeds : public EverySuite {
  protected:
    base::Bytes long_pack(const std::string& name) const {
        return pack_text(world, name + std::string(700'000, 'x'));
    }
    bool refused(const std::string& feed) const {
        return terminal.log.has("\"FeedRefused\"") && terminal.log.has("\"feed\":\"" + feed + "\"");
    }
    // An offer that the centre would not make.
    sync::Answer offering(const FeedHead& head, const sealing::Signer& signer,
                          base::ByteView content) {
        wire::FeedsReply reply;
        reply.offers.push_back(
            {head.sign(signer).value(), base::Bytes(content.begin(), content.end())});
        return {200, wire::content_type, {}, wire::encode(reply)};
    }
    FeedHead head_of(base::ByteView content, std::int64_t version) const {
        FeedHead head;
        head.realm = world.realm;
        head.feed = Feed::pack;
        head.version = version;
        head.issued_at = start;
        head.suite = GetParam();
        head.digest = suite.digest(content);
        head.length = static_cast<std::int64_t>(content.size());
        return head;
    }
    void offer(const sync::Answer& answer) {
        ASSERT_TRUE(terminal.next());
        terminal.answered(answer);
    }

    base::ManualClock clock{start};
    Folder folder;
    Centre centre{world, folder / "centre", clock};
    FeedTerminal terminal{world, folder / "terminal", clock};
};

TEST_P(Feeds, what_was_published_comes_to_the_terminal_and_stays_after_a_restart) {
    ASSERT_EQ(centre.publish(Feed::pack, pack_text(world, "three"), 3).value(), 3);
    ASSERT_EQ(centre.publish(Feed::configuration, base::to_bytes("[times]\n")).value(), 1);
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.text(Feed::pack), "three");
    EXPECT_EQ(terminal.version(Feed::configuration), 1);
    EXPECT_TRUE(terminal.log.has("FeedTaken"));
    terminal.restart();
    EXPECT_EQ(terminal.text(Feed::pack), "three");
    EXPECT_EQ(terminal.version(Feed::configuration), 1);
}

// The app runs as another account than the post: the folder's group may enter where the folder says
// so.
TEST_P(Feeds, the_apps_account_may_read_what_came_and_the_folder_stays_as_it_was_made) {
    namespace fs = std::filesystem;
    fs::permissions(terminal.folder(),
                    fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec);
    centre.publish(Feed::pack, pack_text(world, "three"), 3).value();
    terminal.sync_with(centre);
    terminal.restart();
    int files = 0;
    for (const auto& entry : fs::directory_iterator(terminal.folder())) {
        if (!entry.path().filename().string().starts_with("pack")) continue;
        ++files;
        EXPECT_NE(entry.status().permissions() & fs::perms::group_read, fs::perms::none);
        EXPECT_EQ(entry.status().permissions() & fs::perms::group_write, fs::perms::none);
    }
    EXPECT_EQ(files, 1);
    EXPECT_EQ(fs::status(terminal.folder()).permissions() & fs::perms::all,
              fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec);
}

TEST_P(Feeds, a_new_version_replaces_the_old_one_and_the_one_before_is_kept) {
    for (const int version : {1, 2, 3}) {
        centre.publish(Feed::pack, pack_text(world, std::to_string(version)), version).value();
        terminal.sync_with(centre);
        EXPECT_EQ(terminal.text(Feed::pack), std::to_string(version));
    }
    EXPECT_EQ(feeds::staged_versions(terminal.folder(), Feed::pack),
              (std::vector<std::int64_t>{3, 2}));
}

TEST_P(Feeds, row_64_a_cut_download_resumes_where_it_was_also_after_a_restart) {
    const auto pack = long_pack("a");
    centre.publish(Feed::pack, pack, 1).value();
    int slices = 0, others = 0;
    std::int64_t from = -1;
    while (terminal.version(Feed::pack) == 0 && others < 20) {
        const auto exchange = terminal.next();
        ASSERT_TRUE(exchange);
        if (!exchange->path.starts_with("/v1/blobs/")) {
            ++others;
            terminal.answered(centre.answer(*exchange));
            continue;
        }
        const auto asked = wire::blob_request(exchange->body, world.pinned).value();
        EXPECT_GT(asked.request.at, from);  // what lies here is not asked for again
        from = asked.request.at;
        ++slices;
        terminal.answered(centre.answer(*exchange));
        if (slices == 2) {
            ASSERT_TRUE(terminal.next());
            terminal.answered(base::fail(FaultCode::NetworkUnreachable, "cut"));
            terminal.restart();
        }
    }
    EXPECT_EQ(slices, 3);
    EXPECT_EQ(terminal.text(Feed::pack).size(), pack.size() - 64);
}

TEST_P(Feeds, row_64_a_wrong_digest_keeps_the_previous_version) {
    centre.publish(Feed::pack, pack_text(world, "one"), 1).value();
    terminal.sync_with(centre);
    const auto promised = pack_text(world, "two");
    offer(offering(head_of(promised, 2), world.feed, pack_text(world, "other")));
    EXPECT_EQ(terminal.text(Feed::pack), "one");
    EXPECT_TRUE(refused("pack"));
}

TEST_P(Feeds, row_64_a_wrong_digest_of_a_download_keeps_the_previous_version) {
    centre.publish(Feed::pack, pack_text(world, "one"), 1).value();
    terminal.sync_with(centre);
    const auto promised = long_pack("two");
    auto tampered = promised;
    tampered.back() ^= 1;
    const auto answer = offering(head_of(promised, 2), world.feed, {});
    offer(answer);
    for (std::int64_t at = 0; at < static_cast<std::int64_t>(tampered.size());) {
        ASSERT_TRUE(terminal.next());
        const auto size = std::min<std::size_t>(tampered.size() - static_cast<std::size_t>(at),
                                                wire::blob_slice_bytes_max);
        const auto begin = tampered.begin() + at;
        terminal.answered(sync::Answer{
            200,
            wire::content_type,
            {},
            wire::encode(wire::BlobSlice{at,
                                         static_cast<std::int64_t>(tampered.size()),
                                         {begin, begin + static_cast<std::ptrdiff_t>(size)}})});
        at += static_cast<std::int64_t>(size);
    }
    EXPECT_EQ(terminal.text(Feed::pack), "one");
    EXPECT_TRUE(refused("pack"));
    // The same head is not fetched a second time.
    offer(answer);
    EXPECT_EQ(terminal.next()->path, "/v1/feeds");
}

TEST_P(Feeds, row_64_an_older_version_is_refused_also_after_a_restart_and_without_the_file) {
    for (const int version : {1, 2}) {
        centre.publish(Feed::pack, pack_text(world, std::to_string(version)), version).value();
        terminal.sync_with(centre);
    }
    const auto old = pack_text(world, "1");
    offer(offering(head_of(old, 1), world.feed, old));
    EXPECT_EQ(terminal.text(Feed::pack), "2");
    terminal.restart();
    offer(offering(head_of(old, 1), world.feed, old));
    EXPECT_EQ(terminal.text(Feed::pack), "2");
    EXPECT_TRUE(refused("pack"));
    // Whoever removes the newest file does not bring the old one back.
    ASSERT_TRUE(fs::remove(terminal.folder() + "/pack-2.feed"));
    terminal.restart();
    EXPECT_EQ(terminal.version(Feed::pack), 0);
    offer(offering(head_of(old, 1), world.feed, old));
    EXPECT_EQ(terminal.version(Feed::pack), 0);
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.text(Feed::pack), "2");
}

TEST_P(Feeds, row_64_a_mixed_set_is_refused) {
    // The head of the second version beside the content of the first, on the disk and on the line.
    centre.publish(Feed::pack, pack_text(world, "one"), 1).value();
    terminal.sync_with(centre);
    const auto first = pack_text(world, "one"), second = pack_text(world, "two");
    offer(offering(head_of(second, 2), world.feed, first));
    EXPECT_EQ(terminal.version(Feed::pack), 1);
    auto file = papers::feed_file_beginning(head_of(second, 2).sign(world.feed).value());
    file.insert(file.end(), first.begin(), first.end());
    ASSERT_TRUE(base::write_file(terminal.folder() + "/pack-2.feed", file));
    EXPECT_EQ(feeds::read_staged(terminal.folder(), Feed::pack, 2, world.keys(), terminal_id)
                  .error()
                  .code,
              FaultCode::FeedWrong);
    terminal.restart();
    EXPECT_EQ(terminal.text(Feed::pack), "one");
}

TEST_P(Feeds, a_pack_that_its_signer_did_not_sign_is_refused_although_its_head_is_right) {
    const auto pack = base::to_bytes("pack");
    const auto content =
        papers::encode_pack_content(other.pack.sign(sealing::context::pack, pack).value(), pack);
    offer(offering(head_of(content, 1), world.feed, content));
    EXPECT_EQ(terminal.version(Feed::pack), 0);
    EXPECT_TRUE(refused("pack"));
    EXPECT_EQ(centre.publish(Feed::pack, content, 1).error().code, FaultCode::FeedWrong);
}

TEST_P(Feeds, what_another_realm_or_another_key_signed_is_refused) {
    const auto pack = pack_text(world, "one");
    auto head = head_of(pack, 1);
    offer(offering(head, other.feed, pack));
    head.realm = domain::Realm::service;
    offer(offering(head, world.feed, pack));
    EXPECT_EQ(terminal.version(Feed::pack), 0);
    EXPECT_TRUE(refused("pack"));
}

TEST_P(Feeds, a_configuration_that_its_reader_refuses_is_refused_whole) {
    centre.publish(Feed::configuration, base::to_bytes("[times]\nbrowse_s = 60\n")).value();
    terminal.sync_with(centre);
    centre.publish(Feed::configuration, base::to_bytes("[terminal]\nstate_folder = \"/\"\n"))
        .value();
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.version(Feed::configuration), 1);
    EXPECT_TRUE(refused("configuration"));
}

TEST_P(Feeds, statuses_say_where_this_terminals_submissions_are_and_are_not_sent_twice) {
    const std::string number = papers::local_number(terminal_id, 1);
    centre.cases = {{number, "RECEIVED", start}};
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.driver().status_of(number)->state, "RECEIVED");
    const auto version = terminal.version(Feed::status);
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.version(Feed::status), version);
    centre.cases = {{number, "ACCEPTED", start}};
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.driver().status_of(number)->state, "ACCEPTED");
    EXPECT_FALSE(terminal.driver().status_of(papers::local_number(terminal_id, 2)));
    terminal.restart();
    EXPECT_EQ(terminal.driver().status_of(number)->state, "ACCEPTED");
}

TEST_P(Feeds, a_centre_whose_clock_fell_back_still_gives_newer_statuses) {
    const std::string number = papers::local_number(terminal_id, 1);
    centre.cases = {{number, "RECEIVED", start}};
    terminal.sync_with(centre);
    base::ManualClock long_ago{start - std::chrono::hours{10'000}};
    Centre behind{world, folder / "centre", long_ago};
    behind.cases = {{number, "ACCEPTED", start}};
    terminal.sync_with(behind);
    EXPECT_EQ(terminal.driver().status_of(number)->state, "ACCEPTED");
}

TEST_P(Feeds, a_new_key_set_reaches_a_running_terminal) {
    centre.publish(Feed::pack, pack_text(world, "old"), 1).value();
    terminal.sync_with(centre);
    // New keys of the intake and a new feed key; the old feed key is revoked.
    World after = world;
    after.intake.rotate(GetParam(), start);
    after.feed = sealing::SigningKey::generate(GetParam());
    auto content = after.key_set();
    content.version = 2;
    content.revoked = {sealing::key_id(world.feed.public_key())};
    const auto file = content.issue(world.root).value();
    centre.publish_keys(file).value();
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.keys.version(), 2);
    EXPECT_EQ(terminal.keys.sealing_key(start + base::Millis{1}).value(),
              sealing::KeySet::verify(file, world.pinned)
                  .value()
                  .sealing_key(start + base::Millis{1})
                  .value());
    // From now on the old feed key's word is nothing, and the new one's holds.
    const auto pack = pack_text(world, "new");
    offer(offering(head_of(pack, 2), world.feed, pack));
    EXPECT_EQ(terminal.version(Feed::pack), 1);
    offer(offering(head_of(pack, 2), after.feed, pack));
    EXPECT_EQ(terminal.version(Feed::pack), 2);
    // The next start takes the newest set without the enrolment's file.
    ASSERT_TRUE(base::write_file(folder / "root.pub", provisioning::enrolment::root_file(
                                                          world.root.public_key(), world.realm)));
    ASSERT_TRUE(base::write_file(folder / "key_set.json", world.key_set_file()));
    const auto trust = feeds::read_trust_and_feeds(
        {folder / "root.pub", folder / "key_set.json", folder / "floor"}, terminal.folder(),
        world.realm, GetParam(), terminal_id);
    EXPECT_EQ(trust.value().keys.version(), 2);
    // And the older one is not taken back.
    wire::FeedsReply reply;
    reply.key_set = world.key_set_file();
    offer({200, wire::content_type, {}, wire::encode(reply)});
    EXPECT_EQ(terminal.keys.version(), 2);
    EXPECT_TRUE(refused("key_set"));
}

TEST_P(Feeds, a_revoked_pack_signer_is_believed_no_more_also_by_who_reads_the_folder) {
    const auto pack = pack_text(world, "one");
    centre.publish(Feed::pack, pack, 1).value();
    terminal.sync_with(centre);
    const auto parts = papers::pack_content(pack).value();
    EXPECT_TRUE(sealing::verify_pack(terminal.keys, parts.pack, parts.signature));
    const auto content =
        intake::revocations_from("kid " + sealing::key_id(world.pack.public_key()) + "\n", start);
    centre.publish(Feed::revocation, content.value()).value();
    terminal.sync_with(centre);
    EXPECT_FALSE(sealing::verify_pack(terminal.keys, parts.pack, parts.signature));
    ASSERT_TRUE(base::write_file(folder / "root.pub", provisioning::enrolment::root_file(
                                                          world.root.public_key(), world.realm)));
    ASSERT_TRUE(base::write_file(folder / "key_set.json", world.key_set_file()));
    const auto trust = feeds::read_trust_and_feeds(
        {folder / "root.pub", folder / "key_set.json", folder / "floor"}, terminal.folder(),
        world.realm, GetParam(), terminal_id);
    EXPECT_FALSE(sealing::verify_pack(trust.value().keys, parts.pack, parts.signature));
}

TEST_P(Feeds, a_soft_expiry_is_a_fact_and_takes_nothing_away) {
    centre.good_for = base::Millis{1000};
    centre.publish(Feed::pack, pack_text(world, "one"), 1).value();
    terminal.sync_with(centre);
    const auto head = terminal.store().head(Feed::pack).value();
    EXPECT_FALSE(head.is_outdated(start));
    EXPECT_TRUE(head.is_outdated(start + base::Millis{10'000}));
    clock.forward(base::Millis{10'000});
    terminal.restart();
    EXPECT_EQ(terminal.text(Feed::pack), "one");
}

TEST_P(Feeds,
       a_version_that_was_taken_tells_the_time_floor_when_it_was_made_and_a_refused_one_does_not) {
    const auto content = base::to_bytes("pack");
    const auto wrong = papers::encode_pack_content(
        other.pack.sign(sealing::context::pack, content).value(), content);
    offer(offering(head_of(wrong, 1), world.feed, wrong));
    EXPECT_EQ(terminal.told, base::Instant{});
    clock.forward(base::Millis{5000});
    centre.publish(Feed::pack, pack_text(world, "one"), 1).value();
    const auto made = clock.now();
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.told, made);
}

TEST_P(Feeds, a_foreign_terminal_gets_no_statuses_and_a_stranger_gets_nothing) {
    centre.cases = {{papers::local_number(terminal_id, 1), "RECEIVED", start}};
    const auto exchange = terminal.next();
    wire::FeedsRequest request;
    request.certificate = other.certificate.file;
    for (const Feed feed : papers::all_feeds) request.have.push_back({feed, 0, {}});
    EXPECT_EQ(centre.desk().feeds(wire::encode(request, other.terminal_key).value()).status, 403);
    request.certificate =
        sealing::TerminalCertificate::issue(world.root, world.realm, "000101001001002",
                                            other.terminal_key.public_key())
            .value()
            .file;
    const auto reply = centre.desk().feeds(wire::encode(request, other.terminal_key).value());
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(wire::feeds_reply(reply.body).value().offers.empty());
}

TEST_P(Feeds, a_captive_portal_or_a_cut_answer_changes_nothing_and_is_asked_again) {
    centre.publish(Feed::pack, pack_text(world, "one"), 1).value();
    for (const auto& answer : {sync::Answer{200, "text/html", {}, base::to_bytes("<html>")},
                               sync::Answer{200, wire::content_type, {}, base::to_bytes("\xa1")},
                               sync::Answer{503, "", {}, {}}}) {
        ASSERT_TRUE(terminal.next());
        terminal.answered(answer);
        EXPECT_EQ(terminal.version(Feed::pack), 0);
    }
    terminal.sync_with(centre);
    EXPECT_EQ(terminal.text(Feed::pack), "one");
}

TEST_P(Feeds, versions_do_not_go_back_at_the_centre_either) {
    centre.publish(Feed::pack, pack_text(world, "two"), 2).value();
    EXPECT_EQ(centre.publish(Feed::pack, pack_text(world, "one"), 1).error().code,
              FaultCode::FeedWrong);
    EXPECT_EQ(centre.publish(Feed::pack, pack_text(world, "two"), 2).error().code,
              FaultCode::FeedWrong);
    EXPECT_EQ(centre.publish(Feed::status, base::to_bytes("x")).error().code, FaultCode::FeedWrong);
    centre.publish_keys(world.key_set_file()).value();
    EXPECT_EQ(centre.publish_keys(world.key_set_file()).error().code, FaultCode::FeedWrong);
}

INSTANTIATE_TEST_SUITE_P(suites, Feeds, both_suites, suite_name);

}  // namespace
