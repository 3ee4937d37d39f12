// The attacks on updates that Uptane's standard and TUF's specification list, each against a
// terminal: after every one of them the machine holds what it held, and the journal says nothing
// was begun. provisioning/updates/README.md has the table.
#include "tests/unit/provisioning/updates/update_world.hpp"

#include <gtest/gtest.h>

namespace {

using namespace update_test;

class update_attack : public testing::Test, public UpdateWorld {
  protected:
    void SetUp() override { install_first(); }
    // Refused with this code, and nothing was changed.
    void expect_refused(FaultCode code) {
        const auto done = run();
        ASSERT_FALSE(done) << "it was taken";
        EXPECT_EQ(done.error().code, code) << done.error().safe_detail;
        expect_nothing_changed();
    }
    void expect_nothing_changed() {
        EXPECT_EQ(step(), Step::none);
        EXPECT_EQ(installed(), old_ones);
        EXPECT_TRUE(services.calls.empty());
    }
};

// Arbitrary software

TEST_F(update_attack, a_package_that_is_not_the_signed_one_is_refused) {
    const auto made = give_second();
    auto bytes = base::read_file(shelf(made.packages[0])).value();
    bytes[bytes.size() / 2] ^= 1;
    ASSERT_TRUE(base::write_file(shelf(made.packages[0]), bytes));
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, another_package_under_a_signed_name_is_refused) {
    auto made = give_second();
    made.packages[0].version = "2.5";  // the builder's mistake: the file says 2.0
    give(made);
    expect_refused(FaultCode::ReleaseWrong);
}

// Compromise of one key

TEST_F(update_attack, the_centres_key_alone_installs_nothing) {
    const auto made = give_second();
    give(made, world.feed, world.feed);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, the_builders_key_alone_installs_nothing) {
    const auto made = give_second();
    give(made, world.release, world.release);
    expect_refused(FaultCode::FeedWrong);
}

TEST_F(update_attack, a_key_that_nobody_listed_installs_nothing) {
    const auto stranger = sealing::SigningKey::generate(world.suite);
    const auto made = give_second();
    give(made, stranger, world.feed);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, a_revoked_release_key_installs_nothing_and_its_successor_does) {
    const auto made = give_second();
    const auto next = sealing::SigningKey::generate(world.suite);
    auto content = world.key_set();
    content.version = 2;
    content.revoked = {sealing::key_id(world.release.public_key())};
    content.keys.push_back(
        {sealing::KeyPurpose::release, next.public_key(), {}, sealing::without_end});
    write("feeds/" + papers::feed_file_name(Feed::key_set, 2), content.issue(world.root).value());
    expect_refused(FaultCode::ReleaseWrong);
    give(made, next, world.feed);
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), new_ones);
}

TEST_F(update_attack, an_older_key_set_does_not_bring_a_revoked_key_back) {
    auto content = world.key_set();
    content.version = 2;
    content.revoked = {sealing::key_id(world.release.public_key())};
    const std::string newer = "feeds/" + papers::feed_file_name(Feed::key_set, 2);
    write(newer, content.issue(world.root).value());
    give_second();
    expect_refused(FaultCode::ReleaseWrong);
    fs::remove(folder / newer);  // the post's account can do that
    expect_refused(FaultCode::KeySetOutdated);
}

TEST_F(update_attack, a_revocation_that_was_seen_once_holds_when_the_post_hides_it) {
    revoke(3, {world.release.public_key()});
    EXPECT_TRUE(run()) << "no release yet; it is taken note of all the same";
    give_second();
    expect_refused(FaultCode::ReleaseWrong);
    hide_revocation(3);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, a_revocation_that_was_seen_once_holds_when_the_post_shows_another) {
    revoke(3, {world.release.public_key()});
    give_second();
    expect_refused(FaultCode::ReleaseWrong);
    hide_revocation(3);
    revoke(2, {});
    expect_refused(FaultCode::ReleaseWrong);
    revoke(3, {});
    expect_refused(FaultCode::ReleaseWrong);
    write("feeds/revocation-4.feed", base::to_bytes("rubbish"));
    expect_refused(FaultCode::ReleaseWrong);
    give_bytes(papers::encode(papers::Revocations{}), world.release, 5, Feed::revocation);
    expect_refused(FaultCode::ReleaseWrong);
    for (const int hidden : {4, 5}) hide_revocation(hidden);
    revoke(6, {});
    EXPECT_TRUE(run()) << "the centre itself took it back";
    EXPECT_EQ(installed(), new_ones);
}

