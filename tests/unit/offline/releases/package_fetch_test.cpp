// Packages on their way to a terminal: from a repository that is slow, broken or hostile. The
// attacks that end before anything is installed; the others are in
// tests/unit/provisioning/updates/attacks_test.cpp.
#include "tests/unit/offline/releases/release_world.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

#include <algorithm>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using releases::PackageFetcher;
using releases::PackageShelf;

class Packages : public EverySuite {
  protected:
    void SetUp() override { begin(); }
    // As the post does when it starts.
    void begin(bool has_repository = true) {
        fetcher.reset();
        shelf.emplace(
            PackageShelf::open(terminal.folder() + "/packages", GetParam(), store::real_disk())
                .value());
        releases::FetchOptions options;
        options.retry = {base::Millis{10}, base::Millis{10}, base::Millis{0}};
        options.every = base::Millis{1000};
        options.terminal = terminal_id;
        options.has_repository = has_repository;
        options.now = [this] { return clock.now(); };
        fetcher.emplace(options, terminal.store(), *shelf, terminal.keys, clock, log,
                        [this](sync::Exchange exchange) { sent = std::move(exchange); });
    }
    void publish(const ReleaseList& wanted) {
        ASSERT_TRUE(
            centre.publish(Feed::release, wanted.issue(world.release).value(), wanted.release));
        terminal.sync_with(centre);
        ASSERT_EQ(terminal.version(Feed::release), wanted.release);
    }
    std::optional<sync::Exchange> next() {
        sent.reset();
        fetcher->tick(true);
        return sent;
    }
    // The repository's answer to what was sent, as an ordinary server gives it.
    sync::Answer part_of(base::ByteView file, const sync::Exchange& exchange) const {
        std::size_t from = 0, to = 0;
        EXPECT_EQ(std::sscanf(exchange.headers.at("Range").c_str(), "bytes=%zu-%zu", &from, &to),
                  2);
        to = std::min(to, file.size() - 1);
        sync::Answer out;
        out.status = 206;
        const auto part = file.subspan(from, to - from + 1);
        out.body.assign(part.begin(), part.end());
        out.headers["content-range"] = "bytes " + std::to_string(from) + "-" + std::to_string(to) +
                                       "/" + std::to_string(file.size());
        return out;
    }
    int fetch(base::ByteView file) {
        int slices = 0;
        while (const auto exchange = next()) {
            fetcher->answered(part_of(file, *exchange));
            ++slices;
        }
        return slices;
    }
    bool refused() const { return log.has("ReleaseRefused"); }

    base::ManualClock clock{start};
    Folder folder;
    Centre centre{world, folder / "centre", clock};
    FeedTerminal terminal{world, folder / "terminal", clock};
    KeptLog log;
    std::optional<PackageShelf> shelf;
    std::optional<PackageFetcher> fetcher;
    std::optional<sync::Exchange> sent;
    const base::Bytes bytes = base::Bytes(600'000, 'p');
    const ReleasePackage package = package_of(world, "citizen-window-kiosk", "2.0", bytes);
    const ReleaseList list = release_list(world, 1, {package});
};

INSTANTIATE_TEST_SUITE_P(suites, Packages, both_suites, suite_name);

TEST_P(Packages, come_in_slices_and_only_those_that_are_missing) {
    publish(list);
    EXPECT_EQ(fetch(bytes), 3);
    EXPECT_TRUE(shelf->has(package));
    begin();
    EXPECT_FALSE(next()) << "it is here";
    auto second = release_list(
        world, 2, {package_of(world, "citizen-window-kiosk", "2.1", base::to_bytes("next"))});
    second.fallback = {package};
    publish(second);
    EXPECT_EQ(fetch(base::to_bytes("next")), 1) << "the way back is still here";
}

TEST_P(Packages, a_broken_line_goes_on_where_it_stopped) {
    publish(list);
    fetcher->answered(part_of(bytes, *next()));
    ASSERT_TRUE(next());
    fetcher->answered(base::fail(FaultCode::NetworkUnreachable));
    begin();  // and the power goes
    const auto again = next();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->headers.at("Range"), "bytes=262144-524287");
}

TEST_P(Packages, slow_retrieval_is_given_up_and_tried_again_later) {
    publish(list);
    const auto exchange = next();
    ASSERT_TRUE(exchange);
    EXPECT_GT(exchange->limit, 0ms);
    EXPECT_LE(exchange->limit, releases::package_slice_limit);
    fetcher->answered(base::fail(FaultCode::NetworkUnreachable, "it took too long"));
    EXPECT_FALSE(refused());
    clock.forward(20ms);
    EXPECT_TRUE(next());
}

TEST_P(Packages, endless_data_stops_at_the_signed_length) {
    publish(list);
    const base::Bytes endless(10'000'000, 'p');
    const auto exchange = next();
    ASSERT_TRUE(exchange);
    fetcher->answered(part_of(endless, *exchange));
    EXPECT_TRUE(refused());
    EXPECT_EQ(shelf->staged(package), 0) << "its length was looked at before its bytes";
}

