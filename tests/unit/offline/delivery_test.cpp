#include "offline/sync/delivery.hpp"

#include "offline/sync/outbox_parcels.hpp"
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <thread>

namespace {

using namespace offline_test;
using domain::Line;

// Runs delivery without its threads: each exchange at once, waiting by moving the clock.
class delivery : public testing::Test {
  protected:
    Folder folder;
    World world;
    base::ManualClock clock{start};
    base::NoEventLog log;
    outbox::Outbox box =
        outbox::Outbox::open({folder / "outbox", 8 << 20}, world.terminal(), clock).value();
    sync::OutboxParcels parcels{box};
    Runner runner{world, parcels, clock, log};

    void run(const std::string& url, int rounds = 12) { runner.run(url, rounds); }
    domain::LocalReceipt keep() { return box.accept(acceptance(world)).value(); }
    bool all_delivered() { return box.waiting()->empty() && box.summary()->waiting == 0; }
};

// Answers everything in one way.
class Hostile {
  public:
    using Answer = std::function<void(const httplib::Request&, httplib::Response&)>;
    explicit Hostile(Answer answer) {
        http_.set_keep_alive_max_count(1);
        http_.Post(".*", answer);
        http_.Put(".*", answer);
        port_ = http_.bind_to_any_port("127.0.0.1");
        thread_ = std::jthread([this] { http_.listen_after_bind(); });
        while (!http_.is_running()) std::this_thread::yield();
    }
    ~Hostile() { http_.stop(); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  private:
    httplib::Server http_;
    int port_ = 0;
    std::jthread thread_;
};

// Stands before a real intake and may change its answers.
class Between {
  public:
    using Change = std::function<void(const httplib::Request&, httplib::Response&)>;
    Between(const Intake& intake, Change change)
        : hostile_([port = intake.port(), change = std::move(change)](
                       const httplib::Request& request, httplib::Response& response) {
              httplib::Client client("127.0.0.1", port);
              const auto real = request.method == "PUT"
                                    ? client.Put(request.path, request.body, "application/cbor")
                                    : client.Post(request.path, request.body, "application/cbor");
              response.status = real->status;
              response.set_content(real->body, "application/cbor");
              change(request, response);
          }) {}
    std::string url() const { return hostile_.url(); }

