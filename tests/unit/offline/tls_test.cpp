// The way between terminal and centre with TLS 1.3 and certificates on both sides. Names begin with
// the row of the fault matrix (offline-sync.md 4.2) that they prove.
#include "offline/sealing/tls/tls_certificates.hpp"
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
using base::Millis;
namespace tls = sealing::tls;

constexpr std::chrono::days day{1}, year{365};

class tls_way : public testing::Test {
  protected:
    Folder folder;
    World world;
    // The intake measures by the machine's clock, the terminal by the one it is given.
    const base::Instant real = base::SystemClock().now();
    base::ManualClock clock{real};
    CountingLog log;
    MemoryParcels parcels{world};
    Runner runner{world, parcels, clock, log};
    tls::Validity good{real - day, real + year};
    tls::Pair authority = tls::make_authority("ours", good).value();
    std::unique_ptr<intake::IntakeServer> server;
    std::string url;

    std::string write(const std::string& name, const base::Bytes& bytes) {
        EXPECT_TRUE(base::write_file(folder / name, bytes, 0600));
        return folder / name;
    }
    void serve(const tls::Pair& shown, const tls::Pair& clients_of) {
        server.reset();
        const intake::IntakeTls files{write("server.pem", shown.certificate),
                                      write("server.key", shown.key),
                                      write("clients.pem", clients_of.certificate)};
        server = intake::IntakeServer::listen(
                     "127.0.0.1", 0, service_of(world, folder / "intake", clock, log), files)
                     .value();
        url = "https://127.0.0.1:" + std::to_string(server->port());
    }
    void serve() {
        serve(tls::issue(authority, tls::Side::centre, "127.0.0.1", good).value(), authority);
    }
    sync::CentreAddress address(const tls::Pair& shown, std::function<base::Instant()> now = {}) {
        return {url,
                write("ca.pem", authority.certificate),
                write("client.pem", shown.certificate),
                write("client.key", shown.key),
                "",
                std::move(now)};
    }
    tls::Pair terminal(const tls::Validity& validity) {
        return tls::issue(authority, tls::Side::terminal, terminal_id, validity).value();
    }
    void run(const sync::CentreAddress& at, int rounds = 12) {
        sync::CentreClient client(at);
        const std::stop_source nobody_stops;
        runner.run([&](const auto& e) { return client.run(e, nobody_stops.get_token()); }, rounds);
    }
    base::Result<sync::Answer> once(const sync::CentreAddress& at) {
        const std::stop_source nobody_stops;
        return sync::CentreClient(at).run({sync::Method::post, "/v1/hello"},
                                          nobody_stops.get_token());
    }
};

