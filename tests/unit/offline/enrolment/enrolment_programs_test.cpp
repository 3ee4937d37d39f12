// The programs as they are started: a machine with nothing but a configuration becomes a terminal
// with a code of the centre, hands in, is renewed, and is taken out of service.
#include "base/bounded_queue.hpp"
#include "offline/post/post_client.hpp"
#include "tests/power_loss/child_process.hpp"
#include "tests/power_loss/training_world.hpp"
#include "tests/tools/free_port.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;

enum Exit {
    in_order = 0,
    configuration = 2,
    not_enrolled = 5,
    code_refused = 6,
    not_believed = 7,
    unreachable = 8,
    revoked = 9
};

class enrolment_programs : public testing::Test {
  protected:
    void SetUp() override {
        power_loss::make_state(centre_folder.path(), port,
                               "kiosk/catalogue/packs/sample_county/pack.json");
        // The machine has the configuration alone, and its own number.
        auto text = std::string(base::as_text(base::read_file(centre_config).value()));
        const auto at = text.find(terminal_id);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, terminal_id.size(), machine_id);
        ASSERT_TRUE(base::write_file(config, base::to_bytes(text)));
    }
    void start_centre() {
        const std::string log = centre_folder / ("intake" + std::to_string(++starts) + ".log");
        centre = std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{INTAKE, "serve", "--config", centre_config}, log);
        ASSERT_TRUE(log_says(log, "ProgramStarted"));
    }
    void start_post() {
        post_office = std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{KIOSK_POST, "--config", config}, folder / "post.log");
        client = std::make_unique<post::PostClient>(
            post::ClientOptions{folder / "post.sock", domain::Realm::training},
            [this](post::PostEvent event) { EXPECT_TRUE(events.push(std::move(event))); });
    }
    int run(const std::string& command_line) {
        power_loss::ChildProcess shell(
            {"/bin/sh", "-c",
             command_line + " > " + (folder / "said") + "; echo $? > " + (folder / "status")},
            folder / "commands.log");
        shell.wait();
        return std::stoi(std::string(base::as_text(base::read_file(folder / "status").value())));
    }
    int post(const std::string& words) {
        return run(std::string(KIOSK_POST) + " " + words + " --config " + config);
    }
    int intake(const std::string& words) {
        return run(std::string(INTAKE) + " " + words + " --config " + centre_config);
    }
    std::string said() const {
        return std::string(base::as_text(base::read_file(folder / "said").value()));
    }
    // Of what was said last: behind a word and a tab.
    std::string said_of(const std::string& word) const {
        const std::string text = said();
        const auto at = text.find(word + "\t");
        if (at == std::string::npos) return "";
        const auto from = at + word.size() + 1;
        return text.substr(from, text.find('\n', from) - from);
    }
    bool log_says(const std::string& path, const std::string& text) {
        for (int i = 0; i < 600; ++i) {
            const auto log = base::read_file(path);
            if (log && base::as_text(*log).find(text) != std::string_view::npos) return true;
            nothing.pop_for({}, 50ms);
        }
        return false;
    }
    bool centre_has(int cases) {
        for (int i = 0; i < 600; ++i) {
            if (intake("count") == in_order && said() == std::to_string(cases) + "\n") return true;
            nothing.pop_for({}, 50ms);
        }
        return false;
    }
    template <class Event, class Holds>
    Event event_when(Holds holds) {
        for (;;) {
            auto event = events.pop_for({}, 30s);
            if (!event) throw std::runtime_error("no event came");
            auto* wanted = std::get_if<Event>(&*event);
            if (wanted != nullptr && holds(*wanted)) return std::move(*wanted);
        }
    }
    void status_when(const std::function<bool(const domain::PostStatus&)>& holds) {
        event_when<post::StatusChanged>([&](const auto& changed) { return holds(changed.status); });
    }
    base::Result<domain::LocalReceipt> hand_in() {
        const std::string any_id = "00112233445566778899aabbccddeeff";
        const auto id = domain::SubId::draw();
        std::string text(base::as_text(whole));
        for (auto at = text.find(any_id); at != std::string::npos; at = text.find(any_id))
            text.replace(at, any_id.size(), id.text());
        const auto keys = power_loss::keys_of(folder.path());
        client->accept({1, ++asked},
                       {id, item, 1, start,
                        sealing::seal_submission(keys, start, id, base::to_bytes(text)).value()});
        return event_when<post::AcceptFinished>([](const auto&) { return true; }).receipt;
    }

    const int port = tools::free_port();
    const std::string machine_id = "000101001001042";
    const Folder centre_folder, folder;
    const std::string centre_config = centre_folder / "kiosk.toml", config = folder / "kiosk.toml";
    const base::Bytes whole = base::read_file("tests/fuzz/corpus/submission/whole.json").value();
    base::BoundedQueue<int> nothing{1};  // nobody puts: between two looks
    base::BoundedQueue<post::PostEvent> events{1000};
    std::uint64_t asked = 0;
    int starts = 0;
    std::unique_ptr<power_loss::ChildProcess> centre, post_office;
    std::unique_ptr<post::PostClient> client;
};

