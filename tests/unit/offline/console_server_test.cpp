// The console over HTTP: what somebody sends who does not play by a browser's rules.
#include "offline/intake/console/console_server.hpp"

#include "offline/intake/fleet/fleet_commands.hpp"
#include "offline/intake/voices/voice_book.hpp"
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using intake::Role;

// Complete as soon as it is taken.
intake::NewCase new_case_of_one_piece() {
    intake::NewCase fresh;
    auto& content = fresh.content;
    content.terminal = terminal_id;
    content.epoch = {1};
    content.seq = 1;
    content.sub_id = domain::SubId::draw();
    content.manifest = base::to_bytes("manifest");
    content.signature = base::Bytes(64, 1);
    content.certificate = base::Bytes(200, 2);
    content.envelope = base::Bytes(10, 3);
    content.local_number = "234567";
    content.item_code = item;
    content.item_name = "高龄津贴申领";
    content.person = base::Bytes(32, 7);
    content.received_at = start;
    fresh.number_prefix = implementation + "20261122";
    return fresh;
}

base::Result<intake::Signed> say_the_place(const intake::Place& place) {
    return intake::Signed{base::to_bytes(place.case_number), {}};
}

class console_server : public testing::Test {
  protected:
    void SetUp() override {
        for (const auto& [name, role] :
             {std::pair{"xiaowang", Role::operator_}, std::pair{"xiaoli", Role::operator_},
              std::pair{"chief", Role::admin}})
            ASSERT_TRUE(intake::console::add_account(store->fleet(), name, role,
                                                     base::SecretText(password), clock.now()));
        intake::Heard heard;
        heard.terminal = terminal_id;
        heard.number = 1;
        heard.said_at = heard.received_at = clock.now();
        heard.content = papers::wire::encode(papers::HeartbeatContent{});
        ASSERT_TRUE(store->fleet().hear(heard, "green", {}));
        serve("");
    }
    void serve(const std::string& proxy) {
        const auto issuer_key = sealing::SigningKey::generate();
        intake::console::ConsoleOptions options;
        options.host = "127.0.0.1";
        options.realm = world.realm;
        options.root = world.pinned;
        options.issuer = intake::EnrolmentParts{
            world.pinned,
            sealing::Issuer::issue(world.root, world.realm, issuer_key.public_key(), {}).value(),
            issuer_key,
            {},
            {}};
        options.feeds_folder = folder / "feeds";
        options.proxy = proxy;
        intake::Site site;
        site.folder = folder / "intake";
        options.voices = site;
        server.reset();
        server =
            intake::console::ConsoleServer::listen(std::move(options), store, clock, log).value();
    }
    httplib::Result post(const std::string& path, const httplib::Params& form,
                         httplib::Headers headers) const {
        return httplib::Client("127.0.0.1", server->port()).Post(path, headers, form);
    }
    std::string page(const std::string& path, const std::string& cookie) const {
        const auto answer =
            httplib::Client("127.0.0.1", server->port()).Get(path, {{"Cookie", cookie}});
        return answer ? answer->body : "";
    }
    // The door's own token first, as its page has it.
    int sign_in(const std::string& name, const std::string& word, httplib::Headers more = {},
                std::string* cookie = nullptr) const {
        const std::string token(64, 'a');
        more.emplace("Cookie", "cw_console_login=" + token);
        const auto answer =
            post("/console/login", {{"name", name}, {"password", word}, {"csrf", token}}, more);
        if (!answer) return 0;
        if (cookie != nullptr) {
            const auto set = answer->get_header_value("Set-Cookie");
            *cookie = set.substr(0, set.find(';'));
        }
        return answer->status;
    }
    struct SignedIn {
        std::string cookie, csrf;
    };
    SignedIn in(const std::string& name) const {
        SignedIn out;
        EXPECT_EQ(sign_in(name, password, {}, &out.cookie), 303);
        const auto text = page("/console", out.cookie);
        const std::string before = "name=\"csrf\" value=\"";
        const auto at = text.find(before);
        if (at != std::string::npos) out.csrf = text.substr(at + before.size(), 64);
        return out;
    }
    httplib::Result order(const SignedIn& who) const {
        return post("/console/t/" + terminal_id + "/command",
                    {{"kind", "restart"}, {"csrf", who.csrf}}, {{"Cookie", who.cookie}});
    }

    int make(const SignedIn& by, const std::string& name, const std::string& role,
             const std::string& word, const std::string& csrf) const {
        const auto answer =
            post("/console/accounts",
                 {{"name", name}, {"role", role}, {"password", word}, {"csrf", csrf}},
                 {{"Cookie", by.cookie}});
        return answer ? answer->status : 0;
    }

