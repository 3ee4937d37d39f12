// Machines that are not the terminal any more, and speak as if they were.
#include "tests/unit/offline/fleet_fixture.hpp"

namespace {

using namespace offline_test;
using intake::Ended;
namespace wire = papers::wire;

class former_machines : public FleetWorld {
  protected:
    struct Machine {
        sealing::TerminalCertificate certificate;
        sealing::SigningKey key;
    };

    Machine machine(std::chrono::hours good_for = 24h * 400) {
        auto key = sealing::SigningKey::generate();
        auto certificate = sealing::TerminalCertificate::issue(
            issuer_key, issuer.issuer, terminal_id, key.public_key(),
            {clock.now(), clock.now() + good_for});
        return {std::move(certificate).value(), std::move(key)};
    }
    static intake::RegisteredCertificate registered(const sealing::TerminalCertificate& of,
                                                    base::Instant now) {
        intake::RegisteredCertificate out;
        out.id = of.id();
        out.place = {of.terminal, of.terminal.substr(0, 12), "一楼大厅", wire::Profile::hall};
        out.key = of.key;
        out.file = of.file;
        out.issued_at = now;
        out.not_after = of.not_after;
        return out;
    }
    // As who brought a code; in the place of the one before.
    void enrol(const sealing::TerminalCertificate& certificate) {
        const auto number = std::to_string(2345 + enrolled_++);
        const auto made = registered(certificate, clock.now());
        ASSERT_TRUE(store->book().invite({number, made.place, terminal_id, clock.now() + 1h,
                                          base::Bytes(32, 1), base::Bytes(64, 2)},
                                         clock.now()));
        const auto outcome = store->book().enrol(
            number, certificate.key, clock.now(), [&](const intake::OpenInvitation&) {
                return base::Result<intake::RegisteredCertificate>(made);
            });
        ASSERT_TRUE(outcome && outcome->is == intake::Enrolling::enrolled);
    }
    intake::Reply says(const Machine& who, std::int64_t number, const std::string& pack,
                       const std::vector<papers::CommandReport>& reports = {}) {
        return says(centre, who, number, pack, clock.now(), reports);
    }
    static intake::Reply says(intake::FleetDesk& to, const Machine& who, std::int64_t number,
                              const std::string& pack, base::Instant at,
                              const std::vector<papers::CommandReport>& reports = {}) {
        papers::Heartbeat heartbeat;
        heartbeat.certificate_id = who.certificate.id();
        heartbeat.certificate = who.certificate.file;
        heartbeat.number = number;
        heartbeat.at = at;
        heartbeat.content.app_there = true;
        heartbeat.content.taking = true;
        heartbeat.content.app = "1.0";
        heartbeat.content.pack = pack;
        heartbeat.content.clock_trust = static_cast<std::int64_t>(domain::ClockTrust::ntp);
        heartbeat.reports = reports;
        return to.heartbeat(terminal_id, *wire::encode(heartbeat, who.key));
    }
    static std::string reason(const intake::Reply& reply) {
        return wire::refusal_reason(reply.body).value_or("none");
    }
    bool is_said(const std::string& words) {
        const auto shown = line();
        return std::ranges::any_of(shown.judgement.causes, [&](const intake::Cause& cause) {
            return cause.text.find(words) != std::string::npos;
        });
    }
    int enrolled_ = 0;
};

TEST_F(former_machines, a_lost_one_overwrites_nothing_gets_no_command_and_reports_none_done) {
    const auto lost = machine(), present = machine();
    enrol(lost.certificate);
    ASSERT_EQ(says(lost, 1, "before").status, 200);
    ASSERT_TRUE(store->book().end(terminal_id, Ended::lost, clock.now()));
    enrol(present.certificate);
    ASSERT_EQ(says(present, 1, "now").status, 200);
    const auto serial = order(CommandKind::support_bundle);

    clock.forward(1min);
    const auto refused = says(lost, 900, "before");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(reason(refused), "TerminalRevoked");
    EXPECT_EQ(line().content->pack, "now");
    EXPECT_EQ(row(serial).given_at, base::Instant{}) << "what waits is for the other machine";
    EXPECT_TRUE(log.has("IntakeEpoch", "lost"));
    EXPECT_TRUE(is_said("报失的机器还在")) << "who looks after terminals sees that it speaks";

    const auto digest = papers::command_digest(store->fleet().to_give(terminal_id, start)->front());
    EXPECT_EQ(says(lost, 901, "before", {{1, serial, digest, "done"}}).status, 403);
    EXPECT_EQ(row(serial).outcome, "");
    const auto bundle = wire::encode(
        wire::SupportBundle{lost.certificate.file, serial, base::to_bytes("x")}, lost.key);
    EXPECT_EQ(centre.bundle(terminal_id, *bundle).status, 403);
    EXPECT_FALSE(fs::exists(folder / "bundles"));

    EXPECT_EQ(says(present, 2, "now", {{1, serial, digest, "done"}}).status, 200);
    EXPECT_EQ(row(serial).outcome, "done");
    clock.forward(25h);
    EXPECT_FALSE(is_said("报失的机器")) << "it has been silent for a day";
}

TEST_F(former_machines, what_a_replaced_one_said_last_is_not_shown_as_of_the_new_one) {
    const auto old = machine(), present = machine();
    enrol(old.certificate);
    ASSERT_EQ(says(centre, old, 9000, "before", clock.now() + 24h * 300).status, 200)
        << "its clock is far ahead";
    enrol(present.certificate);
    EXPECT_FALSE(line().heard);
    EXPECT_TRUE(is_said("还没有消息"));
    ASSERT_EQ(says(present, 1, "now").status, 200);
    EXPECT_EQ(line().content->pack, "now") << "whatever the number and clock of the old one";
    EXPECT_EQ(reason(says(old, 9001, "before")), "TerminalRevoked");
    EXPECT_TRUE(is_said("被替换的旧机器还在"));
}

TEST_F(former_machines, one_that_was_enrolled_and_never_spoke_needs_a_visit_after_a_day) {
    enrol(machine().certificate);
    EXPECT_EQ(line().judgement.light, intake::Light::amber);
    clock.forward(23h);
    EXPECT_EQ(line().judgement.light, intake::Light::amber);
    clock.forward(2h);
    EXPECT_EQ(line().judgement.light, intake::Light::red);
    EXPECT_TRUE(is_said("拿到证书后 25 小时还没有消息"));
    const auto next = machine();
    enrol(next.certificate);
    EXPECT_EQ(line().judgement.light, intake::Light::amber) << "a new machine has its own day";
    ASSERT_EQ(says(next, 1, "x").status, 200);
    EXPECT_EQ(line().judgement.light, intake::Light::green);
}

TEST_F(former_machines, a_terminal_taken_out_of_service_is_quiet_and_seen_to_speak) {
    const auto old = machine();
    enrol(old.certificate);
    ASSERT_TRUE(store->book().end(terminal_id, Ended::revoked, clock.now()));
    EXPECT_TRUE(line().judgement.causes.empty());
    EXPECT_EQ(says(old, 1, "x").status, 403);
    EXPECT_TRUE(line().over());
    EXPECT_TRUE(is_said("已吊销的机器还在"));
    EXPECT_FALSE(store->fleet().heard(terminal_id).value());
}

TEST_F(former_machines, a_terminal_that_ended_is_ordered_nothing_until_another_takes_its_place) {
    const auto own = machine();
    enrol(own.certificate);
    ASSERT_EQ(says(own, 1, "x").status, 200);
    intake::Order what;
    what.terminal = terminal_id;
    what.kind = CommandKind::restart;
    const auto give = [&] { return intake::order(*store, issuer, world.realm, what, clock.now()); };
    EXPECT_TRUE(give());
    for (const auto why : {Ended::revoked, Ended::lost}) {
        ASSERT_TRUE(store->book().end(terminal_id, why, clock.now()));
        const auto refused = give();
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, FaultCode::TerminalRevoked);
        EXPECT_NE(refused.error().safe_detail.find(name(why)), std::string::npos);
        clock.forward(1min);
        enrol(machine().certificate);
        EXPECT_TRUE(give());
    }
    EXPECT_EQ(store->fleet().commands(terminal_id)->size(), 3u);
}

