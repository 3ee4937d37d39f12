// The console without a browser: who gets in, how long they stay, what is shown of what came from
// outside.
#include "offline/intake/console/addresses.hpp"
#include "offline/intake/console/pages.hpp"
#include "offline/store/database.hpp"
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using intake::Role;
using intake::console::Accounts;

class console : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(intake::console::add_account(book, "xiaowang", Role::operator_,
                                                 base::SecretText(password), clock.now()));
    }
    base::Result<std::string> sign_in(const std::string& word,
                                      const std::string& from = "10.0.0.1") {
        return accounts.sign_in("xiaowang", base::SecretText(word), from);
    }
    std::string in() { return sign_in(password).value(); }
    bool knows(const std::string& cookie) { return accounts.visitor(cookie)->has_value(); }

    const std::string password = "correct horse battery";
    Folder folder;
    base::ManualClock clock{start};
    CountingLog log;
    std::unique_ptr<intake::CaseStore> store = intake::IntakeStore::open(folder / "intake").value();
    intake::FleetBook& book = store->fleet();
    Accounts accounts{book, clock, log};
};

TEST_F(console, who_has_an_account_gets_in_and_is_known_by_the_cookie) {
    const auto cookie = in();
    const auto who = accounts.visitor(cookie).value();
    ASSERT_TRUE(who);
    EXPECT_EQ(who->name, "xiaowang");
    EXPECT_TRUE(who->may_act());
    EXPECT_FALSE(who->may_see_acts());
    EXPECT_FALSE(knows(std::string(64, '0')));
    EXPECT_FALSE(knows(""));
    EXPECT_TRUE(log.has("ConsoleSignedIn", "operator"));
}

TEST_F(console, neither_password_nor_cookie_stands_in_the_database) {
    const auto cookie = in();
    for (const auto& file : fs::directory_iterator(folder / "intake")) {
        if (!file.is_regular_file()) continue;
        const auto bytes = base::read_file(file.path().string()).value();
        EXPECT_EQ(base::as_text(bytes).find(password), std::string_view::npos);
        EXPECT_EQ(base::as_text(bytes).find(cookie), std::string_view::npos);
    }
}

TEST_F(console, a_session_ends_when_nobody_uses_it_and_after_a_day_of_work) {
    auto cookie = in();
    clock.forward(19min);
    EXPECT_TRUE(knows(cookie));
    clock.forward(19min);
    EXPECT_TRUE(knows(cookie)) << "it was used in between";
    clock.forward(21min);
    EXPECT_FALSE(knows(cookie));
    cookie = in();
    for (int i = 0; i < 39; ++i) {
        clock.forward(15min);
        EXPECT_TRUE(knows(cookie));
    }
    clock.forward(16min);
    EXPECT_FALSE(knows(cookie)) << "ten hours, however busy";
}

TEST_F(console, who_signed_out_or_was_disabled_is_out) {
    const auto cookie = in(), other = in();
    ASSERT_TRUE(accounts.sign_out(cookie));
    EXPECT_FALSE(knows(cookie));
    EXPECT_TRUE(knows(other));
    ASSERT_TRUE(book.disable("xiaowang", clock.now()));
    EXPECT_FALSE(knows(other));
    EXPECT_EQ(sign_in(password).error().code, FaultCode::ConsoleRefused);
}

TEST_F(console, wrong_passwords_cost_time_and_lock_in_the_end) {
    const auto wrong = [&] { return sign_in("correct horse batteri").error().code; };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(wrong(), FaultCode::ConsoleRefused);
    EXPECT_EQ(sign_in(password).error().code, FaultCode::TechnicianMustWait)
        << "the right one, too";
    clock.forward(61s);
    ASSERT_TRUE(sign_in(password)) << "and forgiven";
    for (int i = 0; i < 15; ++i) {
        EXPECT_EQ(wrong(), FaultCode::ConsoleRefused);
        clock.forward(2h);
    }
    EXPECT_EQ(sign_in(password).error().code, FaultCode::ConsoleRefused) << "locked";
    EXPECT_TRUE(log.has("ConsoleSignedIn", "locked"));
    ASSERT_TRUE(book.forgive("xiaowang"));
    EXPECT_TRUE(sign_in(password)) << "by intake accounts unlock";
}

TEST_F(console, ten_thousand_addresses_keep_nobody_else_out) {
    const base::SecretText too_long(std::string(300, 'x'));  // refused without a hash's time
    for (std::size_t i = 0; i < intake::console::addresses_max + 10; ++i)
        EXPECT_EQ(accounts.sign_in("x", too_long, "from " + std::to_string(i)).error().code,
                  FaultCode::ConsoleRefused);
    EXPECT_TRUE(accounts.sign_in("xiaowang", base::SecretText(password), "another one"));
}

