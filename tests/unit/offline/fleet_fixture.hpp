// Both ends of what a terminal's health and the centre's commands are about, in one process, on a
// line of which the test decides what becomes of each exchange.
#pragma once

#include "offline/intake/fleet/fleet_commands.hpp"
#include "offline/post/fleet_lane.hpp"
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>

#include <semaphore>

namespace offline_test {

using namespace std::chrono_literals;
using base::Millis;
using domain::CommandKind;
using post::message::CommandGiven;

inline constexpr Millis hello_every{60'000};

class FleetWorld : public testing::Test {
  protected:
    explicit FleetWorld(sealing::SuiteId suite = sealing::SuiteId::one) : world(suite) { open(); }

    // The post is started anew; the app comes when it says something.
    void open() {
        lane.reset();
        auto desk =
            post::CommandDesk::open(folder / "commands.json", terminal_id, world.pinned, disk, log);
        ASSERT_TRUE(desk);
        post::FleetOptions options;
        options.software = "1.0";
        options.folder = folder / "bundles-here";
        options.support_command = support;
        options.session_lock = session_lock;
        lane = std::make_unique<post::FleetLane>(
            options, std::move(*desk), terminal, keys, floor, clock, log,
            [this](const CommandGiven& command) { given.push_back(command); },
            [this](sync::Exchange exchange) { uploads.push_back(std::move(exchange)); },
            [this] { woken.release(); });
    }
    void app_says(const std::function<void(domain::AppReport&)>& change = {}) {
        if (change) change(report);
        lane->app_said(report);
    }
    std::optional<sync::Exchange> due() {
        clock.forward(hello_every);
        floor.told_now(clock.now());
        post::PostFacts facts;
        facts.stock = stock;
        facts.line = wire_is;
        facts.taking = true;
        facts.key_set = 1;
        return lane->behind_hello(facts);
    }
    static sync::Answer as_answer(const intake::Reply& reply) {
        sync::Answer out;
        out.status = reply.status;
        out.content_type = papers::wire::content_type;
        out.body = reply.body;
        out.line_bytes = 1'200;
        return out;
    }
    intake::Reply at_the_centre(const sync::Exchange& exchange) {
        return centre.heartbeat(terminal_id, exchange.body);
    }
    // One hello, and what follows it. True when a heartbeat went.
    bool beat() {
        const auto exchange = due();
        if (!exchange) return false;
        lane->answered(as_answer(at_the_centre(*exchange)));
        return true;
    }
    // It reaches the centre and its answer never comes back.
    void beat_whose_answer_is_lost() {
        const auto exchange = due();
        ASSERT_TRUE(exchange);
        EXPECT_EQ(at_the_centre(*exchange).status, 200);
        lane->answered(base::fail(FaultCode::NetworkUnreachable));
    }
    void beat_until_quiet() {
        for (int i = 0; i < 6; ++i) beat();
    }
    std::int64_t order(CommandKind kind, const std::string& text = {},
                       std::chrono::hours good = 72h, const std::string& to = terminal_id) {
        intake::Order what;
        what.terminal = to;
        what.kind = kind;
        what.text = text;
        what.good_for = good;
        what.by = "tester";
        return intake::order(*store, issuer, world.realm, what, clock.now()).value();
    }
    papers::Command command(std::int64_t serial) const {
        papers::Command out;
        out.realm = world.realm;
        out.terminal = terminal_id;
        out.serial = serial;
        out.kind = "restart";
        out.issued_at = clock.now();
        out.expires_at = clock.now() + 1h;
        return out;
    }
    std::string signed_by_issuer(const papers::Command& what) const {
        return what.sign(issuer.issuer_key, issuer.issuer).value();
    }
    // What somebody plays to the terminal in place of the centre's own commands, in a signed
    // answer: the centre itself is wrong, or its database was put back.
    void play(const std::vector<std::string>& files) {
        const auto exchange = due();
        ASSERT_TRUE(exchange);
        const auto said = papers::wire::heartbeat(exchange->body).value();
        papers::HeartbeatTaken taken{terminal_id, said.number, 0, files};
        lane->answered(
            as_answer({200, papers::wire::encode(taken, world.receipt_key(clock.now())).value()}));
    }
    // Refused here, told to the centre, and the app heard nothing.
    void expect_refused(const std::string& file, const std::string& why) {
        const auto open = lane->desk().open_commands();
        const auto told = given.size();
        app_says([](auto& r) { ++r.pack_version; });  // so that a heartbeat is due
        play({file});
        EXPECT_TRUE(log.has("CommandRefusedHere", why)) << why;
        EXPECT_EQ(lane->desk().open_commands(), open);
        EXPECT_EQ(given.size(), told);
        ASSERT_TRUE(beat()) << "it is told with the next hello";
        const auto reports = store->fleet().reports(terminal_id).value();
        ASSERT_FALSE(reports.empty());
        EXPECT_EQ(reports.front().outcome, "refused-" + why);
        beat();
    }
    intake::CommandRow row(std::int64_t serial) {
        const auto rows = store->fleet().commands(terminal_id).value();
        for (const auto& one : rows)
            if (one.serial == serial) return one;
        ADD_FAILURE() << "no command " << serial;
        return {};
    }
    intake::FleetLine line() { return intake::fleet(*store, clock.now()).value().front(); }

    static domain::AppReport first_report() {
        domain::AppReport out;
        out.version = "1.0";
        out.pack = "county";
        out.pack_version = 7;
        out.page = "home";
        return out;
    }

    Folder folder;
    World world;
    base::ManualClock clock{start};
    CountingLog log;
    store::Disk& disk = store::real_disk();
    sealing::KeySet keys = world.keys();
    outbox::Terminal terminal = world.terminal();
    sync::ClockFloor floor{"", clock, log};
    std::shared_ptr<intake::CaseStore> store =
        std::shared_ptr<intake::CaseStore>(intake::IntakeStore::open(folder / "intake").value());
    intake::FleetDesk centre{{folder / "bundles", world.pinned, world.intake}, store, clock, log};
    const sealing::SigningKey issuer_key = sealing::SigningKey::generate(world.suite);
    intake::EnrolmentParts issuer{
        world.pinned,
        sealing::Issuer::issue(world.root, world.realm, issuer_key.public_key(), {}).value(),
        issuer_key,
        {},
        {}};
    std::vector<std::string> support;
    std::string session_lock;
    domain::Line wire_is = domain::Line::online;
    domain::OutboxStock stock;
    domain::AppReport report = first_report();
    std::vector<CommandGiven> given;
    std::vector<sync::Exchange> uploads;
    std::counting_semaphore<> woken{0};
    std::unique_ptr<post::FleetLane> lane;
};

}  // namespace offline_test
