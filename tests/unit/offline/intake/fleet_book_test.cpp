// What both databases promise about heartbeats, commands and the console, in one suite over both.
#include "tests/unit/offline/intake/case_store_fixture.hpp"

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using papers::CommandReport;

class fleet_book : public case_store {
  protected:
    intake::FleetBook& book() { return store->fleet(); }
    intake::Heard heard(std::int64_t number, base::Instant at = start) {
        return {terminal_id,        number,           at, at, base::Bytes{0, 255, 1},
                "0123456789abcdef", base::Bytes{0, 2}};
    }
    base::Result<std::int64_t> order(const std::string& to = terminal_id) {
        intake::CommandRow row;
        row.terminal = to;
        row.kind = "restart";
        row.ordered_by = "小王";
        row.issued_at = start;
        row.expires_at = start + 1h;
        return book().order(row, [&](std::int64_t serial) {
            const auto text = std::to_string(serial);
            return base::Result<intake::MadeCommand>(
                intake::MadeCommand{"file " + text, "000000000000000" + text});
        });
    }
};

INSTANTIATE_TEST_SUITE_P(both, fleet_book, testing::Values("sqlite", "postgres"),
                         [](const auto& one) { return one.param; });

TEST_P(fleet_book, the_newest_heartbeat_comes_back_as_it_was_and_an_older_one_changes_nothing) {
    EXPECT_FALSE(book().heard(terminal_id).value());
    ASSERT_TRUE(book().hear(heard(5), "green", {}));
    ASSERT_TRUE(book().hear(heard(4), "red", {}));
    const auto newest = book().heard(terminal_id).value();
    ASSERT_TRUE(newest);
    EXPECT_EQ(newest->number, 5);
    EXPECT_EQ(newest->content, (base::Bytes{0, 255, 1}));
    EXPECT_EQ(newest->certificate, (base::Bytes{0, 2}));
    ASSERT_EQ(book().history(terminal_id)->size(), 1u);
    EXPECT_EQ(book().history(terminal_id)->front().light, "green");
    ASSERT_TRUE(book().hear(heard(3, start + 1h), "amber", {}))
        << "a machine that counts from an earlier image of its disk";
    EXPECT_EQ(book().heard(terminal_id).value()->number, 3);
    EXPECT_EQ(book().history(terminal_id)->front().light, "amber");
}

TEST_P(fleet_book, serials_rise_for_each_terminal_by_itself) {
    EXPECT_EQ(order().value(), 1);
    EXPECT_EQ(order().value(), 2);
    EXPECT_EQ(order("000101001001002").value(), 1);
    EXPECT_EQ(book().commands(terminal_id)->front().ordered_by, "小王");
    EXPECT_EQ(book().to_give(terminal_id, start).value(),
              (std::vector<std::string>{"file 1", "file 2"}));
    EXPECT_TRUE(book().to_give(terminal_id, start + 2h)->empty()) << "too late to begin";
}

TEST_P(fleet_book, orders_that_race_have_serials_of_their_own) {
    std::mutex mutex;
    std::set<std::int64_t> serials;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 5; ++n) {
                    const auto serial = order();
                    const std::lock_guard lock(mutex);
                    EXPECT_TRUE(serial && serials.insert(*serial).second);
                }
            });
    }
    EXPECT_EQ(book().commands(terminal_id)->size(), 20u);
}

TEST_P(fleet_book, a_report_counts_once_and_only_for_the_file_it_is_about) {
    ASSERT_TRUE(order());
    const CommandReport other{1, 1, "ffffffffffffffff", "refused-terminal"};
    const CommandReport own{2, 1, "0000000000000001", "done"};
    ASSERT_TRUE(book().hear(heard(1), "green", {other}));
    EXPECT_EQ(book().commands(terminal_id)->front().outcome, "")
        << "the same number in another file says nothing of this one";
    ASSERT_TRUE(book().hear(heard(2, start + 1min), "green", {other, own}));
    ASSERT_TRUE(book().hear(heard(3, start + 2min), "green", {own}));
    EXPECT_EQ(book().reports(terminal_id)->size(), 2u);
    EXPECT_EQ(book().commands(terminal_id)->front().outcome, "done");
    EXPECT_EQ(book().commands(terminal_id)->front().outcome_at, start + 1min);
    EXPECT_TRUE(book().to_give(terminal_id, start)->empty());
}