TEST_P(Packages, more_than_was_asked_for_is_not_kept) {
    publish(list);
    auto answer = part_of(bytes, *next());
    answer.body.push_back('p');
    fetcher->answered(answer);
    EXPECT_TRUE(refused());
    EXPECT_EQ(shelf->staged(package), 0);
    sync::Answer whole;
    whole.status = 200;
    whole.body = base::Bytes(700'000, 'p');
    clock.forward(1s);
    ASSERT_TRUE(next());
    fetcher->answered(whole);
    EXPECT_EQ(shelf->staged(package), 0);
}

TEST_P(Packages, other_bytes_of_the_right_length_are_thrown_away_whole) {
    publish(list);
    auto poisoned = bytes;
    poisoned.back() = 'q';
    EXPECT_EQ(fetch(poisoned), 3);
    EXPECT_TRUE(refused());
    EXPECT_FALSE(shelf->has(package));
    EXPECT_EQ(shelf->staged(package), 0);
    EXPECT_FALSE(next()) << "a poisoned mirror is not asked at once";
    clock.forward(1s);
    EXPECT_EQ(fetch(bytes), 3);
    EXPECT_TRUE(shelf->has(package));
}

TEST_P(Packages, a_list_past_its_date_fetches_nothing) {
    publish(list);
    clock.forward(std::chrono::hours(24 * 31));
    EXPECT_FALSE(next());
    EXPECT_TRUE(log.has("ReleaseOutdated"));
}

TEST_P(Packages, a_list_for_another_terminal_fetches_nothing) {
    auto elsewhere = list;
    elsewhere.terminals = {"110101"};
    publish(elsewhere);
    EXPECT_FALSE(next());
}

TEST_P(Packages, without_a_repository_nobody_is_asked) {
    publish(list);
    begin(false);
    EXPECT_FALSE(next());
}

TEST_P(Packages, of_an_older_release_leave_the_shelf) {
    publish(list);
    fetch(bytes);
    publish(release_list(world, 2,
                         {package_of(world, "citizen-window-kiosk", "2.1", base::to_bytes("x"))}));
    next();
    EXPECT_FALSE(fs::exists(shelf->folder() + "/" + package.file_name()));
}

// The list itself, as a feed

TEST_P(Packages, a_list_that_only_the_centre_signed_is_not_published_and_not_taken) {
    EXPECT_FALSE(centre.publish(Feed::release, list.issue(world.feed).value(), 1));
}

TEST_P(Packages, a_list_of_another_number_than_its_head_is_not_taken) {
    EXPECT_FALSE(centre.publish(Feed::release, list.issue(world.release).value(), 2));
}

TEST_P(Packages, a_terminal_of_before_releases_is_heard_and_gets_what_it_knows) {
    ASSERT_TRUE(centre.publish(Feed::release, list.issue(world.release).value(), 1));
    ASSERT_TRUE(centre.publish(Feed::configuration, base::to_bytes("[times]\n")));
    papers::wire::FeedsRequest request;
    request.certificate = world.certificate.file;
    for (std::size_t i = 0; i < papers::feeds_at_least; ++i)
        request.have.push_back({papers::all_feeds.at(i), 0, {}});
    const auto reply =
        centre.desk().feeds(papers::wire::encode(request, world.terminal_key).value());
    ASSERT_EQ(reply.status, 200);
    const auto said = papers::wire::feeds_reply(reply.body).value();
    ASSERT_EQ(said.offers.size(), 1u);
    EXPECT_EQ(papers::FeedHead::read(said.offers[0].head)->feed, Feed::configuration);
}

TEST_P(Packages, the_floors_of_before_releases_are_read) {
    const std::string floors = terminal.folder() + "/floors";
    publish(list);
    auto record = formats::record_from_json(base::read_file(floors).value()).value();
    ASSERT_EQ(record.erase("release"), 1u);
    ASSERT_TRUE(base::write_file(floors, formats::to_json(record)));
    terminal.restart();
    EXPECT_EQ(terminal.version(Feed::release), 1);
}

// The paper

TEST_P(Packages, a_list_reads_as_it_was_written_and_not_otherwise) {
    auto whole = list;
    whole.terminals = {"110101", "000101001001001"};
    whole.fallback = {package_of(world, "citizen-window-kiosk", "1.0", base::to_bytes("old"))};
    const auto file = whole.issue(world.release).value();
    const auto read = ReleaseList::verify(file, world.keys()).value();
    EXPECT_EQ(read.packages, whole.packages);
    EXPECT_EQ(read.fallback, whole.fallback);
    EXPECT_TRUE(read.is_for("110101999999999"));
    EXPECT_FALSE(read.is_for("000101001001002"));
    auto changed = file;
    *std::search(changed.begin(), changed.end(), package.version.begin(), package.version.end()) =
        '3';
    EXPECT_FALSE(ReleaseList::verify(changed, world.keys()));
}

TEST_P(Packages, a_name_or_a_path_that_leads_elsewhere_is_none) {
    for (const char* path : {"../kiosk.deb", "/kiosk.deb", "pool//kiosk.deb", "pool/./kiosk.deb",
                             "pool/kiosk.deb?x=1", "http://x/kiosk.deb", ""}) {
        auto wrong = list;
        wrong.packages[0].path = path;
        EXPECT_FALSE(wrong.issue(world.release)) << path;
    }
    for (const char* name : {"Citizen", "-x", "a", "a b", "a/b", ""}) {
        auto wrong = list;
        wrong.packages[0].name = name;
        EXPECT_FALSE(wrong.issue(world.release)) << name;
    }
    auto twice = list;
    twice.packages.push_back(package_of(world, "citizen-window-kiosk", "2.1", bytes));
    EXPECT_FALSE(twice.issue(world.release)) << "one package in two versions";
}

TEST_P(Packages, a_window_is_of_the_terminals_day_and_may_go_over_midnight) {
    auto night = list;
    night.window_from = 23 * 60;
    night.window_to = 4 * 60;
    const auto at = [](int hour) {  // of a day that began at 16:00 UTC
        return base::Instant{} + std::chrono::hours(24 * 1000 - 8 + hour);
    };
    EXPECT_TRUE(night.is_open(at(23)));
    EXPECT_TRUE(night.is_open(at(3)));
    EXPECT_FALSE(night.is_open(at(4)));
    EXPECT_FALSE(night.is_open(at(12)));
}

}  // namespace
