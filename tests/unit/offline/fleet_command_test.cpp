// The centre's commands at the terminal, and what the centre hears of them.
#include "tests/unit/offline/fleet_fixture.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace offline_test;

class commands : public FleetWorld, public testing::WithParamInterface<domain::SuiteId> {
  protected:
    commands() : FleetWorld(GetParam()) {}
};
INSTANTIATE_TEST_SUITE_P(suite, commands,
                         testing::Values(domain::SuiteId::one, domain::SuiteId::national),
                         [](const auto& of) { return std::string(domain::name(of.param)); });

// Somebody at the terminal, as the app marks it (kiosk/app/session_mark).
class Session {
  public:
    explicit Session(const std::string& lock)
        : file_(::open(lock.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0640)) {
        EXPECT_TRUE(comes());
    }
    ~Session() { ::close(file_); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    bool comes() { return ::flock(file_, LOCK_SH | LOCK_NB) == 0; }
    void leave() { ::flock(file_, LOCK_UN); }
    // As an update asks.
    bool nobody_else() {
        const bool alone = ::flock(file_, LOCK_EX | LOCK_NB) == 0;
        leave();
        return alone;
    }

  private:
    int file_;
};

TEST_P(commands, a_command_goes_to_the_app_and_what_became_of_it_to_the_centre) {
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

TEST_P(commands, a_command_for_another_terminal_is_refused_and_reported) {
    app_says();
    beat();
    auto other = command(1);
    other.terminal = "000101001001002";
    expect_refused(signed_by_issuer(other), "terminal");
    EXPECT_EQ(lane->desk().highest_serial(), 0);
}

TEST_P(commands, a_replayed_command_changes_nothing) {
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

TEST_P(commands, an_older_serial_is_refused_and_reported) {
    app_says();
    beat();
    app_says([](auto& r) { ++r.pack_version; });  // so that a heartbeat is due
    play({signed_by_issuer(command(5))});
    EXPECT_EQ(lane->desk().highest_serial(), 5);
    given.clear();
    expect_refused(signed_by_issuer(command(4)), "serial");
}

TEST_P(commands, an_expired_command_is_refused_and_reported) {
    app_says();
    beat();
    auto late = command(1);
    late.issued_at -= 2h;
    late.expires_at = clock.now() - 1min;
    expect_refused(signed_by_issuer(late), "expired");
    EXPECT_EQ(lane->desk().highest_serial(), 1) << "its number is used up";
}

TEST_P(commands, a_command_that_nobody_took_in_time_is_not_carried_out_later) {
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

TEST_P(commands, a_command_of_another_realm_is_refused_and_reported) {
    app_says();
    beat();
    auto other = command(1);
    other.realm = domain::Realm::service;
    expect_refused(signed_by_issuer(other), "realm");
}

TEST_P(commands, a_command_that_no_issuer_of_the_root_signed_is_refused_and_reported) {
    app_says();
    beat();
    const auto stranger = sealing::SigningKey::generate(GetParam());
    expect_refused(command(1).sign(stranger, issuer.issuer).value(), "signature");
    const auto other_root = sealing::SigningKey::generate(GetParam());
    const auto other =
        sealing::Issuer::issue(other_root, world.realm, stranger.public_key(), {}).value();
    expect_refused(command(2).sign(stranger, other).value(), "signature");
    EXPECT_EQ(lane->desk().highest_serial(), 0);
}

TEST_P(commands, a_command_of_an_unknown_kind_or_no_command_at_all_is_refused_and_reported) {
    app_says();
    beat();
    auto other = command(1);
    other.kind = "explode";
    expect_refused(signed_by_issuer(other), "unknown");
    expect_refused("{}", "malformed");
}

TEST_P(commands, an_answer_that_the_centre_did_not_sign_brings_nothing) {
    app_says();
    const auto exchange = due();
    ASSERT_TRUE(exchange);
    const auto said = papers::wire::heartbeat(exchange->body).value();
    const papers::HeartbeatTaken taken{terminal_id, said.number, 0, {signed_by_issuer(command(1))}};
    lane->answered(as_answer(
        {200, papers::wire::encode(taken, sealing::SigningKey::generate(GetParam())).value()}));
    EXPECT_TRUE(given.empty());
    EXPECT_EQ(log.count("HeartbeatSent"), 0);
}

TEST_P(commands, a_lost_acknowledgement_is_sent_again_and_counted_once) {
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

TEST_P(commands, a_lost_command_comes_again_and_is_done_once) {
    app_says();
    beat_until_quiet();
    order(CommandKind::reload);
    app_says([](auto& r) { ++r.pack_version; });
    beat_whose_answer_is_lost();
    EXPECT_TRUE(given.empty());
    beat_until_quiet();
    EXPECT_EQ(given.size(), 1u);
}

TEST_P(commands, after_a_restart_of_the_post_what_was_done_is_not_done_again) {
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

TEST_P(commands, what_was_accepted_outlives_the_post_and_waits_for_the_app) {
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

TEST_P(commands, an_app_that_came_back_after_it_was_told_to_has_restarted) {
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

TEST_P(commands, a_notice_stands_there_again_after_the_app_was_away_until_its_end) {
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

TEST_P(commands, a_desk_that_does_not_read_takes_no_command) {
    ASSERT_TRUE(base::write_file(folder / "commands.json", base::to_bytes("{\"v\":1")));
    const auto desk =
        post::CommandDesk::open(folder / "commands.json", terminal_id, world.pinned, disk, log);
    ASSERT_FALSE(desk);
    EXPECT_EQ(desk.error().code, FaultCode::OutboxCorrupt);
}

TEST_P(commands, a_support_bundle_that_was_asked_for_comes_to_the_centre) {
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

TEST_P(commands, no_bundle_is_made_while_somebody_is_served) {
    session_lock = folder / "session.lock";
    Session somebody(session_lock);
    support = {"/bin/sh", "-c", "printf bundle > \"$0\""};
    open();
    app_says();
    beat_until_quiet();
    const auto serial = order(CommandKind::support_bundle);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    EXPECT_LE(lane->round(true), clock.steady() + 10s) << "it looks again soon";
    EXPECT_FALSE(fs::exists(folder / "bundles-here"));
    EXPECT_EQ(lane->desk().open_commands().size(), 1u) << "the command waits";
    somebody.leave();
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    ASSERT_EQ(uploads.size(), 1u);
    lane->uploaded(as_answer(centre.bundle(terminal_id, uploads[0].body)));
    beat_until_quiet();
    EXPECT_EQ(row(serial).outcome, "done");
    EXPECT_TRUE(somebody.nobody_else()) << "given back";
}

TEST_P(commands, a_bundle_during_whose_making_somebody_came_is_made_anew_when_they_have_gone) {
    session_lock = folder / "session.lock";
    Session somebody(session_lock);
    somebody.leave();
    const std::string gate = folder / "gate";
    ASSERT_EQ(::mkfifo(gate.c_str(), 0600), 0);
    const int opened = ::open(gate.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(opened, 0);
    support = {"/bin/sh", "-c", "read line < " + gate + "; printf \"$line\" > \"$0\""};
    open();
    app_says();
    beat_until_quiet();
    order(CommandKind::support_bundle);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->round(true);
    EXPECT_FALSE(somebody.nobody_else()) << "no update begins meanwhile";
    EXPECT_TRUE(somebody.comes()) << "and nobody has to wait for it";
    ASSERT_EQ(::write(opened, "first\n", 6), 6);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    EXPECT_TRUE(uploads.empty());
    EXPECT_TRUE(fs::is_empty(folder / "bundles-here"));
    somebody.leave();
    lane->round(true);
    ASSERT_EQ(::write(opened, "second\n", 7), 7);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    ASSERT_EQ(uploads.size(), 1u);
    lane->uploaded(as_answer(centre.bundle(terminal_id, uploads[0].body)));
    EXPECT_EQ(base::as_text(
                  base::read_file(folder / ("bundles/" + terminal_id + "/000001.tar.gz")).value()),
              "second");
    ::close(opened);
}

TEST_P(commands, a_bundle_that_found_nobody_gone_until_its_time_was_over_is_not_made) {
    session_lock = folder / "session.lock";
    const Session somebody(session_lock);
    support = {"/bin/sh", "-c", "printf bundle > \"$0\""};
    open();
    app_says();
    beat_until_quiet();
    const auto serial = order(CommandKind::support_bundle, {}, 1h);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->round(true);
    clock.forward(2h);
    floor.told_now(clock.now());
    lane->round(true);
    EXPECT_TRUE(lane->desk().open_commands().empty());
    beat_until_quiet();
    EXPECT_EQ(row(serial).outcome, "refused-expired");
}

TEST_P(commands, a_bundle_brings_what_the_app_said_of_its_devices) {
    support = {"/bin/sh", "-c", "test \"$1\" = --log && cp \"$2\" \"$0\""};
    open();
    app_says([](auto& r) {
        r.parts = {{domain::DeviceKind::id_card_reader, domain::DeviceState::unavailable,
                    domain::Supply::unknown, "CardReaderSilent"}};
    });
    beat_until_quiet();
    order(CommandKind::support_bundle);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    ASSERT_EQ(uploads.size(), 1u);
    lane->uploaded(as_answer(centre.bundle(terminal_id, uploads[0].body)));
    const auto file = base::read_file(folder / ("bundles/" + terminal_id + "/000001.tar.gz"));
    ASSERT_TRUE(file);
    const std::string text(base::as_text(*file));
    EXPECT_NE(text.find("app there\n"), std::string::npos);
    EXPECT_NE(text.find("part id_card_reader unavailable unknown CardReaderSilent\n"),
              std::string::npos)
        << text;
    EXPECT_TRUE(fs::is_empty(folder / "bundles-here"));
}

TEST_P(commands, a_bundle_whose_answer_was_lost_goes_again_after_a_restart_as_it_was) {
    // Another one each time.
    const std::string count = folder / "count";
    support = {"/bin/sh", "-c", "echo x >> " + count + "; cp " + count + " \"$0\""};
    open();
    app_says();
    beat_until_quiet();
    const auto serial = order(CommandKind::support_bundle);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    ASSERT_EQ(uploads.size(), 1u);
    EXPECT_EQ(centre.bundle(terminal_id, uploads[0].body).status, 200);
    lane->uploaded(base::fail(FaultCode::NetworkUnreachable));
    open();
    uploads.clear();
    lane->round(true);
    ASSERT_EQ(uploads.size(), 1u) << "nothing has to be made first";
    lane->uploaded(as_answer(centre.bundle(terminal_id, uploads[0].body)));
    app_says();
    beat_until_quiet();
    EXPECT_EQ(row(serial).outcome, "done");
    EXPECT_TRUE(fs::is_empty(folder / "bundles-here"));
}

TEST_P(commands, a_bundle_that_was_cut_off_while_it_was_made_is_made_anew) {
    support = {"/bin/sh", "-c", "printf whole > \"$0\""};
    open();
    app_says();
    beat_until_quiet();
    order(CommandKind::support_bundle);
    app_says([](auto& r) { ++r.pack_version; });
    beat();
    fs::create_directories(folder / "bundles-here");
    for (const char* left : {"1.tar.gz.making", "1.tar.gz.making.part"})
        ASSERT_TRUE(
            base::write_file(folder / ("bundles-here/" + std::string(left)), base::to_bytes("ha")));
    open();
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    ASSERT_EQ(uploads.size(), 1u);
    lane->uploaded(as_answer(centre.bundle(terminal_id, uploads[0].body)));
    EXPECT_EQ(base::as_text(
                  base::read_file(folder / ("bundles/" + terminal_id + "/000001.tar.gz")).value()),
              "whole");
    EXPECT_TRUE(fs::is_empty(folder / "bundles-here"));
}

TEST_P(commands, a_bundle_whose_time_is_over_does_not_stay_here) {
    for (const bool restarted : {false, true}) {
        support = {"/bin/sh", "-c", "printf bundle > \"$0\""};
        open();
        app_says();
        beat_until_quiet();
        order(CommandKind::support_bundle, {}, 1h);
        app_says([](auto& r) { ++r.pack_version; });
        beat();
        lane->round(false);
        ASSERT_TRUE(woken.try_acquire_for(20s));
        lane->round(false);
        ASSERT_FALSE(fs::is_empty(folder / "bundles-here"));
        clock.forward(26h);
        floor.told_now(clock.now());
        if (restarted) open();
        lane->round(false);
        EXPECT_TRUE(fs::is_empty(folder / "bundles-here"));
        EXPECT_TRUE(lane->desk().open_commands().empty());
    }
}

TEST_P(commands, a_bundle_that_nobody_asked_for_is_not_kept) {
    const auto body = papers::wire::encode(
        papers::wire::SupportBundle{world.certificate.file, 1, base::to_bytes("x")},
        world.terminal_key);
    EXPECT_EQ(centre.bundle(terminal_id, *body).status, 404);
    EXPECT_FALSE(fs::exists(folder / "bundles"));
}

TEST_P(commands, a_command_that_cannot_be_is_refused_before_it_is_signed) {
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
