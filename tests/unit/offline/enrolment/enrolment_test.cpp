// From nothing but a code to a terminal with its papers, and what stands in the way.
#include "offline/enrolment/renewer.hpp"
#include "offline/sealing/tls/tls_requests.hpp"
#include "offline/store/database.hpp"
#include "offline/sync/clock_floor.hpp"
#include "tests/power_loss/disk/crash_states.hpp"
#include "tests/unit/offline/enrolment/enrolment_world.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
constexpr std::chrono::days day{1};

class enrolling : public testing::TestWithParam<sealing::SuiteId> {
  protected:
    Folder folder;
    World world{GetParam()};
    base::ManualClock clock{start};
    base::NoEventLog log;
    EnrollingCentre centre{world, folder / "intake", clock, log};
    Machine machine{world, folder / "machine", store::real_disk()};

    FaultCode refused(const base::Result<enrolment::Enrolled>& result) {
        EXPECT_FALSE(result);
        return result ? FaultCode::InternalError : result.error().code;
    }
    std::string id_of(const base::Result<enrolment::Enrolled>& result) {
        EXPECT_TRUE(result) << (result ? "" : result.error().safe_detail);
        return result ? result->certificate.id() : "";
    }
    Machine other_machine() { return {world, folder / "other", store::real_disk()}; }
};

INSTANTIATE_TEST_SUITE_P(suite, enrolling,
                         testing::Values(sealing::SuiteId::one, sealing::SuiteId::national),
                         [](const auto& of) { return std::string(domain::name(of.param)); });

