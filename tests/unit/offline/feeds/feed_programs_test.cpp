// The programs as they are started: what an operator publishes at the centre reaches a running
// terminal, and what the centre says of a submission is found by its slip without a line.
#include "base/bounded_queue.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/post/post_client.hpp"
#include "tests/power_loss/child_process.hpp"
#include "tests/power_loss/training_world.hpp"
#include "tests/tools/free_port.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using papers::Feed;

class feed_programs : public testing::TestWithParam<domain::SuiteId> {
  protected:
    void SetUp() override {
        power_loss::make_state(folder.path(), port, pack_file, GetParam());
        post_office = std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{KIOSK_POST, "--config", config}, folder / "post.log");
        start_centre();
    }
    // Until it has read its pack and keys: tests change these files afterwards.
    void start_centre() {
        centre = std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{INTAKE, "serve", "--config", config}, folder / "intake.log");
        const auto serves = [&] {
            const auto log = base::read_file(folder / "intake.log");
            return log && base::as_text(*log).find("ProgramStarted") != std::string_view::npos;
        };
        for (int i = 0; i < 600 && !serves(); ++i) nothing.pop_for({}, 50ms);
        ASSERT_TRUE(serves());
    }
    int run(const std::string& command_line) {
        power_loss::ChildProcess shell(
            {"/bin/sh", "-c", command_line + "; echo $? > " + (folder / "status")},
            folder / "commands.log");
        shell.wait();
        const auto status = base::read_file(folder / "status").value();
        return std::stoi(std::string(base::as_text(status)));
    }
    int publish(const std::string& feed, const std::string& file) {
        return run(std::string(INTAKE) + " publish " + feed + " " + file + " --config " + config +
                   " --key " + (folder / "root/feed.key"));
    }
    // Until the terminal has this version; it asks every tenth of a second.
    bool comes(Feed feed, std::int64_t version) {
        for (int i = 0; i < 600; ++i) {
            const auto versions = feeds::staged_versions(folder / "feeds", feed);
            if (!versions.empty() && versions.front() >= version) return true;
            nothing.pop_for({}, 50ms);
        }
        return false;
    }
    int make_keys(const std::string& more) {
        return run(std::string(KIOSK_TRAINING_KEYS) + " --state " + folder.path() + " --terminal " +
                   terminal_id + " --suite " + std::string(domain::name(GetParam())) + " " + more);
    }

    base::BoundedQueue<int> nothing{1};  // nobody puts: between two looks
    const Folder folder;
    const int port = tools::free_port();
    const std::string pack_file = "kiosk/catalogue/packs/sample_county/pack.json";
    const std::string config = folder / "kiosk.toml";
    std::unique_ptr<power_loss::ChildProcess> post_office, centre;
};
INSTANTIATE_TEST_SUITE_P(suite, feed_programs,
                         testing::Values(domain::SuiteId::one, domain::SuiteId::national),
                         [](const auto& of) { return std::string(domain::name(of.param)); });

TEST_P(feed_programs, what_is_published_reaches_a_running_terminal_and_what_is_wrong_does_not) {
    auto pack = nlohmann::ordered_json::parse(base::as_text(base::read_file(pack_file).value()));
    pack["version"] = 2;
    std::ofstream(folder / "two.json") << pack.dump();
    ASSERT_EQ(make_keys("--pack " + (folder / "two.json")), 0);
    EXPECT_EQ(publish("pack", folder / "pack"), 0);
    EXPECT_EQ(publish("pack", folder / "pack"), 1);  // the same version once more
    EXPECT_TRUE(comes(Feed::pack, 2));
    const auto staged = feeds::read_staged(folder / "feeds", Feed::pack, 2,
                                           power_loss::keys_of(folder.path()), terminal_id);
    ASSERT_TRUE(staged);
    EXPECT_EQ(base::as_text(papers::pack_content(staged->content)->pack), pack.dump());

    std::ofstream(folder / "good.toml") << "[times]\nbrowse_s = 45\n";
    std::ofstream(folder / "bad.toml") << "[times]\nbrowse_s = 45\n[post]\nintake_url = \"x\"\n";
    EXPECT_EQ(publish("configuration", folder / "bad.toml"), 1);
    EXPECT_EQ(publish("configuration", folder / "good.toml"), 0);
    EXPECT_TRUE(comes(Feed::configuration, 1));

    ASSERT_EQ(make_keys("--rotate --pack " + (folder / "two.json")), 0);
    EXPECT_EQ(publish("key_set", folder / "keys/key_set.json"), 0);
    EXPECT_TRUE(comes(Feed::key_set, 2));
    const auto log = base::read_file(folder / "post.log").value();
    EXPECT_NE(base::as_text(log).find("FeedTaken"), std::string_view::npos);
}

TEST_P(feed_programs, the_look_up_by_slip_says_what_the_centre_said_last_also_without_a_line) {
    base::BoundedQueue<post::PostEvent> events(1000);
    post::PostClient client(
        {folder / "post.sock", domain::Realm::training},
        [&](post::PostEvent event) { EXPECT_TRUE(events.push(std::move(event))); });
    const auto text = base::read_file("tests/fuzz/corpus/submission/whole.json").value();
    const auto id = domain::SubId::parse("00112233445566778899aabbccddeeff").value();
    const auto keys = power_loss::keys_of(folder.path());
    client.accept({1, 1},
                  {id, item, 1, start, sealing::seal_submission(keys, start, id, text).value()});
    const auto next = [&]<class Event>(std::type_identity<Event>) {
        for (;;) {
            auto event = events.pop_for({}, 30s);
            if (!event) throw std::runtime_error("no event came");
            if (auto* wanted = std::get_if<Event>(&*event)) return std::move(*wanted);
        }
    };
    const auto kept = next(std::type_identity<post::AcceptFinished>{});
    ASSERT_TRUE(kept.receipt);
    ASSERT_TRUE(comes(Feed::status, 1));
    domain::SubmissionStatus status;
    bool known = false;
    for (int i = 0; i < 300 && !known; ++i) {
        client.look_up({1, 2}, kept.receipt->local_number + " " + kept.receipt->look_up_code);
        status = next(std::type_identity<post::LookUpFinished>{}).status.value();
        known = !status.centre_state.empty();
        if (!known) nothing.pop_for({}, 100ms);
    }
    ASSERT_EQ(status.centre_state, "RECEIVED");
    centre->kill_now();
    client.look_up({1, 3}, kept.receipt->local_number + " " + kept.receipt->look_up_code);
    status = next(std::type_identity<post::LookUpFinished>{}).status.value();
    EXPECT_EQ(status.centre_state, "RECEIVED");
    EXPECT_EQ(status.delivery, domain::Delivery::received);
}

}  // namespace