    const std::string password = "correct horse battery";
    Folder folder;
    World world;
    base::ManualClock clock{start};
    CountingLog log;
    std::shared_ptr<intake::CaseStore> store =
        std::shared_ptr<intake::CaseStore>(intake::IntakeStore::open(folder / "intake").value());
    std::unique_ptr<intake::console::ConsoleServer> server;
};

TEST_F(console_server, only_an_administrator_makes_an_account_and_its_password_is_nowhere) {
    const auto wang = in("xiaowang"), chief = in("chief");
    const std::string secret = "never written down";
    EXPECT_EQ(make(wang, "newcomer", "admin", secret, wang.csrf), 403);
    EXPECT_EQ(make(chief, "newcomer", "admin", secret, wang.csrf), 403) << "another's token";
    EXPECT_EQ(make(chief, "newcomer", "emperor", secret, chief.csrf), 422);
    EXPECT_EQ(make(chief, "<b>", "viewer", secret, chief.csrf), 422);
    EXPECT_EQ(make(chief, "newcomer", "viewer", "short", chief.csrf), 422);
    EXPECT_EQ(make(chief, "xiaowang", "admin", secret, chief.csrf), 422) << "there is one";
    EXPECT_EQ(sign_in("newcomer", secret), 403);
    EXPECT_EQ(make(chief, "newcomer", "viewer", secret, chief.csrf), 303);
    EXPECT_EQ(sign_in("newcomer", secret), 303);
    EXPECT_EQ(order(in("xiaowang"))->status, 303) << "who was there stays what they are";
    const auto acts = page("/console/acts", chief.cookie);
    EXPECT_NE(acts.find("建立账号 newcomer"), std::string::npos);
    EXPECT_EQ(acts.find(secret), std::string::npos);
    EXPECT_EQ(page("/console/acts", wang.cookie).find("newcomer"), std::string::npos);
    EXPECT_TRUE(log.has("ConsoleActed", R"("account-newcomer","outcome":"done")"));
    EXPECT_TRUE(log.has("ConsoleActed", R"("account-newcomer","outcome":"forbidden")"));
    EXPECT_FALSE(log.has("ConsoleActed", secret));
}

TEST_F(console_server, that_something_was_ordered_is_said_to_who_did_it_and_to_nobody_else) {
    const auto wang = in("xiaowang"), li = in("xiaoli");
    const std::string terminal = "/console/t/" + terminal_id;
    for (const auto* link : {"?sent=1", "?sent=", "?sent=x", "?sent=0", "?sent=-1"})
        EXPECT_EQ(page(terminal + link, wang.cookie).find("已下达"), std::string::npos)
            << "nothing was ordered: " << link;
    const auto answer = order(wang);
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 303);
    const auto where = answer->get_header_value("Location");
    EXPECT_NE(page(where, wang.cookie).find("指令 1（重新启动程序）已下达：等待终端来取"),
              std::string::npos);
    EXPECT_EQ(page(where, li.cookie).find("已下达"), std::string::npos);
    EXPECT_EQ(page(terminal + "?sent=2", wang.cookie).find("已下达"), std::string::npos);
    EXPECT_EQ(page("/console/t/000101001001002?sent=1", wang.cookie).find("已下达"),
              std::string::npos);
}

TEST_F(console_server, a_case_is_moved_by_the_form_and_what_is_not_allowed_is_said) {
    const auto fresh = new_case_of_one_piece();
    const auto taken = store->take(fresh, say_the_place).value();
    ASSERT_TRUE(store->apply_next([](const auto&) { return intake::Verdict{}; }, clock.now()));
    const auto wang = in("xiaowang");
    const std::string where = "/console/cases/" + taken.case_number;
    EXPECT_NE(page("/console/cases", wang.cookie).find(where), std::string::npos);
    const auto move = [&](const SignedIn& who, const std::string& state, const std::string& csrf) {
        const auto answer = post(where, {{"state", state}, {"office", "<民政局>"}, {"csrf", csrf}},
                                 {{"Cookie", who.cookie}});
        return answer ? answer->status : 0;
    };
    EXPECT_EQ(move(wang, "ACCEPTED", std::string(64, 'a')), 403) << "another's token";
    EXPECT_EQ(move(wang, "DECIDED", wang.csrf), 422);
    EXPECT_EQ(move(wang, "NONSENSE", wang.csrf), 422);
    EXPECT_TRUE(store->life().find(taken.case_number)->events.empty());
    EXPECT_EQ(move(wang, "ACCEPTED", wang.csrf), 303);
    const auto shown = page(where, wang.cookie);
    EXPECT_NE(shown.find("已受理"), std::string::npos);
    EXPECT_NE(shown.find("&lt;民政局&gt;"), std::string::npos);
    EXPECT_EQ(store->life().find(taken.case_number)->events.at(0).by, "xiaowang");
    EXPECT_TRUE(log.has("CaseMoved", R"("from":"RECEIVED","to":"ACCEPTED")"));
    EXPECT_NE(page("/console/cases/NONE", wang.cookie).find("没有这个办件"), std::string::npos);
}