TEST_P(enrolling, a_code_makes_a_terminal_whose_certificate_the_pinned_root_alone_proves) {
    const auto enrolled = machine.enrol(centre.invite(), centre.line());
    ASSERT_TRUE(enrolled) << enrolled.error().safe_detail;
    EXPECT_EQ(enrolled->facts.point, "一楼大厅");
    const auto here = machine.in_place();
    ASSERT_TRUE(here);
    EXPECT_EQ(here->root.key, world.root.public_key());
    EXPECT_EQ(here->certificate.terminal, terminal_id);
    EXPECT_EQ(here->certificate.issuer, sealing::key_id(centre.issuer.key));
    EXPECT_EQ(here->certificate.not_after, start + 400 * day);
    EXPECT_TRUE(sealing::KeySet::verify(base::read_file(machine.places.key_set).value(), here->root,
                                        {world.suite, 0}));
    EXPECT_FALSE(fs::exists(machine.places.change()));
    EXPECT_FALSE(fs::exists(machine.places.pending_key()));
    const auto open = enrolment::read_open_facts(machine.places.key_set);
    ASSERT_TRUE(open) << "whoever looks at this terminal reads what kind of place it is for";
    EXPECT_EQ(open->profile, enrolled->facts.profile);
    EXPECT_EQ(open->terminal, terminal_id);
    const auto modes = [](const std::string& path) {
        return fs::status(path).permissions() & fs::perms::mask;
    };
    EXPECT_EQ(modes(machine.places.terminal_key), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_NE(modes(machine.places.root_key) & fs::perms::others_read, fs::perms::none);
}

TEST_P(enrolling, a_wrong_code_is_refused_counted_and_after_fifteen_the_invitation_is_locked) {
    const auto code = centre.invite();
    // The right number, another secret.
    auto text = papers::InvitationCode::draw().plain();
    base::Result<papers::InvitationCode> wrong = base::fail(FaultCode::InternalError, "none yet");
    while (!wrong) {
        text = code.number() + papers::InvitationCode::draw().plain().substr(4, 15);
        for (const char check : papers::number_alphabet) {
            wrong = papers::InvitationCode::parse(text + check);
            if (wrong) break;
        }
    }
    for (int i = 0; i < intake::wrong_codes_max; ++i)
        EXPECT_EQ(refused(machine.enrol(*wrong, centre.line("10.0.0." + std::to_string(i)))),
                  FaultCode::InvitationWrong);
    EXPECT_EQ(refused(machine.enrol(code, centre.line("10.0.1.1"))), FaultCode::InvitationLocked)
        << "the right code, too late";
    EXPECT_EQ(machine.in_place().error().code, FaultCode::KeyAbsent);
    // The centre invites again.
    EXPECT_TRUE(machine.enrol(centre.invite(), centre.line("10.0.1.1")));
}

TEST_P(enrolling, an_address_that_guesses_waits_longer_and_longer_and_others_do_not) {
    const auto code = centre.invite();
    int wrong = 0, locked = 0;
    for (int i = 0; i < 100; ++i) {
        const auto fault =
            refused(machine.enrol(papers::InvitationCode::draw(), centre.line("10.6.6.6")));
        ++(fault == FaultCode::InvitationLocked ? locked : wrong);
    }
    EXPECT_EQ(wrong, 5);
    EXPECT_EQ(locked, 95);
    EXPECT_EQ(refused(machine.enrol(code, centre.line("10.6.6.6"))), FaultCode::InvitationLocked);
    clock.forward(1h);
    EXPECT_TRUE(machine.enrol(code, centre.line("10.6.6.6"))) << "an honest one may try again";
}

TEST_P(enrolling, a_used_code_is_of_no_use_to_another_key) {
    const auto code = centre.invite();
    ASSERT_TRUE(machine.enrol(code, centre.line()));
    auto other = other_machine();
    EXPECT_EQ(refused(other.enrol(code, centre.line())), FaultCode::InvitationUsed);
    EXPECT_EQ(other.in_place().error().code, FaultCode::KeyAbsent);
}

TEST_P(enrolling, an_expired_code_says_so_and_is_not_used_up) {
    const auto code = centre.invite(terminal_id, 72h);
    clock.forward(72h);
    EXPECT_EQ(refused(machine.enrol(code, centre.line())), FaultCode::InvitationExpired);
    EXPECT_TRUE(machine.enrol(centre.invite(), centre.line()));
}

TEST_P(enrolling, a_lost_answer_is_asked_again_and_gives_the_same_certificate) {
    const auto code = centre.invite();
    base::Result<sync::Answer> lost = base::fail(FaultCode::InternalError, "none");
    const auto cut = machine.enrol(code, [&](const sync::Exchange& exchange) {
        lost = centre.line()(exchange);
        return base::Result<sync::Answer>(base::fail(FaultCode::NetworkUnreachable, "cut"));
    });
    EXPECT_EQ(refused(cut), FaultCode::NetworkUnreachable);
    ASSERT_EQ(lost->status, 200);
    EXPECT_EQ(machine.in_place().error().code, FaultCode::KeyAbsent);
    clock.forward(100h);  // also when the code has expired meanwhile
    const std::string id = id_of(machine.enrol(code, centre.line()));
    const auto present = centre.store->book().present(terminal_id).value();
    ASSERT_TRUE(present);
    EXPECT_EQ(id, present->id);
    EXPECT_EQ(id_of(machine.enrol(code, centre.line())), id);
}

TEST_P(enrolling, a_terminal_that_is_live_is_not_enrolled_twice_unless_it_is_replaced) {
    const std::string before = id_of(machine.enrol(centre.invite(), centre.line()));
    auto other = other_machine();
    EXPECT_EQ(refused(other.enrol(centre.invite(), centre.line())), FaultCode::TerminalLive);
    EXPECT_TRUE(other.enrol(centre.invite(terminal_id, 72h, terminal_id), centre.line()));
    const auto revoked = centre.store->book().revoked().value();
    ASSERT_EQ(revoked.size(), 1u);
    EXPECT_EQ(revoked.front().certificate, before);
    EXPECT_EQ(refused(machine.renew(centre.line())), FaultCode::TerminalRevoked);
}

TEST_P(enrolling, a_revoked_terminal_is_neither_renewed_nor_enrolled_with_its_key) {
    ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    ASSERT_TRUE(centre.store->book().end(terminal_id, intake::Ended::revoked, clock.now()));
    EXPECT_EQ(refused(machine.renew(centre.line())), FaultCode::TerminalRevoked);
    EXPECT_EQ(refused(machine.enrol(centre.invite(), centre.line())), FaultCode::TerminalRevoked);
    EXPECT_TRUE(machine.in_place()) << "what it has stays: its outbox is signed with it";
    auto other = other_machine();
    EXPECT_TRUE(other.enrol(centre.invite(), centre.line())) << "the number is free again";
}

TEST_P(enrolling, a_code_of_another_terminal_is_not_used_up) {
    const auto code = centre.invite("000101001001077");
    const auto result = machine.enrol(code, centre.line());
    EXPECT_EQ(refused(result), FaultCode::ConfigInvalid);
    machine.self.terminal = "000101001001077";
    EXPECT_TRUE(machine.enrol(code, centre.line()));
}

TEST_P(enrolling, a_centre_of_another_root_is_not_believed_and_changes_nothing) {
    World stranger{GetParam()};
    EnrollingCentre false_centre(stranger, folder / "false", clock, log);
    EXPECT_EQ(refused(machine.enrol(false_centre.invite(), false_centre.line())),
              FaultCode::RootMismatch);
    EXPECT_EQ(machine.in_place().error().code, FaultCode::KeyAbsent);
    EXPECT_FALSE(fs::exists(machine.places.root_key));
    // And a root that is pinned by the image beats what an operator typed.
    ASSERT_TRUE(base::write_file(machine.places.root_key, sealing::root_file(world.pinned)));
    machine.root = sealing::fingerprint(stranger.pinned);
    EXPECT_EQ(refused(machine.enrol(false_centre.invite(), false_centre.line())),
              FaultCode::RootMismatch);
}

TEST_P(enrolling, an_answer_to_another_request_is_not_taken) {
    const auto code = centre.invite();
    base::Result<sync::Answer> first = base::fail(FaultCode::InternalError, "none");
    ASSERT_TRUE(machine.enrol(
        code, [&](const sync::Exchange& exchange) { return first = centre.line()(exchange); }));
    EXPECT_EQ(refused(machine.enrol(code, [&](const sync::Exchange&) { return first; })),
              FaultCode::BytesMalformed);
}

TEST_P(enrolling, a_power_cut_in_the_middle_of_enrolment_leaves_it_enrolled_or_not_never_half) {
    const auto code = centre.invite();
    power_loss::RecordingDisk whole;
    Machine on_it(world, "/state", whole);
    ASSERT_TRUE(whole.make_folder("/state"));
    const std::string id = id_of(on_it.enrol(code, centre.line()));
    power_loss::Random random(7);
    power_loss::CrashStates states(whole);
    int enrolled = 0, not_enrolled = 0;
    for (std::size_t at = 0; at <= whole.log().size(); ++at) {
        states.advance_to(at);
        for (int i = 0; i < 3; ++i) {
            power_loss::RecordingDisk after(states.cut(random));
            Machine again(world, "/state", after);
            const auto finished = enrolment::finish_change(after, again.places);
            ASSERT_TRUE(finished) << "cut before " << at << ": " << finished.error().safe_detail;
            const auto here = again.in_place();
            if (here) {
                ++enrolled;
                EXPECT_EQ(here->certificate.id(), id);
                EXPECT_TRUE(enrolment::read_facts(after, again.places).value());
                EXPECT_TRUE(after.exists(again.places.key_set));
                continue;
            }
            ++not_enrolled;
            ASSERT_EQ(here.error().code, FaultCode::KeyAbsent);
            for (const auto& path : {again.places.terminal_certificate, again.places.terminal_key,
                                     again.places.root_key})
                EXPECT_FALSE(after.exists(path)) << path << " is half of an enrolment";
            // Before the key was durable nothing had been asked; from then on it is the same key.
            if (after.exists(again.places.pending_key())) {
                EXPECT_EQ(id_of(again.enrol(code, centre.line())), id) << "cut before " << at;
            }
        }
    }
    EXPECT_GT(enrolled, 10);
    EXPECT_GT(not_enrolled, 10);
}

TEST_P(enrolling, a_clock_at_1970_enrols_and_takes_the_centres_time_as_its_floor) {
    // Nothing at the terminal asks its own clock: the answer brings the time.
    const auto enrolled = machine.enrol(centre.invite(), centre.line());
    ASSERT_TRUE(enrolled);
    EXPECT_EQ(enrolled->facts.server_time, start);
    base::ManualClock dead{base::Instant{}};
    sync::ClockFloor floor(folder / "clock.floor", dead, log);
    floor.told(enrolled->facts.server_time, "hello");
    EXPECT_EQ(floor.now(), start);
    EXPECT_LT(floor.now(), enrolled->certificate.not_after);
}

TEST_P(enrolling, a_renewal_keeps_the_key_and_a_lost_answer_gives_the_same_certificate) {
    const std::string first = id_of(machine.enrol(centre.invite(), centre.line()));
    const auto before = machine.in_place().value();
    clock.forward(300 * day);
    EXPECT_GT(clock.now(), enrolment::renewal_due(before.certificate));
    base::Result<sync::Answer> lost = base::fail(FaultCode::InternalError, "none");
    EXPECT_EQ(refused(machine.renew([&](const sync::Exchange& exchange) {
                  lost = centre.line()(exchange);
                  return base::Result<sync::Answer>(base::fail(FaultCode::NetworkUnreachable, ""));
              })),
              FaultCode::NetworkUnreachable);
    EXPECT_EQ(machine.in_place()->certificate.id(), first) << "the old one is in use";
    const std::string second = id_of(machine.renew(centre.line()));
    EXPECT_NE(second, first);
    const auto after = machine.in_place().value();
    EXPECT_EQ(after.key.public_key(), before.key.public_key());
    EXPECT_EQ(after.certificate.not_after, start + 700 * day);
    EXPECT_TRUE(centre.store->book().revoked()->empty()) << "a renewed one is not revoked";
}

TEST_P(enrolling, an_expired_certificate_is_still_renewed) {
    ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    clock.forward(900 * day);
    EXPECT_TRUE(machine.renew(centre.line()));
    EXPECT_EQ(machine.in_place()->certificate.not_after, start + 1300 * day);
}

TEST_P(enrolling,
       a_post_that_runs_renews_when_two_thirds_are_over_and_keeps_what_it_has_meanwhile) {
    ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    const auto first = machine.in_place()->certificate;
    bool line_is_good = false, revoked = false;
    std::vector<std::string> renewed;
    enrolment::Renewer renewer(
        {machine.self,
         machine.places,
         {"http://centre", "", [&] { return clock.now(); }, [](base::Instant) {}},
         base::Millis{1},
         [&](const sealing::TerminalCertificate& next) { renewed.push_back(next.id()); },
         [&] { revoked = true; }},
        first, log, [&](const sync::Exchange& exchange) {
            return line_is_good ? centre.line()(exchange)
                                : base::Result<sync::Answer>(
                                      base::fail(FaultCode::NetworkUnreachable, "none"));
        });
    renewer.look();
    EXPECT_EQ(centre.asked, 1) << "it is young";
    clock.forward(267 * day);
    renewer.look();
    EXPECT_TRUE(renewed.empty());
    EXPECT_EQ(machine.in_place()->certificate.id(), first.id());
    line_is_good = true;
    renewer.look();
    renewer.look();
    ASSERT_EQ(renewed.size(), 1u) << "once";
    EXPECT_EQ(machine.in_place()->certificate.id(), renewed.front());
    outbox::Outbox box =
        outbox::Outbox::open({folder / "outbox", 8 << 20}, {first, machine.in_place()->key}, clock)
            .value();
    EXPECT_TRUE(box.use(machine.in_place()->certificate));
    EXPECT_FALSE(box.use(world.certificate)) << "of another key";
    EXPECT_EQ(box.terminal().certificate.id(), renewed.front());

    ASSERT_TRUE(centre.store->book().end(terminal_id, intake::Ended::lost, clock.now()));
    clock.forward(300 * day);
    renewer.look();
    EXPECT_TRUE(revoked);
}

TEST_P(enrolling, a_terminal_that_is_lost_is_told_with_what_it_had_not_sent) {
    ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    const auto here = machine.in_place().value();
    outbox::Outbox box =
        outbox::Outbox::open({folder / "outbox", 8 << 20}, {here.certificate, here.key}, clock)
            .value();
    intake::IntakeService service(centre.store, world.pinned, world.intake, read_small_submission,
                                  clock, log);
    service.use({folder / "attachments"});
    const auto deliver = [&](const outbox::Acceptance& given) {
        const auto parcel = box.parcel(box.accept(given).value().seq).value().value();
        return service
            .submit(terminal_id, given.sub_id.text(),
                    wire::encode(wire::Delivered{here.certificate.file, parcel.manifest,
                                                 parcel.signature, parcel.envelope}))
            .status;
    };
    EXPECT_EQ(deliver(acceptance(world)), 200);
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(box.accept(acceptance(world)));
    EXPECT_FALSE(centre.store->book().unsent(terminal_id)->said) << "no hello yet";
    wire::HelloRequest says;
    says.certificate = here.certificate.file;
    says.epoch = box.epoch();
    says.next_seq = 4;
    ASSERT_EQ(service.hello(wire::encode(says, here.key).value()).status, 200);
    const auto numbers = centre.store->book().unsent(terminal_id).value();
    EXPECT_TRUE(numbers.said);
    EXPECT_EQ(numbers.highest, 3);
    EXPECT_EQ(numbers.countersigned, 1);
    EXPECT_EQ(numbers.missing, 2);
    ASSERT_TRUE(centre.store->book().end(terminal_id, intake::Ended::lost, clock.now()));
    EXPECT_EQ(centre.store->book().revoked()->front().last_seq, 1);
}

TEST_P(enrolling, a_certificate_outlives_neither_its_issuer_nor_a_changed_byte) {
    const auto short_lived =
        sealing::Issuer::issue(world.root, world.realm, centre.issuer_key.public_key(),
                               {start, start + 10 * day})
            .value();
    const auto key = sealing::SigningKey::generate(world.suite).public_key();
    const auto made =
        sealing::TerminalCertificate::issue(centre.issuer_key, short_lived, terminal_id, key,
                                            {start - day, start + 400 * day})
            .value();
    EXPECT_EQ(made.not_before, start);
    EXPECT_EQ(made.not_after, start + 10 * day);
    EXPECT_TRUE(sealing::TerminalCertificate::verify(made.file, world.pinned));
    EXPECT_FALSE(sealing::TerminalCertificate::issue(centre.issuer_key, short_lived, terminal_id,
                                                     key, {start + 20 * day, start + 400 * day}));
    for (std::size_t i = 0; i < made.file.size(); i += 7) {
        auto changed = made.file;
        changed[i] ^= 1;
        EXPECT_FALSE(sealing::TerminalCertificate::verify(changed, world.pinned)) << i;
    }
}

TEST_P(enrolling, with_tls_the_machines_own_key_gets_an_x509_of_the_authority) {
    const auto authority = sealing::tls::make_authority("ours", {start - day, start + 900 * day});
    EnrollingCentre with_tls(world, folder / "with_tls", clock, log, *authority);
    machine.self.wants_tls = true;
    ASSERT_TRUE(machine.enrol(with_tls.invite(), with_tls.line()));
    const auto read = [](const std::string& path) { return base::read_file(path).value(); };
    EXPECT_TRUE(sealing::tls::check_pair(read(machine.places.tls_certificate),
                                         read(machine.places.tls_key), authority->certificate));
    EXPECT_EQ(read(machine.places.tls_ca), authority->certificate);
    const auto key = read(machine.places.tls_key);
    clock.forward(300 * day);
    ASSERT_TRUE(machine.renew(with_tls.line()));
    EXPECT_NE(read(machine.places.tls_key), key);
    auto without = other_machine();
    without.self.wants_tls = true;
    without.self.terminal = "000101001001002";
    EXPECT_EQ(refused(without.enrol(centre.invite("000101001001002"), centre.line())),
              FaultCode::KeyAbsent);
}

TEST(terminal_book, a_store_of_the_version_before_is_carried_over_and_enrols) {
    const Folder folder;
    const World world;
    const base::ManualClock clock{start};
    base::NoEventLog log;
    { ASSERT_TRUE(intake::IntakeStore::open(folder / "intake")); }
    {
        auto database = store::Database::open(folder / "intake/intake.sqlite",
                                              store::Access::shared, store::real_disk());
        ASSERT_TRUE(
            database->execute("DROP TABLE heard; DROP TABLE heartbeat; DROP TABLE command;"
                              "DROP TABLE command_report; DROP TABLE account;"
                              "DROP TABLE console_session; DROP TABLE console_act;"
                              "DROP TABLE still_talking; DROP TABLE sign_in_refused;"
                              "DROP TABLE case_event;"
                              "DROP TABLE invitation; DROP TABLE certificate;"
                              "ALTER TABLE epoch DROP COLUMN said_first;"
                              "ALTER TABLE epoch DROP COLUMN said_next;"
                              "PRAGMA user_version = 2"));
    }
    EnrollingCentre centre(world, folder / "intake", clock, log);
    Machine machine(world, folder / "machine", store::real_disk());
    EXPECT_TRUE(machine.enrol(centre.invite(), centre.line()));
}

TEST(invitations, are_read_back_as_they_were_written_and_a_slip_of_the_finger_is_noticed) {
    for (int i = 0; i < 200; ++i) {
        const auto code = papers::InvitationCode::draw();
        EXPECT_EQ(papers::InvitationCode::parse(code.text())->plain(), code.plain());
        auto wrong = code.plain();
        auto& character = wrong[static_cast<std::size_t>(i) % wrong.size()];
        character = character == 'A' ? 'B' : 'A';
        EXPECT_FALSE(papers::InvitationCode::parse(wrong));
    }
    const World world;
    const papers::Invitation invitation{"https://centre.example:8470", world.realm, terminal_id,
                                        sealing::fingerprint(world.pinned),
                                        papers::InvitationCode::draw()};
    const auto again = papers::Invitation::parse(invitation.text()).value();
    EXPECT_EQ(again.text(), invitation.text());
    EXPECT_EQ(again.code.plain(), invitation.code.plain());
    EXPECT_FALSE(papers::Invitation::parse(invitation.text() + "|more"));
    EXPECT_FALSE(papers::Invitation::parse("CWE1|ftp://x"));
}

}  // namespace
