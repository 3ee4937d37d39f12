// A terminal's health at the centre, and the centre's commands at the terminal: both ends, in one
// process, on a line of which the test decides what becomes of each exchange.
#include "offline/intake/fleet/fleet_commands.hpp"
#include "offline/post/fleet_lane.hpp"
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>

#include <semaphore>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using base::Millis;
using domain::CommandKind;
using post::message::CommandGiven;

constexpr Millis hello_every{60'000};

class fleet : public testing::Test {
  protected:
    fleet() { open(); }

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
        facts.line = domain::Line::online;
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
        app_says([](auto& r) { ++r.key_set; });  // so that a heartbeat is due
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
    const sealing::SigningKey issuer_key = sealing::SigningKey::generate();
    intake::EnrolmentParts issuer{
        world.pinned,
        sealing::Issuer::issue(world.root, world.realm, issuer_key.public_key(), {}).value(),
        issuer_key,
        {},
        {}};
    std::vector<std::string> support;
    domain::OutboxStock stock;
    domain::AppReport report = first_report();
    std::vector<CommandGiven> given;
    std::vector<sync::Exchange> uploads;
    std::counting_semaphore<> woken{0};
    std::unique_ptr<post::FleetLane> lane;
};

domain::PartReport printer(domain::Supply supply, const std::string& fault = {}) {
    return {domain::DeviceKind::document_printer,
            fault.empty() ? domain::DeviceState::ready : domain::DeviceState::unavailable, supply,
            fault};
}

TEST_F(fleet, a_fault_is_at_the_centre_behind_the_next_hello_with_its_cause_in_words) {
    app_says();
    beat_until_quiet();
    EXPECT_EQ(line().judgement.light, intake::Light::green);
    app_says([](auto& r) { r.parts = {printer(domain::Supply::out, "PrinterPaperOut")}; });
    EXPECT_TRUE(beat());
    EXPECT_EQ(line().judgement.light, intake::Light::red);
    EXPECT_NE(line().judgement.causes.front().text.find("文件打印机"), std::string::npos);
    EXPECT_TRUE(log.has("HeartbeatTaken", "red"));
    EXPECT_TRUE(log.has("HeartbeatSent", "1200"));
}

TEST_F(fleet, a_heartbeat_that_did_not_change_is_not_sent) {
    app_says();
    beat_until_quiet();
    int sent = 0;
    for (auto passed = 0ms; passed < 24h; passed += hello_every) {
        app_says();
        sent += beat() ? 1 : 0;
    }
    EXPECT_EQ(sent, 12) << "every two hours, to say that it is there";
}

TEST_F(fleet, what_moves_with_every_citizen_is_no_news) {
    app_says();
    beat_until_quiet();
    for (int i = 0; i < 30; ++i) {
        app_says([i](auto& r) {
            r.page = i % 2 == 0 ? "form_1" : "home";
            ++r.sessions;
            r.memory_kib += 100;
        });
        stock.waiting = i % 3;
        EXPECT_FALSE(beat());
    }
}

TEST_F(fleet, a_part_that_flaps_costs_no_more_than_the_days_bytes) {
    app_says();
    beat_until_quiet();
    std::int64_t bytes = 0;
    for (auto passed = 0ms; passed < 24h; passed += hello_every) {
        app_says([](auto& r) {
            r.parts = r.parts.empty() ? std::vector{printer(domain::Supply::low)}
                                      : std::vector<domain::PartReport>{};
        });
        bytes += beat() ? 1'200 : 0;
    }
    EXPECT_LE(bytes, 48'000);
    EXPECT_GE(bytes, 40'000) << "and what may be spent is spent";
}

TEST_F(fleet, an_app_that_went_away_makes_the_light_red) {
    app_says();
    beat_until_quiet();
    lane->app_gone();
    EXPECT_TRUE(beat());
    EXPECT_EQ(line().judgement.light, intake::Light::red);
}

TEST_F(fleet, a_terminal_that_says_nothing_needs_a_visit) {
    app_says();
    beat_until_quiet();
    clock.forward(6h);
    EXPECT_EQ(line().judgement.light, intake::Light::amber);
    clock.forward(20h);
    EXPECT_EQ(line().judgement.light, intake::Light::red);
    EXPECT_NE(line().judgement.causes.front().text.find("没有消息"), std::string::npos);
}

TEST_F(fleet, the_certificate_travels_once_and_again_when_the_centre_forgot_it) {
    app_says();
    const auto first = due();
    ASSERT_TRUE(first);
    EXPECT_FALSE(papers::wire::heartbeat(first->body)->certificate.empty());
    lane->answered(as_answer(at_the_centre(*first)));
    app_says([](auto& r) { ++r.pack_version; });
    const auto second = due();
    ASSERT_TRUE(second);
    EXPECT_TRUE(papers::wire::heartbeat(second->body)->certificate.empty());

    const auto other =
        std::shared_ptr<intake::CaseStore>(intake::IntakeStore::open(folder / "another").value());
    intake::FleetDesk forgetful({folder / "b", world.pinned, world.intake}, other, clock, log);
    const auto answer = forgetful.heartbeat(terminal_id, second->body);
    EXPECT_EQ(answer.status, 409);
    lane->answered(as_answer(answer));
    const auto third = due();
    ASSERT_TRUE(third);
    EXPECT_EQ(forgetful.heartbeat(terminal_id, third->body).status, 200);
}

TEST_F(fleet, a_heartbeat_of_another_terminal_or_key_changes_nothing) {
    app_says();
    const auto exchange = due();
    ASSERT_TRUE(exchange);
    EXPECT_EQ(centre.heartbeat("000101001001002", exchange->body).status, 403);
    auto forged = exchange->body;
    forged[forged.size() / 2] ^= 1;
    EXPECT_GE(centre.heartbeat(terminal_id, forged).status, 400);
    EXPECT_TRUE(store->fleet().all_heard()->empty());
}

TEST_F(fleet, an_older_heartbeat_does_not_take_the_place_of_the_newest) {
    app_says();
    const auto old = due();
    ASSERT_TRUE(old);
    lane->answered(base::fail(FaultCode::NetworkUnreachable));
    app_says([](auto& r) { r.pause = "paper"; });
    ASSERT_TRUE(beat());
    EXPECT_EQ(at_the_centre(*old).status, 200);
    EXPECT_EQ(line().content->pause, "paper");
    EXPECT_EQ(store->fleet().history(terminal_id)->size(), 1u);
}

TEST_F(fleet, the_history_is_bounded) {
    intake::Heard heard;
    heard.terminal = terminal_id;
    for (int i = 1; i <= intake::heartbeats_kept + 50; ++i) {
        heard.number = i;
        heard.said_at = heard.received_at = start + Millis{i * 1000};
        ASSERT_TRUE(store->fleet().hear(heard, "green", {}));
    }
    const auto kept = store->fleet().history(terminal_id).value();
    EXPECT_EQ(kept.size(), static_cast<std::size_t>(intake::heartbeats_kept));
    EXPECT_EQ(kept.front().number, intake::heartbeats_kept + 50);
}

// ---- commands

TEST_F(fleet, a_command_goes_to_the_app_and_what_became_of_it_to_the_centre) {
    app_says();
    beat_until_quiet();
    const auto serial = order(CommandKind::notice, "今天下午三点起停机检修");
    app_says([](auto& r) { ++r.pack_version; });
    ASSERT_TRUE(beat());
    ASSERT_EQ(given.size(), 1u);
    EXPECT_EQ(given[0].kind, CommandKind::notice);
    EXPECT_EQ(given[0].notice.text, "今天下午三点起停机检修");
    EXPECT_EQ(row(serial).outcome, "");
    lane->command_done({serial, "done"});
    ASSERT_TRUE(beat());
    EXPECT_EQ(row(serial).outcome, "done");
    EXPECT_TRUE(log.has("CommandCarriedOut", "done"));
}

TEST_F(fleet, a_command_for_another_terminal_is_refused_and_reported) {
    app_says();
    beat();
    auto other = command(1);
    other.terminal = "000101001001002";
    expect_refused(signed_by_issuer(other), "terminal");
    EXPECT_EQ(lane->desk().highest_serial(), 0);
}

TEST_F(fleet, a_replayed_command_changes_nothing) {
    app_says();
    beat();
    const auto serial = order(CommandKind::restart);
    const auto file = store->fleet().to_give(terminal_id, clock.now())->front();
    beat_until_quiet();
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->command_done({serial, "done"});
    beat_until_quiet();
    ASSERT_EQ(row(serial).outcome, "done");
    given.clear();
    expect_refused(file, "serial");
    EXPECT_EQ(row(serial).outcome, "done") << "what is known of the command itself stays";
}

TEST_F(fleet, an_older_serial_is_refused_and_reported) {
    app_says();
    beat();
    play({signed_by_issuer(command(5))});
    EXPECT_EQ(lane->desk().highest_serial(), 5);
    given.clear();
    expect_refused(signed_by_issuer(command(4)), "serial");
}

TEST_F(fleet, an_expired_command_is_refused_and_reported) {
    app_says();
    beat();
    auto late = command(1);
    late.issued_at -= 2h;
    late.expires_at = clock.now() - 1min;
    expect_refused(signed_by_issuer(late), "expired");
    EXPECT_EQ(lane->desk().highest_serial(), 1) << "its number is used up";
}

TEST_F(fleet, a_command_that_nobody_took_in_time_is_not_carried_out_later) {
    app_says();
    beat_until_quiet();
    lane->app_gone();
    const auto serial = order(CommandKind::restart, {}, 1h);
    beat();
    clock.forward(2h);
    lane->round(true);
    app_says();
    EXPECT_TRUE(given.empty());
    beat_until_quiet();
    EXPECT_EQ(row(serial).outcome, "refused-expired");
}

TEST_F(fleet, a_command_of_another_realm_is_refused_and_reported) {
    app_says();
    beat();
    auto other = command(1);
    other.realm = domain::Realm::service;
    expect_refused(signed_by_issuer(other), "realm");
}

TEST_F(fleet, a_command_that_no_issuer_of_the_root_signed_is_refused_and_reported) {
    app_says();
    beat();
    const auto stranger = sealing::SigningKey::generate();
    expect_refused(command(1).sign(stranger, issuer.issuer).value(), "signature");
    const auto other_root = sealing::SigningKey::generate();
    const auto other =
        sealing::Issuer::issue(other_root, world.realm, stranger.public_key(), {}).value();
    expect_refused(command(2).sign(stranger, other).value(), "signature");
    EXPECT_EQ(lane->desk().highest_serial(), 0);
}

TEST_F(fleet, a_command_of_an_unknown_kind_or_no_command_at_all_is_refused_and_reported) {
    app_says();
    beat();
    auto other = command(1);
    other.kind = "explode";
    expect_refused(signed_by_issuer(other), "unknown");
    expect_refused("{}", "malformed");
}

TEST_F(fleet, an_answer_that_the_centre_did_not_sign_brings_nothing) {
    app_says();
    const auto exchange = due();
    ASSERT_TRUE(exchange);
    const auto said = papers::wire::heartbeat(exchange->body).value();
    const papers::HeartbeatTaken taken{terminal_id, said.number, 0, {signed_by_issuer(command(1))}};
    lane->answered(
        as_answer({200, papers::wire::encode(taken, sealing::SigningKey::generate()).value()}));
    EXPECT_TRUE(given.empty());
    EXPECT_EQ(log.count("HeartbeatSent"), 0);
}

TEST_F(fleet, a_lost_acknowledgement_is_sent_again_and_counted_once) {
    app_says();
    beat_until_quiet();
    const auto serial = order(CommandKind::reload);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->command_done({serial, "done"});
    beat_whose_answer_is_lost();
    EXPECT_EQ(row(serial).outcome, "done");
    const auto first = row(serial).outcome_at;
    ASSERT_TRUE(beat()) << "the terminal does not know that it is known";
    EXPECT_EQ(store->fleet().reports(terminal_id)->size(), 1u);
    EXPECT_EQ(row(serial).outcome_at, first);
    EXPECT_TRUE(lane->desk().reports().empty());
    EXPECT_EQ(given.size(), 1u);
}

TEST_F(fleet, a_lost_command_comes_again_and_is_done_once) {
    app_says();
    beat_until_quiet();
    order(CommandKind::reload);
    app_says([](auto& r) { ++r.pack_version; });
    beat_whose_answer_is_lost();
    EXPECT_TRUE(given.empty());
    beat_until_quiet();
    EXPECT_EQ(given.size(), 1u);
}

TEST_F(fleet, after_a_restart_of_the_post_what_was_done_is_not_done_again) {
    app_says();
    beat_until_quiet();
    const auto serial = order(CommandKind::reload);
    const auto file = store->fleet().to_give(terminal_id, clock.now())->front();
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->command_done({serial, "done"});
    open();
    given.clear();
    app_says();
    EXPECT_TRUE(given.empty());
    EXPECT_EQ(lane->desk().highest_serial(), serial);
    beat_until_quiet();
    EXPECT_EQ(row(serial).outcome, "done") << "the report outlived it, too";
    expect_refused(file, "serial");
}

TEST_F(fleet, what_was_accepted_outlives_the_post_and_waits_for_the_app) {
    app_says();
    beat_until_quiet();
    lane->app_gone();
    const auto serial = order(CommandKind::reload);
    beat();
    EXPECT_TRUE(given.empty());
    open();
    app_says();
    ASSERT_EQ(given.size(), 1u);
    EXPECT_EQ(given[0].serial, serial);
}

TEST_F(fleet, an_app_that_came_back_after_it_was_told_to_has_restarted) {
    app_says([this](auto& r) { r.started_at = clock.now(); });
    beat_until_quiet();
    const auto serial = order(CommandKind::restart);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    ASSERT_EQ(given.size(), 1u);
    lane->app_gone();  // without a word
    clock.forward(5s);
    app_says([this](auto& r) { r.started_at = clock.now(); });
    EXPECT_EQ(given.size(), 1u) << "not a second time";
    beat_until_quiet();
    EXPECT_EQ(row(serial).outcome, "done");
}

TEST_F(fleet, a_notice_stands_there_again_after_the_app_was_away_until_its_end) {
    app_says();
    beat_until_quiet();
    const auto serial = order(CommandKind::notice, "明天休息", 10h);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->command_done({serial, "done"});
    lane->app_gone();
    given.clear();
    app_says();
    ASSERT_EQ(given.size(), 1u);
    EXPECT_EQ(given[0].notice.text, "明天休息");
    lane->app_gone();
    given.clear();
    clock.forward(11h);
    lane->round(true);
    app_says();
    EXPECT_TRUE(given.empty());
}

TEST_F(fleet, a_desk_that_does_not_read_takes_no_command) {
    ASSERT_TRUE(base::write_file(folder / "commands.json", base::to_bytes("{\"v\":1")));
    const auto desk =
        post::CommandDesk::open(folder / "commands.json", terminal_id, world.pinned, disk, log);
    ASSERT_FALSE(desk);
    EXPECT_EQ(desk.error().code, FaultCode::OutboxCorrupt);
}

TEST_F(fleet, a_support_bundle_that_was_asked_for_comes_to_the_centre) {
    support = {"/bin/sh", "-c", "printf bundle > \"$0\""};
    open();
    app_says();
    beat_until_quiet();
    const auto serial = order(CommandKind::support_bundle);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s)) << "the program that makes it has ended";
    lane->round(true);
    ASSERT_EQ(uploads.size(), 1u);
    EXPECT_EQ(uploads[0].path, "/v1/t/" + terminal_id + "/support-bundles");
    lane->uploaded(as_answer(centre.bundle(terminal_id, uploads[0].body)));
    EXPECT_TRUE(given.empty()) << "nothing of the app's";
    beat_until_quiet();
    EXPECT_EQ(row(serial).outcome, "done");
    const auto file = base::read_file(folder / ("bundles/" + terminal_id + "/000001.tar.gz"));
    ASSERT_TRUE(file);
    EXPECT_EQ(base::as_text(*file), "bundle");
}

TEST_F(fleet, a_bundle_that_nobody_asked_for_is_not_kept) {
    const auto body = papers::wire::encode(
        papers::wire::SupportBundle{world.certificate.file, 1, base::to_bytes("x")},
        world.terminal_key);
    EXPECT_EQ(centre.bundle(terminal_id, *body).status, 404);
    EXPECT_FALSE(fs::exists(folder / "bundles"));
}

TEST_F(fleet, a_command_that_cannot_be_is_refused_before_it_is_signed) {
    app_says();
    beat();
    intake::Order what;
    what.terminal = terminal_id;
    what.kind = CommandKind::notice;
    what.text = "two\nlines";
    const auto refused = intake::order(*store, issuer, world.realm, what, clock.now());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, FaultCode::ConfigInvalid);
    what.text.clear();
    what.terminal = "000101001001009";
    EXPECT_EQ(intake::order(*store, issuer, world.realm, what, clock.now()).error().code,
              FaultCode::AnswerNotFound);
    EXPECT_TRUE(store->fleet().commands(terminal_id)->empty());
}

}  // namespace