  private:
    Hostile hostile_;
};

void become(httplib::Response& response, int status, const base::Bytes& body) {
    response.status = status;
    response.set_content(reinterpret_cast<const char*>(body.data()), body.size(),
                         "application/cbor");
}

TEST_F(delivery, a_kept_submission_arrives_once_is_receipted_and_purged) {
    const Intake intake(world, folder / "intake", clock);
    const auto receipt = keep();
    EXPECT_EQ(box.look_up(receipt.qr_text)->delivery, domain::Delivery::kept);
    run(intake.url());
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(runner.out->line(), Line::online);
    const auto status = box.look_up(receipt.qr_text).value();
    EXPECT_EQ(status.delivery, domain::Delivery::received);
    EXPECT_EQ(status.case_number, implementation + "202611220001");
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_F(delivery, NetworkUnreachable_nothing_is_lost_and_it_goes_when_the_centre_comes_back) {
    for (int i = 0; i < 3; ++i) keep();
    int port = 0;
    { port = Intake(world, folder / "intake", clock).port(); }
    const std::string url = "http://127.0.0.1:" + std::to_string(port);
    run(url);
    EXPECT_EQ(runner.out->line(), Line::offline);
    EXPECT_EQ(box.waiting()->size(), 3u);
    const Intake intake(world, folder / "intake", clock, port);
    runner.out->nudge();
    run(url, 20);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(cases_in(folder / "intake"), 3);
}

TEST_F(delivery, CentreFailed_an_intake_that_answers_500_loses_nothing) {
    const Hostile hostile([](const auto&, httplib::Response& response) { response.status = 500; });
    keep();
    run(hostile.url());
    EXPECT_EQ(runner.out->line(), Line::offline);
    EXPECT_EQ(box.waiting()->size(), 1u);
}

TEST_F(delivery, row_39_CentreNonsense_a_captive_portals_page_is_not_the_centre) {
    const Hostile hostile([](const auto&, httplib::Response& response) {
        response.set_content("<html>请登录 WLAN</html>", "text/html");
    });
    keep();
    run(hostile.url());
    EXPECT_EQ(runner.out->line(), Line::offline);
    EXPECT_EQ(box.waiting()->at(0).state, outbox::ParcelState::queued);
}

TEST_F(delivery, CentreNonsense_a_200_of_our_own_type_with_nonsense_changes_nothing) {
    const Intake intake(world, folder / "intake", clock);
    const Between between(intake, [](const httplib::Request& request, httplib::Response& response) {
        if (request.path != "/v1/hello") become(response, 200, base::to_bytes("nonsense"));
    });
    keep();
    run(between.url());
    EXPECT_EQ(box.waiting()->at(0).state, outbox::ParcelState::queued);
}

TEST_F(delivery, row_40_a_receipt_with_a_wrong_signature_purges_nothing) {
    const Intake intake(world, folder / "intake", clock);
    const World stranger;
    const Between between(
        intake, [&](const httplib::Request& request, httplib::Response& response) {
            if (request.path == "/v1/hello") return;
            const auto sent = papers::wire::receipt(base::to_bytes(response.body)).value();
            auto receipt =
                papers::CentreReceipt::verify(sent, world.receipt_key().public_key()).value();
            become(response, 200,
                   papers::wire::encode_receipt(receipt.sign(stranger.receipt_key()).value()));
        });
    keep();
    run(between.url());
    EXPECT_EQ(box.waiting()->at(0).state, outbox::ParcelState::queued);
}

TEST_F(delivery, row_40_a_receipt_about_another_digest_purges_nothing) {
    const Intake intake(world, folder / "intake", clock);
    const Between between(
        intake, [&](const httplib::Request& request, httplib::Response& response) {
            if (request.method != "PUT") return;
            const auto sent = papers::wire::receipt(base::to_bytes(response.body)).value();
            auto receipt =
                papers::CentreReceipt::verify(sent, world.receipt_key().public_key()).value();
            receipt.manifest_digest[0] ^= 1;
            become(response, 200,
                   papers::wire::encode_receipt(receipt.sign(world.receipt_key()).value()));
        });
    keep();
    run(between.url());
    EXPECT_EQ(box.waiting()->at(0).state, outbox::ParcelState::queued);
    run(intake.url(), 20);
    EXPECT_TRUE(all_delivered()) << "the true receipt still counts";
}

TEST_F(delivery, an_unsigned_refusal_does_not_stop_a_submission) {
    const Intake intake(world, folder / "intake", clock);
    std::atomic<bool> refuse{true};
    const Between between(intake,
                          [&](const httplib::Request& request, httplib::Response& response) {
                              if (refuse && request.method == "PUT")
                                  become(response, 400, papers::wire::encode_refusal("no"));
                          });
    keep();
    run(between.url());
    EXPECT_EQ(box.waiting()->size(), 1u);
    refuse = false;
    run(between.url(), 30);
    EXPECT_TRUE(all_delivered());
}

TEST_F(delivery, row_47_CentreRefused_what_the_intake_refuses_is_kept_and_marked) {
    const Intake intake(world, folder / "intake", clock);
    const auto id = domain::SubId::draw();
    const auto bad = box.accept(acceptance(world, R"({"item":"unknown"})", id)).value();
    const auto good = keep();
    run(intake.url());
    EXPECT_EQ(box.look_up(bad.qr_text)->delivery, domain::Delivery::attention);
    EXPECT_EQ(box.look_up(good.qr_text)->delivery, domain::Delivery::received);
    EXPECT_TRUE(box.parcel(bad.seq).value()) << "its bytes stay";
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_F(delivery, row_28_an_answer_lost_on_the_way_makes_no_second_case) {
    const Intake intake(world, folder / "intake", clock);
    std::atomic<int> lost{0};
    const Between between(intake,
                          [&](const httplib::Request& request, httplib::Response& response) {
                              if (request.path == "/v1/hello" || lost >= 4) return;
                              ++lost;
                              response.status = 502;
                          });
    keep();
    run(between.url(), 40);
    EXPECT_EQ(lost, 4);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_F(delivery, row_45_a_parcel_that_always_fails_does_not_hold_up_the_others) {
    const Intake intake(world, folder / "intake", clock);
    const auto poison = keep();
    const auto healthy = keep();
    const std::string poisoned = poison.sub_id.text();
    const Between between(intake,
                          [&](const httplib::Request& request, httplib::Response& response) {
                              if (request.body.find(poisoned) != std::string::npos)
                                  response.status = 500;
                          });
    run(between.url());
    EXPECT_EQ(box.look_up(healthy.qr_text)->delivery, domain::Delivery::received);
    EXPECT_EQ(box.look_up(poison.qr_text)->delivery, domain::Delivery::kept);
}

TEST_F(delivery, row_44_a_centre_that_names_a_time_is_left_alone_until_then) {
    std::atomic<int> asked{0};
    const Hostile hostile([&](const auto&, httplib::Response& response) {
        ++asked;
        response.status = 503;
        response.set_header("Retry-After", "3600");
    });
    run(hostile.url(), 1);
    EXPECT_EQ(asked, 1);
    const base::Millis wait = runner.out->tick() - clock.steady();
    EXPECT_GE(wait, base::Millis{3'600'000});
    EXPECT_LE(wait, base::Millis{5'400'000});
}

TEST(retry_schedule, waits_stay_below_the_doubling_limit_and_the_cap) {
    const sync::RetryPolicy policy{base::Millis{200}, base::Millis{2000}, base::Millis{300}};
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        for (int attempt = 0; attempt < 70; ++attempt) {
            const auto wait = sync::retry_wait(policy, attempt, seed);
            ASSERT_GE(wait, base::Millis{0});
            ASSERT_LE(wait, base::Millis{attempt < 4 ? 200 << attempt : 2000});
            ASSERT_EQ(wait, sync::retry_wait(policy, attempt, seed)) << "same seed, same wait";
        }
        ASSERT_LE(sync::first_contact_wait(policy, seed), base::Millis{300});
    }
}

TEST(retry_schedule, terminals_do_not_knock_together) {
    const sync::RetryPolicy policy{base::Millis{2000}, base::Millis{900000}, base::Millis{20000}};
    std::array<int, 10> tenths{};
    for (std::uint64_t seed = 0; seed < 10000; ++seed)
        ++tenths.at(static_cast<std::size_t>(sync::retry_wait(policy, 5, seed).count() / 6401));
    for (const int share : tenths) EXPECT_NEAR(share, 1000, 150);
}

}  // namespace
