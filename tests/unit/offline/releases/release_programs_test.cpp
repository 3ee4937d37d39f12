// The programs as they are started: what the owner makes and the centre publishes reaches a running
// terminal's shelf from a web server or from a stick, and kiosk-update finds it.
#include "base/bounded_queue.hpp"
#include "offline/feeds/staged.hpp"
#include "tests/power_loss/child_process.hpp"
#include "tests/power_loss/training_world.hpp"
#include "tests/tools/free_port.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <fstream>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using papers::Feed;

class release_programs : public testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(folder / "repository/pool");
        fs::create_directories(folder / "stick");
        const std::string package = folder / ("repository/" + path);
        std::ofstream(package) << std::string(700'000, 'p');
        power_loss::make_state(folder.path(), centre_port,
                               "kiosk/catalogue/packs/sample_county/pack.json");
        repository.set_mount_point("/repo", folder / "repository");
        repository_port = repository.bind_to_any_port("127.0.0.1");
        serving = std::thread([this] { repository.listen_after_bind(); });
        std::ofstream(config, std::ios::app)
            << "[updates]\nrepository = \"http://127.0.0.1:" << repository_port << "/repo\"\n";
    }
    void TearDown() override {
        post_office.reset();
        centre.reset();
        repository.stop();
        if (serving.joinable()) serving.join();
    }
    int run(const std::string& command_line) {
        power_loss::ChildProcess shell(
            {"/bin/sh", "-c", command_line + "; echo $? > " + (folder / "status")},
            folder / "commands.log");
        shell.wait();
        return std::stoi(std::string(base::as_text(base::read_file(folder / "status").value())));
    }
    int make_and_publish() {
        return run(std::string(INTAKE) + " release make --config " + config + " --repository " +
                   (folder / "repository") + " --package " + path +
                   " --number 1 --software 2.0 --key " + (folder / "root/release.key") + " --out " +
                   (folder / "list.json") + " && " + INTAKE + " publish release " +
                   (folder / "list.json") + " --config " + config + " --key " +
                   (folder / "root/feed.key"));
    }
    std::string shelved() const {
        const auto bytes = base::read_file(folder / ("repository/" + path)).value();
        return folder / ("feeds/packages/" +
                         base::to_hex(sealing::digest(sealing::SuiteId::one, bytes)) + ".deb");
    }
    bool comes_to_the_shelf() {
        for (int i = 0; i < 600 && !fs::exists(shelved()); ++i) nothing.pop_for({}, 50ms);
        return fs::exists(shelved());
    }
    std::string said() const {
        return std::string(base::as_text(base::read_file(folder / "said").value()));
    }

    base::BoundedQueue<int> nothing{1};  // nobody puts: between two looks
    const Folder folder;
    const int centre_port = tools::free_port();
    const std::string config = folder / "kiosk.toml";
    const std::string path = "pool/citizen-window-kiosk_2.0_all.deb";
    httplib::Server repository;
    int repository_port = 0;
    std::thread serving;
    std::unique_ptr<power_loss::ChildProcess> post_office, centre;
};

TEST_F(release_programs, what_is_published_comes_by_line_and_the_updater_finds_it) {
    ASSERT_EQ(make_and_publish(), 0);
    centre = std::make_unique<power_loss::ChildProcess>(
        std::vector<std::string>{INTAKE, "serve", "--config", config}, folder / "intake.log");
    post_office = std::make_unique<power_loss::ChildProcess>(
        std::vector<std::string>{KIOSK_POST, "--config", config}, folder / "post.log");
    ASSERT_TRUE(comes_to_the_shelf());
    EXPECT_EQ(base::read_file(shelved()).value(),
              base::read_file(folder / ("repository/" + path)).value());
    EXPECT_EQ(
        run(std::string(KIOSK_UPDATE) + " check --config " + config + " > " + (folder / "said")),
        0);
    EXPECT_NE(said().find("citizen-window-kiosk 2.0"), std::string::npos) << said();
    EXPECT_EQ(run(std::string(KIOSK_UPDATE) + " status --config " + config), 0);

    auto list = base::read_file(folder / "feeds/release-1.feed").value();
    list[list.size() - 20] ^= 1;
    ASSERT_TRUE(base::write_file(folder / "feeds/release-1.feed", list));
    EXPECT_EQ(run(std::string(KIOSK_UPDATE) + " check --config " + config), 3)
        << "what the post says is not believed";
}

TEST_F(release_programs, what_is_published_comes_by_stick_where_no_line_is) {
    ASSERT_EQ(make_and_publish(), 0);
    const std::string stick = folder / "stick";
    ASSERT_EQ(run(std::string(INTAKE) + " release stick " + stick + " --config " + config +
                  " --repository " + (folder / "repository")),
              0);
    const std::string post = std::string(KIOSK_POST) + " --config " + config + " ";
    ASSERT_EQ(run(post + "register-stick " + stick), 0);
    EXPECT_EQ(run(post + "import " + stick + " > " + (folder / "said")), 0);
    EXPECT_NE(said().find("第 1 次更新：收下 1 个软件包，还缺 0 个"), std::string::npos) << said();
    EXPECT_TRUE(fs::exists(shelved()));
    EXPECT_EQ(
        run(std::string(KIOSK_UPDATE) + " check --config " + config + " > " + (folder / "said")),
        0);
    EXPECT_NE(said().find("有更新"), std::string::npos);
}

TEST_F(release_programs, a_hostile_stick_is_refused_with_its_own_exit_and_changes_nothing) {
    ASSERT_EQ(make_and_publish(), 0);
    const std::string stick = folder / "stick";
    ASSERT_EQ(run(std::string(INTAKE) + " release stick " + stick + " --config " + config +
                  " --repository " + (folder / "repository")),
              0);
    for (const auto& file : fs::directory_iterator(stick + "/cw-release"))
        if (file.path().extension() == ".deb") std::ofstream(file.path()) << "something else";
    const std::string post = std::string(KIOSK_POST) + " --config " + config + " ";
    ASSERT_EQ(run(post + "register-stick " + stick), 0);
    EXPECT_EQ(run(post + "import " + stick + " > " + (folder / "said")), 4);
    EXPECT_NE(said().find("U盘上的更新被拒绝，原版本不变"), std::string::npos) << said();
    EXPECT_TRUE(feeds::staged_versions(folder / "feeds", Feed::release).empty());
}

}  // namespace