TEST_F(tls_way, a_submission_with_an_attachment_goes_over_mutual_tls) {
    serve();
    parcels.keep({content(100'000)});
    run(address(terminal(good)));
    EXPECT_TRUE(parcels.waiting.empty());
    EXPECT_EQ(parcels.complete.size(), 1u);
}

TEST_F(tls_way, row_39_a_man_in_the_middle_with_another_authority_is_not_the_centre) {
    const auto other = tls::make_authority("theirs", good).value();
    serve(tls::issue(other, tls::Side::centre, "127.0.0.1", good).value(), authority);
    parcels.keep();
    const auto answer = once(address(terminal(good)));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, FaultCode::CentreUntrusted);
    run(address(terminal(good)));
    EXPECT_EQ(parcels.waiting.begin()->second.state, outbox::ParcelState::queued);
    EXPECT_EQ(runner.out->line(), domain::Line::offline);
}

TEST_F(tls_way, a_certificate_of_another_host_or_of_a_terminal_is_not_the_centre) {
    serve(tls::issue(authority, tls::Side::centre, "10.0.0.1", good).value(), authority);
    EXPECT_EQ(once(address(terminal(good))).error().code, FaultCode::CentreUntrusted);
    serve(terminal(good), authority);
    EXPECT_EQ(once(address(terminal(good))).error().code, FaultCode::CentreUntrusted);
}

TEST_F(tls_way, a_terminal_of_another_authority_is_shut_out) {
    serve();
    const auto other = tls::make_authority("theirs", good).value();
    EXPECT_FALSE(once(address(tls::issue(other, tls::Side::terminal, terminal_id, good).value())));
    auto nothing_shown = address(terminal(good));
    nothing_shown.tls_certificate = nothing_shown.tls_key = "";
    EXPECT_FALSE(once(nothing_shown));
}

TEST_F(tls_way, a_machine_without_a_certificate_is_heard_for_its_enrolment_alone) {
    auto store =
        std::shared_ptr<intake::CaseStore>(intake::IntakeStore::open(folder / "enrolling").value());
    const auto issuer_key = sealing::SigningKey::generate();
    intake::Desks desks;
    desks.enrolment = std::make_unique<intake::EnrolmentDesk>(
        intake::EnrolmentParts{
            world.pinned,
            sealing::Issuer::issue(world.root, world.realm, issuer_key.public_key(), {}).value(),
            issuer_key, authority,
            [this] { return base::Result<base::Bytes>(world.key_set_file()); }},
        store, clock, log);
    const auto shown = tls::issue(authority, tls::Side::centre, "127.0.0.1", good).value();
    server = intake::IntakeServer::listen(
                 "127.0.0.1", 0, service_of(world, folder / "intake", clock, log),
                 intake::IntakeTls{write("server.pem", shown.certificate),
                                   write("server.key", shown.key),
                                   write("clients.pem", authority.certificate)},
                 std::move(desks))
                 .value();
    url = "https://127.0.0.1:" + std::to_string(server->port());
    auto nothing_shown = address(terminal(good));
    nothing_shown.tls_certificate = nothing_shown.tls_key = "";
    const auto status = [](const sync::CentreAddress& at, const std::string& path,
                           std::size_t bytes = 3) {
        const std::stop_source nobody_stops;
        const auto answer = sync::CentreClient(at).run(
            {sync::Method::post, path, base::Bytes(bytes, 'x')}, nobody_stops.get_token());
        return answer ? answer->status : 0;
    };
    for (const char* closed : {"/v1/hello", "/v1/feeds", "/v1/questions", "/v1/enrol/", "/metrics"})
        EXPECT_EQ(status(nothing_shown, closed), 403) << closed;
    EXPECT_EQ(status(nothing_shown, "/v1/enrol"), 400) << "heard, and malformed";
    EXPECT_EQ(status(nothing_shown, "/v1/renew"), 400);
    EXPECT_EQ(status(nothing_shown, "/v1/enrol", 20'000), 413);
    EXPECT_EQ(status(address(terminal(good)), "/v1/hello"), 400) << "with one, as before";
    const auto other = tls::make_authority("theirs", good).value();
    EXPECT_EQ(status(address(tls::issue(other, tls::Side::terminal, terminal_id, good).value()),
                     "/v1/enrol"),
              0)
        << "a wrong one is worse than none";
}

TEST_F(tls_way, row_54_a_dead_clock_measures_certificates_by_the_floor) {
    serve();
    const auto shown = terminal(good);
    const auto at = [&](base::Instant now) { return once(address(shown, [now] { return now; })); };
    EXPECT_FALSE(at(base::Instant{})) << "1970 alone would block it";
    base::ManualClock dead{base::Instant{}};
    sync::ClockFloor floor("", dead, log);
    floor.told(real, "receipt");
    EXPECT_TRUE(once(address(shown, [&] { return floor.now(); })));
    // And a floor beyond its end is not fooled by a clock that went back.
    const auto late = at(real + 2 * year);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, FaultCode::CentreUntrusted);
}

TEST_F(tls_way, row_55_certificate_expired_while_offline_waits_for_a_person_and_deletes_nothing) {
    serve();
    parcels.keep();
    run(address(terminal({real - 2 * year, real - day}), [this] { return clock.now(); }));
    EXPECT_EQ(parcels.waiting.size(), 1u);
    EXPECT_EQ(runner.out->waits(), "authority");
    EXPECT_TRUE(log.has("DeliveryWaits", "authority"));
    // A technician brings a new one.
    runner.out->nudge();
    run(address(terminal(good)));
    EXPECT_TRUE(parcels.waiting.empty());
}

TEST_F(tls_way, files_that_do_not_read_are_told_apart_from_the_network) {
    serve();
    auto at = address(terminal(good));
    at.tls_certificate = folder / "absent.pem";
    EXPECT_EQ(once(at).error().code, FaultCode::KeyAbsent);
    const auto wrong = intake::IntakeServer::listen(
        "127.0.0.1", 0, service_of(world, folder / "other", clock, log),
        intake::IntakeTls{folder / "absent.pem", folder / "absent.pem", folder / "absent.pem"});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, FaultCode::KeyAbsent);
}

TEST_F(tls_way, certificates_say_how_long_they_hold) {
    const auto read = tls::validity_of(terminal(good).certificate).value();
    EXPECT_EQ(read.until, std::chrono::floor<std::chrono::seconds>(good.until));
    EXPECT_FALSE(tls::validity_of(base::to_bytes("no certificate")));
}

}  // namespace