TEST(console_addresses, only_the_proxys_own_word_says_who_asks) {
    using intake::console::who_asks;
    const std::string proxy = "127.0.0.1";
    const auto direct = who_asks("10.0.0.7", {}, "");
    EXPECT_NE(direct, who_asks("10.0.0.8", {}, ""));
    EXPECT_EQ(who_asks("10.0.0.7", {"10.9.9.9"}, ""), direct) << "no proxy: anybody may write that";
    EXPECT_EQ(who_asks("10.0.0.7", {"10.9.9.9"}, proxy), direct) << "and this one is none";
    EXPECT_EQ(who_asks(proxy, {"10.0.0.7"}, proxy), direct);
    EXPECT_EQ(who_asks("::ffff:127.0.0.1", {"10.0.0.7"}, proxy), direct);
    EXPECT_EQ(who_asks(proxy, {"10.9.9.9, 10.0.0.7"}, proxy), direct) << "what it wrote itself";
    EXPECT_EQ(who_asks(proxy, {"10.9.9.9", "10.8.8.8,\t10.0.0.7 "}, proxy), direct);
    EXPECT_EQ(who_asks(proxy, {"::ffff:10.0.0.7"}, proxy), direct);
    const auto of_the_proxy = who_asks(proxy, {}, proxy);
    for (const auto* nonsense : {"", ",", "unknown", "10.0.0.7,", "10.0.0.7:80", "10.0.0"})
        EXPECT_EQ(who_asks(proxy, {nonsense}, proxy), of_the_proxy) << nonsense;
    EXPECT_EQ(who_asks("2001:db8:1:2::3", {}, ""), who_asks("2001:db8:1:2:ffff::4", {}, ""))
        << "one household";
    EXPECT_NE(who_asks("2001:db8:1:2::3", {}, ""), who_asks("2001:db8:1:3::3", {}, ""));
}

// From ever new addresses, so that only the name counts.
TEST_F(console, a_name_that_nobody_has_is_refused_waits_and_locks_like_one_that_somebody_has) {
    ASSERT_TRUE(intake::console::add_account(book, "disabled", Role::viewer,
                                             base::SecretText(password), clock.now()));
    ASSERT_TRUE(book.disable("disabled", clock.now()));
    int from = 0;
    const auto tries = [&](const std::string& name) {
        return accounts
            .sign_in(name, base::SecretText("correct horse batteri"),
                     "10.1.0." + std::to_string(++from))
            .error()
            .code;
    };
    int waited = 0;
    for (int i = 0; i < 24; ++i) {
        const auto known = tries("xiaowang");
        EXPECT_EQ(tries("nobody.here"), known) << i;
        EXPECT_EQ(tries("disabled"), known) << i;
        waited += known == FaultCode::TechnicianMustWait ? 1 : 0;
        clock.forward(i % 3 == 0 ? 10s : 7200s);
    }
    EXPECT_GT(waited, 0);
    EXPECT_EQ(tries("nobody.here"), FaultCode::ConsoleRefused) << "locked: no wait to be seen";
}

TEST_F(console, one_address_has_so_many_tries_in_a_minute) {
    base::FaultCode last{};
    for (int i = 0; i < 21; ++i)
        last = accounts.sign_in("somebody" + std::to_string(i), base::SecretText("x"), "10.9.9.9")
                   .error()
                   .code;
    EXPECT_EQ(last, FaultCode::TechnicianMustWait);
    EXPECT_TRUE(sign_in(password)) << "another address does not pay for it";
    clock.forward(61s);
    EXPECT_EQ(accounts.sign_in("somebody", base::SecretText("x"), "10.9.9.9").error().code,
              FaultCode::ConsoleRefused);
}

TEST_F(console, a_telephone_number_typed_as_a_name_is_neither_logged_nor_stored) {
    const std::string telephone = "13800000000", id_number = "000101194601020124";
    for (const auto& typed : {"张三 " + telephone, telephone, id_number})
        EXPECT_FALSE(accounts.sign_in(typed, base::SecretText("x"), "10.0.0.2"));
    EXPECT_FALSE(sign_in("wrong"));
    EXPECT_TRUE(log.has("ConsoleSignedIn", "none"));
    EXPECT_TRUE(log.has("ConsoleSignedIn", "xiaowang")) << "whose account it is stands there";
    for (const auto& number : {telephone, id_number}) {
        EXPECT_FALSE(log.has("ConsoleSignedIn", number));
        for (const auto& file : fs::directory_iterator(folder / "intake")) {
            if (!file.is_regular_file()) continue;
            const auto bytes = base::read_file(file.path().string()).value();
            EXPECT_EQ(base::as_text(bytes).find(number), std::string_view::npos) << file.path();
        }
    }
}

TEST_F(console, a_short_password_or_a_name_that_is_taken_makes_no_account) {
    const auto add = [&](const std::string& name, const std::string& word) {
        return intake::console::add_account(book, name, Role::viewer, base::SecretText(word),
                                            clock.now());
    };
    EXPECT_FALSE(add("guest", "elevenchars"));
    EXPECT_FALSE(add("xiaowang", "another long password"));
    EXPECT_FALSE(add("Xiao Wang", "another long password"));
    EXPECT_TRUE(add("guest", "十二个汉字就够长的密码吧"));
    EXPECT_EQ(book.accounts()->size(), 2u);
}