TEST_P(fleet_book, machines_that_still_talk_are_kept_once_each_and_only_the_last_ones) {
    for (int i = 0; i < intake::still_talking_kept + 5; ++i)
        ASSERT_TRUE(book().still_talks(
            {terminal_id, std::to_string(i), "lost", {}, start + std::chrono::minutes(i)}));
    ASSERT_TRUE(book().still_talks({terminal_id, "24", "revoked", {}, start + 1h}));
    ASSERT_TRUE(book().still_talks({"000101001001002", "x", "lost", {}, start}));
    const auto all = book().still_talking().value();
    EXPECT_EQ(all.size(), intake::still_talking_kept + 1u) << "another terminal has its own";
    EXPECT_EQ(all.front().certificate_id, "24");
    EXPECT_EQ(all.front().why, "revoked");
    EXPECT_EQ(all.front().times, 2);
    EXPECT_EQ(all.front().first_at, start + 24min);
    EXPECT_EQ(all.front().last_at, start + 1h);
}

TEST_P(fleet_book, accounts_sessions_and_acts_come_back_as_they_were) {
    const intake::Account account{"xiaowang", intake::Role::admin, {1}, {2}, start};
    EXPECT_TRUE(book().add(account).value());
    EXPECT_FALSE(book().add(account).value());
    const auto read = book().account("xiaowang").value();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->role, intake::Role::admin);
    EXPECT_EQ(read->hash, account.hash);
    const base::Bytes token{0, 1, 255};
    ASSERT_TRUE(book().begin({token, "xiaowang", "csrf", start, start}));
    EXPECT_EQ(book().session(token, start)->value().csrf, "csrf");
    ASSERT_TRUE(book().touch(token, start + 1h));
    EXPECT_TRUE(book().session(token, start + 30min).value());
    EXPECT_FALSE(book().session(token, start + 2h).value());
    EXPECT_FALSE(book().session(token, start).value()) << "gone for good";
    ASSERT_TRUE(book().record({start, "xiaowang", "invite", terminal_id, "done"}));
    EXPECT_EQ(book().acts()->front().terminal, terminal_id);
    EXPECT_EQ(book().disable("nobody", start).error().code, FaultCode::AnswerNotFound);
}

TEST_P(fleet_book, refused_sign_ins_are_counted_by_day_and_drive_no_act_off_the_page) {
    ASSERT_TRUE(book().add({"xiaowang", intake::Role::admin, {1}, {2}, start}).value());
    ASSERT_TRUE(book().record({start, "xiaowang", "invite", terminal_id, "done"}));
    for (int i = 0; i < 300; ++i)
        ASSERT_TRUE(book().refuse_sign_in("somebody" + std::to_string(i), false, start + 1min));
    ASSERT_TRUE(book().refuse_sign_in("xiaowang", true, start + 2min));
    ASSERT_TRUE(book().refuse_sign_in("xiaowang", true, start + 25h));
    EXPECT_EQ(book().acts()->size(), 1u);
    const auto refused = book().refused_sign_ins().value();
    ASSERT_EQ(refused.size(), 3u);
    EXPECT_EQ(refused[0].account, "xiaowang");
    EXPECT_EQ(refused[1].times, 1) << "of the day before";
    EXPECT_EQ(refused[2].account, "") << "whatever they typed";
    EXPECT_EQ(refused[2].times, 300);
    EXPECT_EQ(book().account("xiaowang").value()->wrong, 2);
    ASSERT_TRUE(book().refuse_sign_in("xiaowang", true, start + 24h * 100));
    EXPECT_EQ(book().refused_sign_ins()->size(), 1u) << "older than ninety days";
}

TEST_P(fleet_book, the_acts_of_one_account_are_bounded_and_another_ones_stay) {
    ASSERT_TRUE(book().record({start, "xiaowang", "invite", terminal_id, "done"}));
    run("WITH RECURSIVE many(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM many WHERE i < 2500)"
        " INSERT INTO console_act SELECT i, 'guest', 'command', '', 'forbidden' FROM many");
    ASSERT_TRUE(book().record({start, "guest", "command", "", "forbidden"}));
    EXPECT_EQ(rows("console_act WHERE account = 'guest'"), intake::acts_kept);
    EXPECT_EQ(rows("console_act WHERE account = 'xiaowang'"), 1);
    EXPECT_EQ(rows("console_act WHERE account = 'guest' AND acted_at < 502"), 0) << "the oldest";
}

TEST_P(fleet_book, the_reports_of_one_terminal_are_bounded) {
    const auto report = [&](std::int64_t n) {
        return CommandReport{n, n, "000000000000000f", "refused-serial"};
    };
    for (int i = 1; i <= intake::command_reports_kept + 30; ++i)
        ASSERT_TRUE(book().hear(heard(i, start + base::Millis{i}), "green", {report(i)}));
    EXPECT_EQ(rows("command_report"), intake::command_reports_kept);
    EXPECT_EQ(book().reports(terminal_id)->front().serial, intake::command_reports_kept + 30);
}

}  // namespace
