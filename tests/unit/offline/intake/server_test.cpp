// What the intake's HTTP side says of itself, and what it says when it is full.
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <latch>
#include <thread>

namespace {

using namespace offline_test;
namespace wire = papers::wire;

class intake_server : public testing::Test {
  protected:
    void serve(const intake::SubmissionReader& reader) {
        server = intake::IntakeServer::listen(
                     "127.0.0.1", 0,
                     intake::IntakeService(intake::IntakeStore::open(folder / "intake").value(),
                                           world.pinned, world.intake, reader, clock, log))
                     .value();
    }
    httplib::Client client() const { return httplib::Client("127.0.0.1", server->port()); }
    httplib::Result put(const outbox::Acceptance& given) {
        const auto parcel = box.parcel(box.accept(given).value().seq).value().value();
        const base::Bytes body = wire::encode(wire::Delivered{
            world.certificate.file, parcel.manifest, parcel.signature, parcel.envelope});
        return put(given.sub_id, body);
    }
    httplib::Result put(const domain::SubId& id, const base::Bytes& body) const {
        return client().Put("/v1/t/" + terminal_id + "/s/" + id.text(),
                            reinterpret_cast<const char*>(body.data()), body.size(),
                            wire::content_type);
    }
    std::string text(const char* path) const { return client().Get(path)->body; }

    Folder folder;
    World world;
    base::ManualClock clock{start};
    base::NoEventLog log;
    outbox::Outbox box =
        outbox::Outbox::open({folder / "outbox", 8 << 20}, world.terminal(), clock).value();
    std::unique_ptr<intake::IntakeServer> server;
};

TEST_F(intake_server, health_readiness_and_metrics_tell_nothing_of_anybody) {
    serve(read_small_submission);
    EXPECT_EQ(client().Get("/healthz")->status, 200);
    EXPECT_EQ(client().Get("/readyz")->status, 200);
    ASSERT_EQ(put(acceptance(world))->status, 200);
    ASSERT_EQ(put(acceptance(world, R"({"item":"unknown"})"))->status, 400);
    const std::string metrics = text("/metrics");
    for (const char* line :
         {"intake_answers_total{request=\"submit\",answer=\"200\"} 1\n",
          "intake_answers_total{request=\"submit\",answer=\"400\"} 1\n", "intake_database_up 1\n",
          "intake_cases 1\n", "intake_quarantine 1\n", "intake_effects_waiting 1\n"})
        EXPECT_NE(metrics.find(line), std::string::npos) << line << "in\n" << metrics;
    EXPECT_EQ(metrics.find(terminal_id), std::string::npos);
    EXPECT_EQ(metrics.find(item), std::string::npos);
}

// As systemd hands it over, so that the program needs no network of its own.
TEST_F(intake_server, a_socket_that_listens_already_is_served) {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const auto service = [&] {
        return intake::IntakeService(intake::IntakeStore::open(folder / "intake").value(),
                                     world.pinned, world.intake, read_small_submission, clock, log);
    };
    const auto refused = intake::IntakeServer::adopt(listening, service());
    ASSERT_FALSE(refused) << "it does not listen yet";
    EXPECT_EQ(refused.error().code, FaultCode::NetworkUnreachable);
    ASSERT_EQ(::listen(listening, 16), 0);
    server = intake::IntakeServer::adopt(listening, service()).value();
    EXPECT_GT(server->port(), 0);
    EXPECT_EQ(put(acceptance(world))->status, 200);
}

TEST_F(intake_server, a_full_intake_says_later_and_still_answers_hellos) {
    constexpr int room = 24;
    std::latch all_inside(room), go_on(1);
    serve([&](base::ByteView json, base::Date day) {
        all_inside.count_down();
        go_on.wait();
        return read_small_submission(json, day);
    });
    std::vector<std::pair<domain::SubId, base::Bytes>> bodies;
    for (int i = 0; i < room; ++i) {
        const auto given = acceptance(world);
        const auto parcel = box.parcel(box.accept(given).value().seq).value().value();
        bodies.emplace_back(given.sub_id,
                            wire::encode(wire::Delivered{world.certificate.file, parcel.manifest,
                                                         parcel.signature, parcel.envelope}));
    }
    std::atomic<int> taken = 0;
    {
        std::vector<std::jthread> requests;
        for (const auto& [id, body] : bodies)
            requests.emplace_back([&, at = &body, of = id] {
                const auto reply = put(of, *at);
                if (reply && reply->status == 200) ++taken;
            });
        all_inside.wait();
        const auto later = put(acceptance(world));
        EXPECT_EQ(later->status, 503);
        EXPECT_EQ(later->get_header_value("Retry-After"), "5");
        wire::HelloRequest hello;
        hello.certificate = world.certificate.file;
        const base::Bytes says = wire::encode(hello, world.terminal_key).value();
        EXPECT_EQ(client()
                      .Post("/v1/hello", reinterpret_cast<const char*>(says.data()), says.size(),
                            wire::content_type)
                      ->status,
                  200);
        EXPECT_EQ(client().Get("/healthz")->status, 200);
        go_on.count_down();
    }
    EXPECT_EQ(taken, room);
    EXPECT_NE(text("/metrics").find("intake_answers_total{request=\"submit\",answer=\"503\"} 1"),
              std::string::npos);
}

}  // namespace