TEST_F(former_machines, a_renewal_whose_answer_was_lost_ends_nobody) {
    const auto own = machine();
    enrol(own.certificate);
    clock.forward(24h);
    const auto next = sealing::TerminalCertificate::issue(issuer_key, issuer.issuer, terminal_id,
                                                          own.key.public_key(),
                                                          {clock.now(), clock.now() + 24h * 400})
                          .value();
    ASSERT_TRUE(
        store->book().renew(own.certificate.id(), registered(next, clock.now()), clock.now()));
    EXPECT_EQ(says(own, 1, "x").status, 200) << "it does not know of the next one yet";
    EXPECT_EQ(says({next, own.key}, 2, "x").status, 200);
    EXPECT_TRUE(store->fleet().still_talking()->empty());
    ASSERT_TRUE(store->book().end(terminal_id, Ended::lost, clock.now()));
    EXPECT_EQ(says(own, 3, "x").status, 403);
    EXPECT_EQ(says({next, own.key}, 4, "x").status, 403);
}

TEST_F(former_machines, an_expired_certificate_is_told_of_until_it_is_renewed) {
    const auto own = machine(48h);
    enrol(own.certificate);
    ASSERT_EQ(says(own, 1, "x").status, 200);
    clock.forward(49h);
    EXPECT_EQ(reason(says(own, 2, "x")), "CertificateExpired");
    EXPECT_EQ(store->fleet().heard(terminal_id).value()->number, 1);
    EXPECT_EQ(line().judgement.light, intake::Light::red);
    EXPECT_TRUE(is_said("证书已到期的机器还在"));
    const auto next = sealing::TerminalCertificate::issue(issuer_key, issuer.issuer, terminal_id,
                                                          own.key.public_key(),
                                                          {clock.now(), clock.now() + 24h * 400})
                          .value();
    ASSERT_TRUE(
        store->book().renew(own.certificate.id(), registered(next, clock.now()), clock.now()));
    clock.forward(1min);
    ASSERT_EQ(says({next, own.key}, 3, "x").status, 200);
    EXPECT_FALSE(is_said("到期"));
}

