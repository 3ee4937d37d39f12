// The programs kiosk-post and intake and a PostgreSQL, killed with -9 at seeded moments while
// citizens hand in and parcels travel. A hand-in whose answer is lost is asked again with the same
// sub_id, as the app does; here the app's end of the socket comes and goes, the whole app is killed
// by kill_app_while_it_hands_in.py. In the end everything that was answered has exactly one case,
// and nothing else has.
#include "base/bounded_queue.hpp"
#include "offline/intake/intake_store.hpp"
#include "offline/post/post_client.hpp"
#include "tests/power_loss/child_process.hpp"
#include "tests/power_loss/rounds.hpp"
#include "tests/power_loss/training_world.hpp"
#include "tests/tools/free_port.hpp"
#include "tests/unit/offline/intake/private_postgres.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <random>

namespace power_loss {
namespace {

using namespace offline;
using namespace std::chrono_literals;

constexpr std::size_t outstanding = 6;
constexpr std::size_t new_each_time = 4;  // so that what is kept can be sent in a test's time
constexpr base::Millis drain_limit{120'000};

// The citizens at one terminal, all at once: keeps some hand-ins on their way, repeats what was
// not answered, remembers what was. `look_after` is called again and again meanwhile.
class Citizens {
  public:
    Citizens(std::string folder, std::function<void()> look_after)
        : folder_(std::move(folder)), keys_(keys_of(folder_)), look_after_(std::move(look_after)) {
        connect();
    }

    void hand_in_for(base::Millis time, std::mt19937_64& random) {
        const base::Millis until = clock_.steady() + time;
        std::size_t more = new_each_time;
        do {
            for (; more > 0 && asked_.size() < outstanding; --more) ask(new_hand_in(random));
            take_events(base::Millis{5});
        } while (clock_.steady() < until);
    }
    // Not waited for: whatever is killed next is killed over them.
    void hand_in_now(std::mt19937_64& random) {
        for (auto more = random() % 3; more > 0; --more) ask(new_hand_in(random));
    }
    // The app is started anew: it asks again for what it does not know of.
    void start_anew() {
        client_.reset();
        std::vector<post::AcceptRequest> open;
        for (auto& [request, handed_in] : asked_) open.push_back(std::move(handed_in));
        asked_.clear();
        connect();
        repeated_ += open.size();
        for (auto& handed_in : open) ask(std::move(handed_in));
    }
    bool all_is_sent() {
        const base::Millis until = clock_.steady() + drain_limit;
        while (!asked_.empty() && clock_.steady() < until) take_events(base::Millis{50});
        // What the post said before its last answer is older than that answer: who connects anew is
        // told how it stands.
        client_.reset();
        take_events(base::Millis{0});
        status_.reset();
        connect();
        client_->nudge();
        while (clock_.steady() < until) {
            take_events(base::Millis{50});
            if (status_ && status_->undelivered() == 0) return asked_.empty();
        }
        return false;
    }
    const std::map<domain::SubId, std::string>& answered() const { return answered_; }
    std::size_t repeated() const { return repeated_; }

  private:
    void connect() {
        client_ = std::make_unique<post::PostClient>(
            post::ClientOptions{folder_ + "/post.sock", domain::Realm::training},
            [this](post::PostEvent event) { EXPECT_TRUE(events_.push(std::move(event))); });
    }
    post::AcceptRequest new_hand_in(std::mt19937_64& random) {
        const auto id = domain::SubId::draw();
        const base::Bytes text = submission_of(id, random() % 20'000);
        return {id, "990511001000", 1, captured,
                sealing::seal_submission(keys_, clock_.now(), id, text).value()};
    }
    void ask(post::AcceptRequest handed_in) {
        client_->accept({1, ++request_}, handed_in);
        asked_.emplace(request_, std::move(handed_in));
    }
    void take_events(base::Millis limit) {
        look_after_();
        while (const auto event = events_.pop_for({}, limit)) {
            limit = base::Millis{0};
            if (const auto* changed = std::get_if<post::StatusChanged>(&*event))
                status_ = changed->status;
            const auto* finished = std::get_if<post::AcceptFinished>(&*event);
            if (finished == nullptr) continue;
            const auto found = asked_.find(finished->ticket.request);
            if (found == asked_.end()) continue;  // of the app before
            auto handed_in = std::move(found->second);
            asked_.erase(found);
            if (!finished->receipt) {
                ++repeated_;
                ask(std::move(handed_in));
                continue;
            }
            const auto& receipt = *finished->receipt;
            EXPECT_EQ(receipt.sub_id, handed_in.sub_id);
            const auto [place, is_new] = answered_.emplace(receipt.sub_id, receipt.local_number);
            EXPECT_TRUE(is_new || place->second == receipt.local_number) << "another slip";
        }
    }

    std::string folder_;
    sealing::KeySet keys_;
    std::function<void()> look_after_;
    base::SystemClock clock_;
    base::BoundedQueue<post::PostEvent> events_{100'000};
    std::map<domain::RequestId, post::AcceptRequest> asked_;
    std::map<domain::SubId, std::string> answered_;
    std::optional<domain::PostStatus> status_;
    domain::RequestId request_ = 0;
    std::size_t repeated_ = 0;
    std::unique_ptr<post::PostClient> client_;  // last: its sink uses the queue
};

// What stands at the centre in the end: each that was answered, once, complete, with its effect.
void is_what_was_answered(intake::CaseStore& store, const Citizens& citizens) {
    const base::SystemClock clock;
    base::BoundedQueue<int> nothing(1);  // nobody puts: between two looks
    const base::Millis until = clock.steady() + drain_limit;
    while (store.counts()->waiting_effects > 0 && clock.steady() < until)
        nothing.pop_for({}, base::Millis{50});
    const auto all = store.all().value();
    std::map<domain::SubId, int> cases;
    for (const auto& stored : all) {
        ++cases[stored.sub_id];
        EXPECT_FALSE(stored.receipt2.empty());
        EXPECT_EQ(stored.state, intake::CaseState::applied);
        const auto told = citizens.answered().find(stored.sub_id);
        if (told == citizens.answered().end())
            ADD_FAILURE() << "a case that nobody was told of";
        else
            EXPECT_EQ(told->second, stored.local_number);
    }
    EXPECT_EQ(cases.size(), citizens.answered().size());
    for (const auto& [id, count] : cases) EXPECT_EQ(count, 1) << "taken twice";
    EXPECT_EQ(store.counts()->effects, static_cast<std::int64_t>(cases.size()));
    EXPECT_GE(citizens.answered().size(), outstanding);
}

// With a PostgreSQL of its own, which is killed, too, or the embedded store.
void kill_in_the_middle_of_traffic(offline_test::PrivatePostgres* postgres) {
    std::string folder = std::filesystem::temp_directory_path() / "cw-traffic-XXXXXX";
    folder = ::mkdtemp(folder.data());
    const int port = tools::free_port();
    make_state(folder, port, sample_pack);
    std::mt19937_64 random(rounds().seed);

    const std::vector<std::string> post_command{KIOSK_POST, "--config", folder + "/kiosk.toml"};
    std::vector<std::string> intake_command{INTAKE, "serve", "--config", folder + "/kiosk.toml"};
    const std::string database = postgres == nullptr ? "" : postgres->url(postgres->new_database());
    if (postgres != nullptr) intake_command.insert(intake_command.end(), {"--database", database});
    std::optional<ChildProcess> post_office, centre;
    const auto start_post = [&] { post_office.emplace(post_command, folder + "/post.log"); };
    const auto start_centre = [&] { centre.emplace(intake_command, folder + "/intake.log"); };
    start_post();
    start_centre();

    // One that began while its database was away has ended: started again, as systemd would.
    Citizens citizens(folder, [&] {
        if (centre->has_ended()) start_centre();
    });
    for (int kill = 0; kill < rounds().kills; ++kill) {
        citizens.hand_in_for(base::Millis{static_cast<std::int64_t>(random() % 100)}, random);
        citizens.hand_in_now(random);
        switch (random() % (postgres == nullptr ? 5 : 6)) {
            case 0:
            case 1:
                post_office->kill_now();
                start_post();
                break;
            case 2:
            case 3:
                centre->kill_now();
                start_centre();
                break;
            case 4:
                citizens.start_anew();
                break;
            case 5:
                postgres->kill_now();
                citizens.hand_in_now(random);
                postgres->start();
                break;
        }
    }
    ASSERT_TRUE(citizens.all_is_sent()) << "seed " << rounds().seed << ", logs in " << folder;
    const auto store = postgres == nullptr
                           ? intake::IntakeStore::open_to_read(folder + "/intake").value()
                           : intake::IntakeStore::connect(database).value();
    is_what_was_answered(*store, citizens);
    testing::Test::RecordProperty("answered", std::to_string(citizens.answered().size()));
    testing::Test::RecordProperty("asked_again", std::to_string(citizens.repeated()));
    testing::Test::RecordProperty("seed", std::to_string(rounds().seed));
    if (!testing::Test::HasFailure()) std::filesystem::remove_all(folder);
}

TEST(kills, programs_killed_in_the_middle_of_traffic_lose_nothing_and_apply_nothing_twice) {
    kill_in_the_middle_of_traffic(nullptr);
}

TEST(kills, a_database_killed_with_them_loses_nothing_and_applies_nothing_twice) {
    if (!offline_test::PrivatePostgres::is_installed())
        GTEST_SKIP() << "PostgreSQL 15 is not installed: provisioning/setup --tests";
    kill_in_the_middle_of_traffic(&offline_test::PrivatePostgres::instance());
}

}  // namespace
}  // namespace power_loss
