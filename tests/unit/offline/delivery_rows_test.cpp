// Delivery against an intake without HTTP between them: lanes, batches, classes of answers, hellos,
// clocks. Names begin with the row of the fault matrix (offline-sync.md 4.2) that they prove.
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using namespace offline_test;
using base::Millis;
using domain::Line;
using papers::Lane;
using sync::Method;

constexpr Millis hour{3'600'000};

class delivery_rows : public testing::Test {
  protected:
    Folder folder;
    World world;
    base::ManualClock clock{start};
    CountingLog log;
    MemoryParcels parcels{world};
    intake::IntakeService service = service_of(world, folder / "intake", clock, log);
    Runner runner{world, parcels, clock, log};

    Runner::Centre centre() {
        return [this](const auto& exchange) { return ask(service, exchange); };
    }
    bool all_delivered() const { return parcels.waiting.empty() && parcels.aside.empty(); }
    static bool is_hello(const sync::Exchange& exchange) { return exchange.path == "/v1/hello"; }
    static bool is_small_parcel(const sync::Exchange& exchange) {
        return exchange.method == Method::put || exchange.path.ends_with("/batch");
    }
};

TEST_F(delivery_rows, many_small_ones_go_in_batches_and_are_complete_with_one_answer) {
    for (int i = 0; i < 200; ++i) parcels.keep();
    int batches = 0;
    runner.run([&](const auto& exchange) {
        batches += exchange.path.ends_with("/batch");
        return ask(service, exchange);
    });
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(parcels.complete.size(), 200u);
    EXPECT_LE(batches, 12) << "the first ones are small until the link is known";
    EXPECT_EQ(cases_in(folder / "intake"), 200);
}

TEST_F(delivery_rows, a_lone_one_goes_by_itself_and_needs_no_commit) {
    parcels.keep();
    runner.run(centre(), 2);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(runner.requests, 2) << "hello and S";
}

TEST_F(delivery_rows, urgent_ones_go_first) {
    for (int i = 0; i < 5; ++i) parcels.keep();
    const auto urgent = parcels.keep({}, Lane::urgent);
    std::vector<std::int64_t> order;
    runner.run([&](const auto& exchange) {
        if (exchange.method == Method::put || exchange.path.ends_with("/batch")) {
            if (order.empty()) {
                const auto items = papers::wire::batch(exchange.body).value();
                const auto first = papers::wire::delivered(items.front()).value();
                order.push_back(papers::Manifest::parse(first.manifest)->seq);
            }
        }
        return ask(service, exchange);
    });
    ASSERT_FALSE(order.empty());
    EXPECT_EQ(order.front(), urgent);
    EXPECT_TRUE(all_delivered());
}

