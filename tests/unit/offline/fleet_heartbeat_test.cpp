// A terminal's health at the centre.
#include "tests/unit/offline/fleet_fixture.hpp"

namespace {

using namespace offline_test;

class heartbeats : public FleetWorld {};

domain::PartReport printer(domain::Supply supply, const std::string& fault = {}) {
    return {domain::DeviceKind::document_printer,
            fault.empty() ? domain::DeviceState::ready : domain::DeviceState::unavailable, supply,
            fault};
}

TEST_F(heartbeats, a_fault_is_at_the_centre_behind_the_next_hello_with_its_cause_in_words) {
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

TEST_F(heartbeats, a_heartbeat_that_did_not_change_is_not_sent) {
    app_says();
    beat_until_quiet();
    int sent = 0;
    for (auto passed = 0ms; passed < 24h; passed += hello_every) {
        app_says();
        sent += beat() ? 1 : 0;
    }
    EXPECT_EQ(sent, 12) << "every two hours, to say that it is there";
}

TEST_F(heartbeats, what_moves_with_every_citizen_is_no_news) {
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

TEST_F(heartbeats, a_part_that_flaps_costs_no_more_than_the_days_bytes) {
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

TEST_F(heartbeats, nothing_goes_into_a_line_that_is_not_there_and_all_of_it_when_it_is_back) {
    app_says();
    beat_until_quiet();
    wire_is = domain::Line::offline;
    app_says([](auto& r) { r.pause = "paper"; });
    for (int i = 0; i < 30; ++i) EXPECT_FALSE(due());
    wire_is = domain::Line::online;
    EXPECT_TRUE(beat());
    EXPECT_EQ(line().content->pause, "paper");
}

TEST_F(heartbeats, a_terminal_that_starts_waits_for_its_app_but_not_for_long) {
    EXPECT_FALSE(beat());
    EXPECT_TRUE(beat()) << "after two minutes";
    EXPECT_EQ(line().judgement.light, intake::Light::red) << "there is none";
}

TEST_F(heartbeats, an_app_that_went_away_makes_the_light_red) {
    app_says();
    beat_until_quiet();
    lane->app_gone();
    EXPECT_TRUE(beat());
    EXPECT_EQ(line().judgement.light, intake::Light::red);
}

TEST_F(heartbeats, a_terminal_that_says_nothing_needs_a_visit) {
    app_says();
    beat_until_quiet();
    clock.forward(6h);
    EXPECT_EQ(line().judgement.light, intake::Light::amber);
    clock.forward(20h);
    EXPECT_EQ(line().judgement.light, intake::Light::red);
    EXPECT_NE(line().judgement.causes.front().text.find("没有消息"), std::string::npos);
}

TEST_F(heartbeats, the_certificate_travels_once_and_again_when_the_centre_forgot_it) {
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

TEST_F(heartbeats, a_heartbeat_of_another_terminal_or_key_changes_nothing) {
    app_says();
    const auto exchange = due();
    ASSERT_TRUE(exchange);
    EXPECT_EQ(centre.heartbeat("000101001001002", exchange->body).status, 403);
    auto forged = exchange->body;
    forged[forged.size() / 2] ^= 1;
    EXPECT_GE(centre.heartbeat(terminal_id, forged).status, 400);
    EXPECT_TRUE(store->fleet().all_heard()->empty());
}

TEST_F(heartbeats, an_older_heartbeat_does_not_take_the_place_of_the_newest) {
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

TEST_F(heartbeats, an_old_terminals_heartbeat_without_a_roll_is_read) {
    papers::HeartbeatContent content;
    content.paper_hours = 30;
    content.roll_hours = 12;
    auto record = offline::formats::record_from_cbor(papers::wire::encode(content)).value();
    EXPECT_EQ(papers::wire::heartbeat_content(offline::formats::to_cbor(record)), content);
    ASSERT_EQ(record.erase("rh"), 1U);
    content.roll_hours = -1;
    EXPECT_EQ(papers::wire::heartbeat_content(offline::formats::to_cbor(record)), content);
    record["rh"] = std::int64_t{-1};  // not known is said by silence
    EXPECT_FALSE(papers::wire::heartbeat_content(offline::formats::to_cbor(record)));
    record["rh"] = std::int64_t{10'000};
    EXPECT_FALSE(papers::wire::heartbeat_content(offline::formats::to_cbor(record)));
}

TEST_F(heartbeats, a_roll_that_ends_within_a_day_makes_the_light_amber) {
    app_says([](auto& r) { r.paper_hours = 300; });
    beat_until_quiet();
    EXPECT_EQ(line().judgement.light, intake::Light::green);
    app_says([](auto& r) { r.roll_hours = 12; });
    EXPECT_TRUE(beat());
    EXPECT_EQ(line().content->roll_hours, 12);
    EXPECT_EQ(line().judgement.light, intake::Light::amber);
    EXPECT_NE(line().judgement.causes.front().text.find("纸卷"), std::string::npos);
    app_says([](auto& r) { r.roll_hours = 400; });
    EXPECT_TRUE(beat()) << "a new roll is news";
    EXPECT_EQ(line().judgement.light, intake::Light::green);
}

TEST_F(heartbeats, the_history_is_bounded) {
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

}  // namespace