TEST_F(former_machines, a_certificate_that_the_register_does_not_know_is_not_the_terminals) {
    const auto own = machine(), stranger = machine();
    EXPECT_EQ(says(stranger, 1, "x").status, 200) << "of a terminal that is in no register";
    enrol(own.certificate);
    EXPECT_EQ(reason(says(stranger, 2, "x")), "TerminalRevoked");
    EXPECT_TRUE(is_said("持别的证书的机器还在"));
}

TEST_F(former_machines, what_was_published_as_revoked_ends_a_machine_too) {
    papers::Revocations published;
    intake::FleetDesk desk({folder / "b", world.pinned, world.intake, [&] { return published; }},
                           store, clock, log);
    const auto by_root = Machine{world.certificate, world.terminal_key};
    const auto by_issuer = machine();
    EXPECT_EQ(says(desk, by_root, 1, "x", clock.now()).status, 200);
    published.terminals = {{world.certificate.id(), start, papers::seq_max}};
    EXPECT_EQ(says(desk, by_root, 2, "x", clock.now()).status, 403);
    EXPECT_EQ(says(desk, by_issuer, 3, "x", clock.now()).status, 200);
    published.kids = {by_issuer.certificate.issuer};
    EXPECT_EQ(says(desk, by_issuer, 4, "x", clock.now()).status, 403);
}

}  // namespace