TEST_F(console_server, behind_a_proxy_the_tries_of_one_are_not_those_of_another) {
    const auto tries = [&](const std::string& of) {
        int last = 0;
        for (int i = 0; i < 21; ++i)
            last = sign_in("somebody" + std::to_string(i), "x", {{"X-Forwarded-For", of}});
        return last;
    };
    EXPECT_EQ(tries("10.9.9.9"), 429);
    EXPECT_EQ(sign_in("xiaowang", password, {{"X-Forwarded-For", "10.0.0.7"}}), 429)
        << "no proxy is named: what anybody writes there says nothing";
    serve("127.0.0.1");
    EXPECT_EQ(tries("10.9.9.9"), 429);
    EXPECT_EQ(sign_in("xiaowang", password, {{"X-Forwarded-For", "10.0.0.7, 10.9.9.9"}}), 429)
        << "whatever it sent itself";
    EXPECT_EQ(sign_in("xiaowang", password, {{"X-Forwarded-For", "10.9.9.9, 10.0.0.7"}}), 303);
}

TEST_F(console_server, who_orders_something_of_a_terminal_that_ended_is_told_so) {
    const auto wang = in("xiaowang");
    auto key = sealing::SigningKey::generate();
    ASSERT_TRUE(store->book().invite({"2345",
                                      {terminal_id, terminal_id.substr(0, 12), "x", {}},
                                      "",
                                      clock.now() + 1h,
                                      base::Bytes(32, 1),
                                      base::Bytes(64, 2)},
                                     clock.now()));
    ASSERT_TRUE(store->book().enrol(
        "2345", key.public_key(), clock.now(),
        [&](const intake::OpenInvitation& invited) -> base::Result<intake::RegisteredCertificate> {
            intake::RegisteredCertificate out;
            out.id = "aa";
            out.place = invited.place;
            out.key = key.public_key();
            out.issued_at = clock.now();
            out.not_after = clock.now() + 24h;
            return out;
        }));
    ASSERT_TRUE(store->book().end(terminal_id, intake::Ended::lost, clock.now()));
    const auto answer = order(wang);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 422);
    EXPECT_NE(answer->body.find("这台终端已停用，不再接受指令"), std::string::npos);
    EXPECT_TRUE(store->fleet().commands(terminal_id)->empty());
}

TEST_F(console_server, a_work_order_is_answered_with_the_own_form_and_by_who_may_act_alone) {
    ASSERT_TRUE(intake::console::add_account(store->fleet(), "looker", Role::viewer,
                                             base::SecretText(password), clock.now()));
    auto book = intake::VoiceBook::open(folder / "intake").value();
    intake::StoredCase complete;
    complete.sub_id = domain::SubId::draw();
    complete.case_number = "N0001";
    complete.received_at = clock.now();
    catalogue::CheckedVoice said;
    said.voice.kind = catalogue::VoiceKind::complaint;
    said.token = "x";
    said.follow_up = true;
    said.reply_days = 5;
    ASSERT_TRUE(book.take(complete, said));
    const auto wang = in("xiaowang"), looker = in("looker");
    EXPECT_NE(page("/console/voices", wang.cookie).find("N0001"), std::string::npos);
    EXPECT_NE(page("/console/voices/N0001", looker.cookie).find("内容只给办理的人看"),
              std::string::npos);
    const auto reply = [&](const SignedIn& who, const std::string& csrf, const std::string& text) {
        const auto answer = post("/console/voices/N0001/reply", {{"text", text}, {"csrf", csrf}},
                                 {{"Cookie", who.cookie}});
        return answer ? answer->status : 0;
    };
    EXPECT_EQ(reply(looker, looker.csrf, "x"), 403);
    EXPECT_EQ(reply(wang, looker.csrf, "x"), 403) << "another's token";
    EXPECT_EQ(book.order("N0001")->state, "received");
    EXPECT_EQ(reply(wang, wang.csrf, "明天请来。"), 303);
    EXPECT_EQ(book.order("N0001")->reply, "明天请来。");
    EXPECT_TRUE(log.has("ConsoleActed", R"("voice-reply","outcome":"done")"));
    EXPECT_FALSE(log.has("ConsoleActed", "明天请来"));
    EXPECT_EQ(post("/console/voices/N9999/close", {{"csrf", wang.csrf}}, {{"Cookie", wang.cookie}})
                  ->status,
              404);
}

}  // namespace