TEST_F(enrolment_programs, a_machine_with_a_code_becomes_a_terminal_delivers_and_is_revoked) {
    start_centre();  // makes its tables
    EXPECT_EQ(post("identity"), not_enrolled);
    EXPECT_EQ(post(""), not_enrolled) << "the post does not start";
    ASSERT_EQ(intake("terminals invite --terminal " + machine_id +
                     " --division 000101001001 --point 一楼大厅 --profile hall --qr " +
                     (folder / "invitation.svg")),
              in_order);
    const std::string code = said_of("登记码"), root = said_of("根指纹"), text = said_of("邀请");
    EXPECT_TRUE(fs::exists(folder / "invitation.svg"));
    centre->kill_now();
    const std::string with_code = "enrol --code " + code + " --root ";
    EXPECT_EQ(post(with_code + root), unreachable);
    EXPECT_EQ(post("enrol --root " + root), configuration) << "no code at all";
    EXPECT_EQ(post("enrol --code 2345-6789 --root " + root), code_refused);

    start_centre();
    EXPECT_EQ(post("enrol --code " + papers::InvitationCode::draw().text() + " --root " + root),
              code_refused);
    EXPECT_EQ(post(with_code + sealing::fingerprint(World().pinned)), not_believed);
    EXPECT_EQ(post("identity"), not_enrolled) << "nothing was changed";
    EXPECT_EQ(post("enrol --invitation '" + text + "'"), in_order);
    EXPECT_NE(said().find("登记完成"), std::string::npos);
    EXPECT_EQ(post("identity"), in_order);
    EXPECT_EQ(said_of("终端"), machine_id);
    const std::string certificate = said_of("证书");
    EXPECT_EQ(post("enrol --invitation '" + text + "' --again"), in_order);
    EXPECT_EQ(said_of("证书"), certificate) << "asked again, the same one";
    EXPECT_EQ(intake("terminals invite --terminal " + machine_id +
                     " --division 000101001001 --point x --profile hall"),
              1)
        << "it is live";

    start_post();
    ASSERT_TRUE(hand_in());
    EXPECT_TRUE(centre_has(1));
    EXPECT_EQ(post("renew"), in_order);
    EXPECT_NE(said_of("证书"), certificate);
    post_office->kill_now();
    start_post();
    ASSERT_TRUE(hand_in()) << "under the renewed certificate";
    EXPECT_TRUE(centre_has(2));

    EXPECT_EQ(intake("terminals lost " + machine_id), in_order);
    EXPECT_EQ(said_of("最大编号"), "2");
    ASSERT_EQ(intake("terminals revocations"), in_order);
    fs::copy_file(folder / "said", folder / "revoked");
    EXPECT_EQ(intake("publish revocation " + (folder / "revoked") + " --key " +
                     (centre_folder / "root/feed.key")),
              in_order);
    status_when([](const auto& status) { return status.revoked && !status.taking; });
    const auto refused = hand_in();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, FaultCode::TerminalRevoked);
    EXPECT_TRUE(log_says(folder / "post.log", "\"CertificateState\",\"state\":\"revoked\""));
    EXPECT_EQ(post("renew"), revoked);
    EXPECT_TRUE(centre_has(2));
}

TEST_F(enrolment_programs, a_machine_that_takes_anothers_place_gives_out_no_number_twice) {
    start_centre();
    const auto enrol = [&](const std::string& invite) {
        ASSERT_EQ(intake(invite), in_order);
        ASSERT_EQ(post("enrol --invitation '" + said_of("邀请") + "'"), in_order);
    };
    enrol("terminals invite --terminal " + machine_id +
          " --division 000101001001 --point x --profile village");
    start_post();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(hand_in());
    EXPECT_TRUE(centre_has(3));
    post_office->kill_now();
    // The machine is stolen; an empty one comes.
    for (const char* gone : {"outbox", "post", "keys", "enrolment"}) fs::remove_all(folder / gone);
    enrol("terminals replace " + machine_id);
    EXPECT_EQ(said_of("形态"), "村（社区）") << "the place stays the same";
    start_post();
    const auto fourth = hand_in();
    ASSERT_TRUE(fourth);
    EXPECT_GT(fourth->seq, 3) << "above all that the centre knows";
    EXPECT_TRUE(centre_has(4));
}

}  // namespace