TEST_F(update_attack, a_revocation_outlives_the_key_that_signed_it) {
    revoke(3, {world.release.public_key(), world.feed.public_key()});
    EXPECT_TRUE(run());
    hide_revocation(3);
    const auto next = sealing::SigningKey::generate(world.suite);
    auto content = world.key_set();
    content.version = 2;
    content.revoked = {sealing::key_id(world.feed.public_key())};
    content.keys.push_back(
        {sealing::KeyPurpose::feed, next.public_key(), {}, sealing::without_end});
    write("feeds/" + papers::feed_file_name(Feed::key_set, 2), content.issue(world.root).value());
    give(give_second(), world.release, next);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, a_root_that_was_exchanged_is_refused) {
    EXPECT_TRUE(run());  // the first start pins it
    World other;
    const auto made = list(1, {shelved(kiosk, "2.0"), shelved(post, "2.0")});
    write("keys/root.pub", sealing::root_file(other.pinned));
    write("keys/key_set.json", other.key_set_file());
    give(made, other.release, other.feed);
    expect_refused(FaultCode::RootMismatch);
}

// Rollback

TEST_F(update_attack, an_older_release_is_refused) {
    auto seventh = give_second();
    fs::remove(folder / "feeds/release-1.feed");
    seventh.release = 7;
    give(seventh);
    ASSERT_TRUE(run());
    ASSERT_EQ(installed(), new_ones);
    fs::remove(folder / "feeds/release-7.feed");
    give(list(6, first));
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), new_ones);
    EXPECT_EQ(journal().release, 7);
}

TEST_F(update_attack, an_older_package_in_a_newer_list_is_refused) {
    auto made = give_second();
    made.packages[0] = shelved(kiosk, "0.9");
    give(made);
    expect_refused(FaultCode::ReleaseOutdated);
}

// Freeze, drop-request

TEST_F(update_attack, a_frozen_list_is_refused_after_its_date) {
    give_second();
    clock.forward(std::chrono::hours(24 * 31));
    expect_refused(FaultCode::ReleaseOutdated);
}

TEST_F(update_attack, a_clock_that_was_set_back_does_not_make_a_list_young) {
    auto made = give_second();
    made.expires_at = start - std::chrono::minutes(1);  // its head was signed later
    give(made);
    clock.forward(-std::chrono::hours(24 * 365));
    expect_refused(FaultCode::ReleaseOutdated);
}

// Mix-and-match, mixed bundles, partial bundle

TEST_F(update_attack, packages_of_two_releases_are_never_mixed) {
    auto made = give_second();
    made.packages.erase(made.packages.begin());
    give(made);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, a_list_under_the_head_of_another_release_is_refused) {
    const auto made = give_second();
    give(made, world.release, world.feed, 2);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, a_release_that_is_not_whole_waits_and_changes_nothing) {
    const auto made = give_second();
    fs::remove(shelf(made.packages[1]));
    EXPECT_TRUE(run());
    expect_nothing_changed();
}

TEST_F(update_attack, a_newer_list_that_does_not_hold_lets_no_older_one_in) {
    give_second();
    give_bytes(base::to_bytes("{}"), world.feed, 2);
    expect_refused(FaultCode::ReleaseWrong);
}

// Endless data, links and pipes in the post's folders

TEST_F(update_attack, a_file_longer_than_signed_is_not_read) {
    const auto made = give_second();
    std::ofstream(shelf(made.packages[0]), std::ios::app) << "more";
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, an_endless_list_is_not_read_to_its_end) {
    give_second();
    write("feeds/release-2.feed", base::Bytes(2u << 20, 'x'));
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, a_pipe_in_place_of_a_package_holds_nobody_up) {
    const auto made = give_second();
    fs::remove(shelf(made.packages[0]));
    ASSERT_EQ(::mkfifo(shelf(made.packages[0]).c_str(), 0644), 0);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, a_link_in_place_of_a_package_leads_nowhere) {
    const auto made = give_second();
    fs::rename(shelf(made.packages[0]), folder / "elsewhere");
    fs::create_symlink(folder / "elsewhere", shelf(made.packages[0]));
    EXPECT_TRUE(run());
    expect_nothing_changed();
}

TEST_F(update_attack, what_was_staged_and_then_changed_is_not_installed) {
    const auto made = give_second();
    services.somebody = true;
    ASSERT_TRUE(run());
    ASSERT_EQ(step(), Step::staged);
    // Only root could; a disk that loses bytes can, too.
    const std::string copy = copied(config.updates.folder, made.packages[0]);
    ASSERT_TRUE(base::write_file(copy, base::Bytes(made.packages[0].length, 'x')));
    services.somebody = false;
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), new_ones) << "copied anew from the shelf";
}

// Another terminal, another processor, another realm

TEST_F(update_attack, a_list_for_another_terminal_changes_nothing) {
    auto made = give_second();
    made.terminals = {"000101001001002", "110101"};
    give(made);
    EXPECT_TRUE(run());
    expect_nothing_changed();
    made.terminals = {"000101001"};
    give(made);
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), new_ones);
}

TEST_F(update_attack, packages_for_another_processor_are_refused) {
    auto made = give_second();
    made.packages[0] = shelved(kiosk, "2.0", {}, "m68k");
    give(made);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_F(update_attack, a_list_of_another_realm_is_refused) {
    auto made = give_second();
    made.realm = domain::Realm::service;
    give(made);
    expect_refused(FaultCode::ReleaseWrong);
}

}  // namespace
