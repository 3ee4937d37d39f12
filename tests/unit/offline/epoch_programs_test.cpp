// The programs as they are started: a disk that was put back to an earlier state waits for a
// person, who lets it go on under a new epoch.
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

class epoch_programs : public testing::Test {
  protected:
    void SetUp() override {
        power_loss::make_state(folder.path(), tools::free_port(),
                               "kiosk/catalogue/packs/sample_county/pack.json",
                               domain::SuiteId::one);
        centre = std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{INTAKE, "serve", "--config", config}, folder / "intake.log");
        start_post();
    }
    void start_post() {
        post_office = std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{KIOSK_POST, "--config", config}, folder / "post.log");
    }
    std::string output_of(const std::string& command_line) {
        power_loss::ChildProcess shell(
            {"/bin/sh", "-c", command_line + " --config " + config + " > " + (folder / "said")},
            folder / "commands.log");
        shell.wait();
        const auto bytes = base::read_file(folder / "said").value();
        return {bytes.begin(), bytes.end()};
    }
    // What the post said last within 30 s that holds.
    template <class Holds>
    domain::PostStatus status_when(Holds holds) {
        for (;;) {
            const auto event = events.pop_for({}, 30s);
            if (!event) throw std::runtime_error("no event came");
            const auto* changed = std::get_if<post::StatusChanged>(&*event);
            if (changed != nullptr && holds(changed->status)) return changed->status;
        }
    }
    void hand_in() {
        const std::string any_id = "00112233445566778899aabbccddeeff";
        const auto id = domain::SubId::draw();
        std::string text(base::as_text(whole));
        for (auto at = text.find(any_id); at != std::string::npos; at = text.find(any_id))
            text.replace(at, any_id.size(), id.text());
        const auto keys = power_loss::keys_of(folder.path());
        client->accept({1, ++asked},
                       {id, item, 1, start,
                        sealing::seal_submission(keys, start, id, base::to_bytes(text)).value()});
    }
    void hand_in_and_deliver() {
        hand_in();
        status_when([](const auto& status) { return status.waiting == 1; });
        status_when([](const auto& status) { return status.waiting == 0; });
    }
    bool post_log_says(const std::string& text) {
        for (int i = 0; i < 600; ++i) {
            const auto log = base::read_file(folder / "post.log").value();
            if (base::as_text(log).find(text) != std::string_view::npos) return true;
            nothing.pop_for({}, 50ms);
        }
        return false;
    }

    const Folder folder;
    const std::string config = folder / "kiosk.toml";
    const base::Bytes whole = base::read_file("tests/fuzz/corpus/submission/whole.json").value();
    base::BoundedQueue<int> nothing{1};  // nobody puts: between two looks
    base::BoundedQueue<post::PostEvent> events{1000};
    std::uint64_t asked = 0;
    std::unique_ptr<power_loss::ChildProcess> centre, post_office;
    std::unique_ptr<post::PostClient> client = std::make_unique<post::PostClient>(
        post::ClientOptions{folder / "post.sock", domain::Realm::training},
        [this](post::PostEvent event) { EXPECT_TRUE(events.push(std::move(event))); });
};

TEST_F(epoch_programs, a_disk_put_back_waits_for_a_person_and_goes_on_under_a_new_epoch) {
    const std::string outbox = folder / "outbox", copy = folder / "copy";
    hand_in_and_deliver();
    post_office->kill_now();
    power_loss::ChildProcess({"/bin/cp", "-a", outbox, copy}, folder / "commands.log").wait();
    start_post();
    hand_in_and_deliver();

    post_office->kill_now();
    fs::remove_all(outbox);
    fs::rename(copy, outbox);
    start_post();
    ASSERT_TRUE(post_log_says("\"DeliveryWaits\",\"why\":\"authority\""))
        << "the centre knows more";
    hand_in();
    EXPECT_TRUE(status_when([](const auto& status) { return status.waiting == 1; }).taking)
        << "it keeps, and waits";
    post_office->kill_now();
    const std::string terminals = output_of(std::string(INTAKE) + " terminals");
    EXPECT_NE(terminals.find("\t2\t2\t"), std::string::npos)
        << "two cases, the highest 2: " << terminals;
    EXPECT_NE(output_of(std::string(KIOSK_POST) + " begin-epoch --above 2").find("待送 1 件"),
              std::string::npos);
    start_post();
    status_when([](const auto& status) { return status.waiting == 0; });
    hand_in_and_deliver();
    EXPECT_EQ(output_of(std::string(INTAKE) + " count"), "4\n");
}

}  // namespace
