// The whole way between app and centre over real sockets: the app's client, the post office on its
// own thread, HTTP, the intake.
#include "offline/intake/fleet/fleet_commands.hpp"
#include "tests/unit/offline/post_fixture.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;

// Somebody can wait for the next line.
class WakingLog final : public base::EventLog {
  public:
    void write_line(std::string) override {
        const std::lock_guard lock(mutex_);
        ++lines_;
        written_.notify_all();
    }
    void wait_for_a_line(base::Millis most) {
        std::unique_lock lock(mutex_);
        written_.wait_for(lock, most, [this, before = lines_] { return lines_ != before; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable written_;
    int lines_ = 0;  // guarded by mutex_
};

class fleet_way : public testing::Test {
  protected:
    fleet_way() {
        auto service = service_of(world, folder / "intake", clock, log);
        store = service.store();
        intake::Desks desks;
        desks.fleet = std::make_unique<intake::FleetDesk>(
            intake::FleetDeskOptions{folder / "bundles", world.pinned, world.intake}, store, clock,
            log);
        centre = intake::IntakeServer::listen("127.0.0.1", 0, std::move(service), std::nullopt,
                                              std::move(desks))
                     .value();
        office = std::jthread([this] { run_office(); });
    }
    ~fleet_way() override { stop.ring(); }

    void run_office() {
        post::OfficeOptions options{"", {"http://127.0.0.1:" + std::to_string(centre->port())}, {}};
        options.delivery.retry = {Millis{50}, Millis{200}, Millis{0}};
        post::PostOffice post(options, box, keys, floor, clock, log, server);
        post.serve_fleet({.software = "1.0", .folder = folder / "support"},
                         post::CommandDesk::open(folder / "commands.json", terminal_id,
                                                 world.pinned, store::real_disk(), log)
                             .value(),
                         keys);
        post.run(stop.descriptor());
    }
    static domain::AppReport report(const std::string& pause = {}) {
        domain::AppReport out;
        out.version = "1.0";
        out.pack = "county";
        out.page = "home";
        out.pause = pause;
        return out;
    }
    // Nudges the post until it holds: each nudge is a hello, and what is new rides behind it.
    template <class Holds>
    bool nudged_until(App& app, Holds holds) {
        const auto end = clock.steady() + std::chrono::duration_cast<Millis>(long_enough);
        while (clock.steady() < end) {
            if (holds()) return true;
            app.client.nudge();
            log.wait_for_a_line(20ms);
        }
        return false;
    }
    std::optional<papers::HeartbeatContent> heard() {
        const auto newest = store->fleet().heard(terminal_id).value();
        if (!newest) return std::nullopt;
        return papers::wire::heartbeat_content(newest->content).value();
    }

    using Millis = base::Millis;
    Folder folder;
    World world;
    base::SystemClock clock;
    WakingLog log;
    sealing::KeySet keys = world.keys();
    sync::ClockFloor floor{"", clock, log};
    outbox::Outbox box =
        outbox::Outbox::open({folder / "outbox", 8 << 20}, world.terminal(), clock).value();
    post::PostServer server =
        post::PostServer::listen(folder / "post.sock", world.realm, clock, log).value();
    post::Wake stop;
    std::shared_ptr<intake::CaseStore> store;
    std::unique_ptr<intake::IntakeServer> centre;
    std::jthread office;  // last: it ends before what it uses
};

TEST_F(fleet_way, what_the_app_reports_is_at_the_centre_and_its_commands_come_back) {
    App app(folder);
    app.client.report(report());
    ASSERT_TRUE(nudged_until(app, [&] { return heard() && heard()->app_there; }));
    EXPECT_EQ(heard()->pack, "county");

    const auto issuer_key = sealing::SigningKey::generate();
    const intake::EnrolmentParts issuer{
        world.pinned,
        sealing::Issuer::issue(world.root, world.realm, issuer_key.public_key(), {}).value(),
        issuer_key,
        {},
        {}};
    intake::Order order;
    order.terminal = terminal_id;
    order.kind = domain::CommandKind::notice;
    order.text = "今天下午三点停机";
    ASSERT_TRUE(intake::order(*store, issuer, world.realm, order, clock.now()));
    app.client.report(report("paper"));  // so that there is something to tell
    const auto known = [&] { return store->fleet().commands(terminal_id)->front(); };
    ASSERT_TRUE(nudged_until(app, [&] { return known().given_at != base::Instant{}; }));
    const auto given = app.wait_for<post::CommandGiven>();
    EXPECT_EQ(given.notice.text, "今天下午三点停机");
    app.client.command_done(given.serial, "done");
    EXPECT_TRUE(nudged_until(app, [&] { return known().outcome == "done"; }));
}

TEST_F(fleet_way, an_app_that_is_gone_is_told_of_and_one_that_comes_back_too) {
    {
        App app(folder);
        app.client.report(report());
        ASSERT_TRUE(nudged_until(app, [&] { return heard() && heard()->app_there; }));
    }
    App other(folder);  // connected, and says nothing of itself
    ASSERT_TRUE(nudged_until(other, [&] { return !heard()->app_there; }));
    other.client.report(report());
    EXPECT_TRUE(nudged_until(other, [&] { return heard()->app_there; }));
}

}  // namespace