TEST_F(console, what_comes_from_outside_is_shown_and_never_markup) {
    intake::FleetLine line;
    line.place.terminal = terminal_id;
    line.place.point = "<script>alert(1)</script>\"'&";
    line.content.emplace();
    line.content->app = "<u>1</u>";
    line.judgement.causes = {{intake::Light::red, "<img src=x onerror=y>"}};
    const intake::console::Visitor who{"xiaowang", Role::admin, std::string(64, 'a')};
    for (const auto& page :
         {intake::console::list_page(who, {line}, clock.now(), std::nullopt),
          intake::console::terminal_page(who, {line, {}, {}, {}}, clock.now(), std::nullopt)}) {
        EXPECT_EQ(page.find("<script"), std::string::npos);
        EXPECT_EQ(page.find("<img"), std::string::npos);
        EXPECT_EQ(page.find("<u>1</u>"), std::string::npos);
        EXPECT_NE(page.find("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"),
                  std::string::npos);
    }
}

TEST_F(console, how_long_tray_and_roll_last_stands_on_the_terminals_page_as_far_as_it_is_known) {
    intake::FleetLine line;
    line.place.terminal = terminal_id;
    line.content.emplace();
    line.content->roll_hours = 18;
    const intake::console::Visitor who{"xiaowang", Role::admin, std::string(64, 'a')};
    const auto page =
        intake::console::terminal_page(who, {line, {}, {}, {}}, clock.now(), std::nullopt);
    EXPECT_NE(page.find("小票纸卷还够"), std::string::npos);
    EXPECT_NE(page.find("约 18 小时"), std::string::npos);
    EXPECT_EQ(page.find("约 -1 小时"), std::string::npos);
}

TEST_F(console, a_form_is_read_as_it_was_sent) {
    using intake::console::form_field;
    EXPECT_EQ(form_field("a=1&text=%E4%BD%A0+%26&b=", "text"), "你 &");
    EXPECT_EQ(form_field("a=1&text=x", "b"), "");
    EXPECT_EQ(form_field("text=%FF%FE", "text"), "") << "no UTF-8";
    EXPECT_EQ(form_field("text=%4", "text"), "%4");
}

TEST_F(console, an_old_store_gets_the_new_tables_and_keeps_what_it_had) {
    store.reset();
    {
        auto database =
            store::Database::open(folder / "intake/intake.sqlite", store::Access::shared);
        ASSERT_TRUE(database->execute(
            "DROP TABLE heard; DROP TABLE heartbeat; DROP TABLE command; DROP TABLE command_report;"
            "DROP TABLE account; DROP TABLE console_session; DROP TABLE console_act;"
            "DROP TABLE still_talking; DROP TABLE sign_in_refused; DROP TABLE case_event;"
            "DROP INDEX certificate_by_terminal;"
            "INSERT INTO number_of VALUES ('x', 7); PRAGMA user_version = 3"));
    }
    const auto again = intake::IntakeStore::open(folder / "intake");
    ASSERT_TRUE(again) << again.error().safe_detail;
    EXPECT_TRUE((*again)->fleet().accounts()->empty());
    EXPECT_TRUE((*again)->fleet().all_heard()->empty());
}

TEST_F(console, the_versions_count_the_terminals_that_use_each_and_leave_out_those_that_are_over) {
    const auto line = [](std::int64_t pack, const char* state) {
        intake::FleetLine out;
        out.place.terminal = terminal_id;
        out.state = state;
        out.content.emplace();
        out.content->app = "1.0";
        out.content->pack = "county";
        out.content->pack_version = pack;
        out.content->key_set = 2;
        return out;
    };
    const intake::console::Visitor who{"xiaowang", Role::viewer, std::string(64, 'a')};
    const auto page = intake::console::versions_page(
        who, {{"pack", 4}, {"key_set", 0}},
        {line(3, "live"), line(4, "live"), line(4, "live"), line(4, "revoked")});
    const auto has = [&](const std::string& text) { return page.find(text) != std::string::npos; };
    EXPECT_TRUE(has("事项包</td><td>4"));
    EXPECT_TRUE(has("密钥集</td><td>没有发布过"));
    EXPECT_TRUE(has("county 第 3 版　密钥集 第 2 版</td><td>1 台"));
    EXPECT_TRUE(has("county 第 4 版　密钥集 第 2 版</td><td>2 台"));
    EXPECT_TRUE(has("intake publish"));
    EXPECT_FALSE(has("<form method=\"post\" action=\"/console/versions"));
    EXPECT_NE(intake::console::versions_page(who, {}, {}).find("还没有终端报过"),
              std::string::npos);
}

}  // namespace