TEST_F(delivery_rows, attachments_go_the_smallest_remainder_first_and_end_with_a_receipt) {
    const auto big = parcels.keep({content(300'000)});
    const auto small = parcels.keep({content(5'000), content(70'000)});
    std::vector<std::int64_t> ended;
    runner.run(
        [&](const auto& exchange) {
            auto answer = ask(service, exchange);
            if (exchange.method == Method::patch && answer.status == 200)
                ended.push_back(parcels.complete.size() == 0 ? small : big);
            return answer;
        },
        40);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(ended, (std::vector{small, big}));
}

TEST_F(delivery_rows, row_43_a_line_that_breaks_off_every_slice_is_not_tried_without_end) {
    parcels.keep({content(100'000)});
    int slices = 0;
    const auto without_slices = [&](const sync::Exchange& exchange) {
        if (exchange.method != Method::patch)
            return base::Result<sync::Answer>(ask(service, exchange));
        ++slices;
        return cut_off();
    };
    const Millis began = clock.steady();
    while (clock.steady() - began < hour) runner.run(without_slices, 1);
    EXPECT_GT(slices, 20) << "it is tried again and again";
    EXPECT_LT(slices, 150) << "the longest wait of this policy is a minute";
    runner.run(centre(), 40);
    EXPECT_TRUE(all_delivered());
}

TEST_F(delivery_rows, never_more_than_two_are_on_their_way) {
    for (int i = 0; i < 3; ++i) parcels.keep({content(500'000)});
    // Small things keep coming while slices are on their way.
    for (int i = 0; i < 40; ++i) {
        runner.run(centre(), 2);
        if (i % 4 == 0) parcels.keep();
    }
    runner.run(centre(), 40);
    EXPECT_TRUE(all_delivered());
    EXPECT_LE(runner.most_at_once, 2u);
}

TEST_F(delivery_rows, a_stream_of_small_things_does_not_starve_an_attachment) {
    parcels.keep({content(1'000)});
    bool slice = false;
    int small = 0;
    const auto with_new_ones = [&](const sync::Exchange& exchange) {
        slice |= exchange.bulk;
        if (!exchange.bulk) ++small;
        parcels.keep();
        return ask(service, exchange);
    };
    runner.run(with_new_ones, 40);
    EXPECT_TRUE(slice);
    EXPECT_GT(small, 10);
}

TEST_F(delivery_rows, row_28_response_lost_after_server_commit_the_same_receipt_comes_again) {
    parcels.keep({content(100)});
    base::Bytes first, second;
    runner.run([&](const auto& exchange) -> base::Result<sync::Answer> {
        auto answer = ask(service, exchange);
        if (exchange.method != Method::put) return answer;
        if (first.empty()) {
            first = answer.body;
            return cut_off();
        }
        second = answer.body;
        return answer;
    });
    EXPECT_EQ(second, first);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_F(delivery_rows, row_29_response_lost_after_complete_a_restart_asks_for_the_receipt) {
    parcels.keep({content(100)});
    base::Bytes lost;
    runner.run(
        [&](const auto& exchange) -> base::Result<sync::Answer> {
            auto answer = ask(service, exchange);
            if (exchange.method == Method::patch && answer.status == 200) {
                lost = answer.body;
                return cut_off();
            }
            return lost.empty() ? base::Result<sync::Answer>(answer) : cut_off();
        },
        6);
    ASSERT_FALSE(lost.empty());
    ASSERT_FALSE(parcels.waiting.empty());
    runner.restart();
    runner.run(centre());
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_F(delivery_rows, row_30_a_request_delayed_beyond_its_retry_has_no_effect) {
    parcels.keep();
    std::optional<sync::Exchange> delayed;
    runner.run([&](const auto& exchange) -> base::Result<sync::Answer> {
        if (exchange.method == Method::put && !delayed) {
            delayed = exchange;
            return cut_off();
        }
        return ask(service, exchange);
    });
    ASSERT_TRUE(all_delivered());
    clock.forward(Millis{600'000});
    EXPECT_EQ(ask(service, *delayed).status, 200);
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_F(delivery_rows, row_40_a_replayed_receipt_of_another_submission_purges_nothing) {
    base::Bytes other;
    parcels.keep();
    runner.run([&](const auto& exchange) {
        auto answer = ask(service, exchange);
        if (exchange.method == Method::put) other = answer.body;
        return answer;
    });
    ASSERT_TRUE(all_delivered());
    parcels.keep();
    runner.run([&](const auto& exchange) {
        auto answer = ask(service, exchange);
        if (exchange.method == Method::put) answer.body = other;
        return answer;
    });
    EXPECT_EQ(parcels.waiting.size(), 1u);
    EXPECT_GT(log.count("ReceiptRejected"), 0);
}

TEST_F(delivery_rows, row_41_a_receipt_signed_by_an_unknown_key_keeps_the_item_waiting) {
    const World stranger;
    const auto seq = parcels.keep();
    runner.run([&](const auto& exchange) {
        auto answer = ask(service, exchange);
        if (exchange.method != Method::put) return answer;
        const auto bytes = papers::wire::receipt(answer.body).value();
        const auto receipt =
            papers::CentreReceipt::verify(bytes, world.receipt_key().public_key()).value();
        answer.body = papers::wire::encode_receipt(receipt.sign(stranger.receipt_key()).value());
        return answer;
    });
    EXPECT_TRUE(parcels.waiting.contains(seq));
    runner.out->nudge();  // as when a new key set was taken
    runner.run(centre());
    EXPECT_TRUE(all_delivered());
}

TEST_F(delivery_rows, row_39_redirects_pages_and_foreign_certificates_mark_nothing_as_sent) {
    const auto seq = parcels.keep();
    const std::vector<base::Result<sync::Answer>> portals{
        status(200),
        status(302),
        status(403),
        status(407),
        status(511),
        sync::Answer{204, "", {}, {}},
        sync::Answer{200, papers::wire::content_type, {}, {}},
        base::fail(FaultCode::CentreUntrusted, "certificate")};
    for (const auto& portal : portals) {
        runner.run([&](const auto& exchange) {
            return is_hello(exchange) ? ask(service, exchange) : portal;
        });
        EXPECT_EQ(parcels.waiting.at(seq).state, outbox::ParcelState::queued);
        runner.run([&](const auto&) { return portal; }, 40);
        EXPECT_EQ(runner.out->line(), Line::offline);
        runner.out->nudge();
    }
    runner.run(centre());
    EXPECT_TRUE(all_delivered());
}

TEST_F(delivery_rows, row_44_429_with_an_hour_makes_the_whole_terminal_wait) {
    for (int i = 0; i < 3; ++i) parcels.keep();
    int asked = 0;
    const auto busy = [&](const auto& exchange) -> base::Result<sync::Answer> {
        ++asked;
        return is_hello(exchange) ? ask(service, exchange) : status(429, hour);
    };
    runner.run(busy, 2);
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(runner.out->waits(), "throttled");
    const Millis since = clock.steady();
    while (asked == 2) runner.run(busy, 1);
    EXPECT_GE(clock.steady() - since, hour);
    EXPECT_LE(clock.steady() - since, hour + hour / 2);
    EXPECT_TRUE(log.has("DeliveryWaits", "throttled"));
    EXPECT_EQ(parcels.waiting.begin()->second.attempts, 0) << "it is no failure";
    runner.run(centre());
    EXPECT_TRUE(all_delivered());
}

TEST_F(delivery_rows, row_45_500_for_one_item_only_the_others_pass) {
    const auto poison = parcels.keep();
    for (int i = 0; i < 30; ++i) parcels.keep();
    const std::string poisoned = parcels.waiting.at(poison).parcel.sub_id.text();
    runner.run(
        [&](const auto& exchange) -> base::Result<sync::Answer> {
            const auto text = base::as_text(exchange.body);
            if (text.find(poisoned) != std::string::npos) return status(500);
            return ask(service, exchange);
        },
        40);
    EXPECT_EQ(parcels.complete.size(), 30u);
    EXPECT_TRUE(parcels.waiting.contains(poison));
}

TEST_F(delivery_rows, row_46_a_submission_that_makes_the_reader_stumble_harms_no_other) {
    auto stumbling = [](base::ByteView json, base::Date date) {
        if (base::as_text(json).find("poison") != std::string::npos)
            throw std::runtime_error("stumbled");
        return read_small_submission(json, date);
    };
    intake::IntakeService fragile(intake::IntakeStore::open(folder / "other").value(), world.pinned,
                                  world.intake, stumbling, clock, log);
    const auto poison = parcels.keep({}, Lane::normal, submission_text("poison"));
    for (int i = 0; i < 10; ++i) parcels.keep();
    runner.run([&](const auto& exchange) { return ask(fragile, exchange); });
    EXPECT_EQ(parcels.complete.size(), 10u);
    EXPECT_TRUE(parcels.waiting.contains(poison));
}

TEST_F(delivery_rows, five_failures_in_a_row_leave_only_hellos) {
    for (int i = 0; i < 3; ++i) parcels.keep();
    int parcels_sent = 0;
    runner.run(
        [&](const auto& exchange) -> base::Result<sync::Answer> {
            if (is_hello(exchange) && parcels_sent == 0) return ask(service, exchange);
            if (!is_hello(exchange)) ++parcels_sent;
            return cut_off();
        },
        80);
    EXPECT_EQ(parcels_sent, 5);
    EXPECT_EQ(runner.out->line(), Line::offline);
    runner.run(centre(), 20);
    EXPECT_TRUE(all_delivered());
}

TEST_F(delivery_rows, a_line_paid_by_bytes_is_asked_rarely_and_what_is_handed_in_does_not_wait) {
    runner.restart(2 * hour);
    int hellos = 0;
    const Runner::Centre counts = [&](const auto& exchange) {
        hellos += is_hello(exchange);
        return ask(service, exchange);
    };
    const Millis until = clock.steady() + 23 * hour;
    while (clock.steady() < until) runner.run(counts, 1);
    EXPECT_GE(hellos, 11);
    EXPECT_LE(hellos, 13) << "one in two hours";

    const Millis kept_at = clock.steady();
    parcels.keep();
    runner.run(centre(), 1);  // as the office does when something was kept
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(clock.steady(), kept_at);
}

TEST_F(delivery_rows, retries_are_a_tenth_of_the_requests_and_a_lone_one_is_still_tried) {
    sync::RetryBudget budget;
    int taken = 0;
    for (int i = 0; i < 100; ++i) taken += budget.take(Millis{1000});
    EXPECT_EQ(taken, 10);
    for (int i = 0; i < 50; ++i) budget.first_try();
    for (int i = 0; i < 100; ++i) taken += budget.take(Millis{1000});
    EXPECT_EQ(taken, 15);
    EXPECT_TRUE(budget.take(budget.ready_at()));
}

TEST_F(delivery_rows, row_21_a_superseded_epoch_waits_for_a_person_and_deletes_nothing) {
    const auto seq = parcels.keep();
    runner.run([&](const auto&) {
        return sync::Answer{403,
                            papers::wire::content_type,
                            {},
                            papers::wire::encode_refusal(papers::wire::refusal::epoch_superseded)};
    });
    EXPECT_TRUE(parcels.waiting.contains(seq));
    EXPECT_EQ(runner.out->waits(), "authority");
    EXPECT_GE(runner.out->tick() - clock.steady(), Millis{1});
    EXPECT_EQ(runner.out->line(), Line::offline);
}

TEST_F(delivery_rows, an_intake_without_the_key_stops_one_item_and_not_the_others) {
    const auto stuck = parcels.keep({content(10)});
    parcels.keep();
    parcels.keep();
    const std::string id = parcels.waiting.at(stuck).parcel.sub_id.text();
    runner.run(
        [&](const auto& exchange) -> base::Result<sync::Answer> {
            if (exchange.path.ends_with("/batch")) {
                const auto items = papers::wire::batch(exchange.body).value();
                std::vector<papers::wire::BatchAnswer> answers;
                for (const auto& one : items) {
                    const auto manifest =
                        papers::Manifest::parse(papers::wire::delivered(one)->manifest).value();
                    if (manifest.seq == stuck) {
                        answers.push_back({415, papers::wire::encode_refusal("unknown-kid")});
                        continue;
                    }
                    const auto reply = service.submit(terminal_id, manifest.sub_id.text(), one);
                    answers.push_back({reply.status, reply.body});
                }
                return sync::Answer{200,
                                    papers::wire::content_type,
                                    {},
                                    papers::wire::encode_batch_answers(answers)};
            }
            return ask(service, exchange);
        },
        3);
    EXPECT_EQ(parcels.complete.size(), 2u);
    EXPECT_TRUE(parcels.waiting.contains(stuck));
    EXPECT_EQ(runner.out->line(), Line::online);
}

TEST_F(delivery_rows, what_the_centre_forgot_is_sent_again_from_the_beginning) {
    parcels.keep({content(1000)});
    runner.run(centre(), 2);  // hello and S
    intake::IntakeService emptied = service_of(world, folder / "restored", clock, log);
    runner.run([&](const auto& exchange) { return ask(emptied, exchange); }, 20);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(cases_in(folder / "restored"), 1);
}

TEST_F(delivery_rows, row_20_a_centre_that_countersigned_more_than_is_here_stops_the_old_image) {
    parcels.keep();
    runner.run([&](const auto& exchange) -> base::Result<sync::Answer> {
        const auto request = papers::wire::hello_request(exchange.body, world.pinned);
        EXPECT_TRUE(request) << "nothing but hellos";
        papers::wire::HelloReply reply;
        reply.realm = world.realm;
        reply.nonce = request->request.nonce;
        reply.server_time = clock.now();
        reply.counter_seq = 9;
        return sync::Answer{200,
                            papers::wire::content_type,
                            {},
                            papers::wire::encode(reply, world.receipt_key()).value()};
    });
    EXPECT_EQ(parcels.waiting.size(), 1u);
    EXPECT_EQ(runner.out->waits(), "authority");
}

TEST_F(delivery_rows, row_51_what_both_sides_lost_is_told_once) {
    parcels.next_seq = 8;
    runner.run(
        [&](const auto& exchange) {
            const auto request = papers::wire::hello_request(exchange.body, world.pinned);
            papers::wire::HelloReply reply;
            reply.realm = world.realm;
            reply.nonce = request->request.nonce;
            reply.server_time = clock.now();
            reply.missing = {3, 5};
            reply.forget_up_to = 2;
            return sync::Answer{200,
                                papers::wire::content_type,
                                {},
                                papers::wire::encode(reply, world.receipt_key()).value()};
        },
        10);
    EXPECT_GE(parcels.sent_again.size(), 4u) << "with every hello";
    EXPECT_EQ(log.count("SubmissionSetAside"), 2);
    EXPECT_EQ(parcels.forgotten, 2);
}

TEST_F(delivery_rows, row_68_come_back_later_forever_is_capped_and_urgent_ones_come_sooner) {
    const auto later = [&](const sync::Exchange& exchange) {
        const auto request = papers::wire::hello_request(exchange.body, world.pinned);
        EXPECT_TRUE(request);
        papers::wire::HelloReply reply;
        reply.realm = world.realm;
        reply.nonce = request->request.nonce;
        reply.server_time = clock.now();
        reply.come_back_in = hour * 24 * 365;
        return sync::Answer{200,
                            papers::wire::content_type,
                            {},
                            papers::wire::encode(reply, world.receipt_key()).value()};
    };
    parcels.keep();
    runner.run(later, 1);
    EXPECT_EQ(runner.out->line(), Line::online);
    EXPECT_TRUE(log.has("DeliveryWaits", "throttled")) << "somebody is told";
    const Millis before = clock.steady();
    while (runner.requests == 1) runner.run(later, 1);
    EXPECT_GE(clock.steady() - before, hour);
    EXPECT_LE(clock.steady() - before, hour * 24);
    // Something urgent is kept while it waits, and every time after that.
    parcels.keep({}, Lane::urgent);
    for (int i = 0; i < 3; ++i) {
        const Millis since = clock.steady();
        const int asked = runner.requests;
        while (runner.requests == asked) runner.run(later, 1);
        EXPECT_LE(clock.steady() - since, sync::urgent_wait_max * 3 / 2);
    }
    EXPECT_EQ(parcels.waiting.size(), 2u);
}

}  // namespace
