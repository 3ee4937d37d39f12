// The UPS: what upsc prints, rubbish included, what is told of it, and a real upsd asked through
// the real upsc.
#include "drivers/cabinet/emulated/emulated_ups.hpp"
#include "drivers/cabinet/ups/ups_answer.hpp"
#include "drivers/cabinet/ups/upsc_source.hpp"
#include "event_inbox.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace drivers::cabinet {
namespace {

using domain::PowerLevel;
using namespace std::chrono_literals;

PowerLevel level(const std::string& text) {
    return power_of(*read_ups_answer(text), {}).level;
}

TEST(ups_answer, status_charge_and_runtime_are_read_from_what_upsc_prints) {
    const auto answer = read_ups_answer(
        "battery.charge: 85\nbattery.charge.low: 20\nbattery.runtime: 1234\n"
        "battery.runtime.low: 300\ndevice.mfr: EATON: Powerware\nups.status: OB DISCHRG LB\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer, (UpsAnswer{true, true, false, 85, 20}));
}

TEST(ups_answer, levels_go_from_mains_to_the_end_of_the_battery) {
    EXPECT_EQ(level("ups.status: OL"), PowerLevel::mains);
    EXPECT_EQ(level("ups.status: OL CHRG\nbattery.charge: 3\n"), PowerLevel::mains);
    EXPECT_EQ(level("ups.status: OB\n"), PowerLevel::battery);
    EXPECT_EQ(level("ups.status: OB\nbattery.charge: 41\nbattery.runtime: 3000\n"),
              PowerLevel::battery);
    EXPECT_EQ(level("ups.status: OB\nbattery.charge: 40\nbattery.runtime: 3000\n"),
              PowerLevel::low);
    EXPECT_EQ(level("ups.status: OB\nbattery.charge: 90\nbattery.runtime: 300\n"), PowerLevel::low);
    EXPECT_EQ(level("ups.status: OB LB\n"), PowerLevel::critical);
    EXPECT_EQ(level("ups.status: FSD OL\n"), PowerLevel::critical);
}

TEST(ups_answer, rubbish_is_no_answer_and_a_rubbish_number_is_none) {
    for (const char* wrong :
         {"", "\n\n", ":", "ups.status", "ups.status:", "ups.status: OBX", "ups.status: WAIT",
          "Error: Data stale\n", "battery.charge: 50\n", "ups.status OL"})
        EXPECT_EQ(read_ups_answer(wrong).error().code, base::FaultCode::UpsSilent) << wrong;
    for (const char* number : {"-1", "101", "99999999999999999999", "8 5", "85%", "x", "", "8.x"}) {
        const auto answer =
            read_ups_answer("ups.status: OL\nbattery.charge: " + std::string(number) + "\n");
        ASSERT_TRUE(answer) << number;
        EXPECT_FALSE(answer->charge) << number;
    }
    EXPECT_EQ(read_ups_answer("ups.status: OL\r\nbattery.charge: 85.0\r\n")->charge, 85);
}

struct Bench {
    testing::EventInbox inbox;
    std::shared_ptr<EmulatedUps> ups = std::make_shared<EmulatedUps>();
    CabinetHealth health{inbox.sink()};
    std::optional<UpsWatcher> watcher;
    void watch() {
        watcher.emplace(std::make_unique<EmulatedUpsSource>(ups), domain::PowerLimits{}, 1ms,
                        health, inbox.sink());
    }
    std::optional<domain::Power> next() {
        const auto changed = inbox.next<PowerChanged>();
        return changed ? std::optional(changed->power) : std::nullopt;
    }
};

TEST(ups, power_cut_then_low_then_back_is_told_step_by_step) {
    Bench bench;
    bench.watch();
    bench.ups->set("OB DISCHRG", 95, 1800);
    EXPECT_EQ(bench.next(), (domain::Power{PowerLevel::battery, 95, 30}));
    bench.ups->set("OB DISCHRG", 93, 1780);
    bench.ups->set("OB DISCHRG", 35, 700);
    auto low = bench.next();
    // 93 % is not worth telling; a slow thread may not have seen it at all.
    EXPECT_EQ(low, (domain::Power{PowerLevel::low, 35, 11}));
    bench.ups->set("OB DISCHRG LB", 12, 100);
    EXPECT_EQ(bench.next(), (domain::Power{PowerLevel::critical, 12, 1}));
    bench.ups->set("OL CHRG", 13, 120);
    EXPECT_EQ(bench.next(), (domain::Power{PowerLevel::mains, 13, 2}));
}

TEST(ups, one_that_is_silent_or_talks_rubbish_is_told_to_the_technician_and_changes_no_power) {
    for (const bool silent : {true, false}) {
        Bench bench;
        bench.watch();
        ASSERT_TRUE(
            bench.inbox.next_health(domain::DeviceKind::cabinet, domain::DeviceState::ready));
        if (silent)
            bench.ups->fall_silent(true);
        else
            bench.ups->say("\x01\x02 ups.status: \xff\n");
        const auto health =
            bench.inbox.next_health(domain::DeviceKind::cabinet, domain::DeviceState::degraded);
        ASSERT_TRUE(health);
        EXPECT_EQ(health->fault->code, base::FaultCode::UpsSilent);
        while (auto event = bench.inbox.try_next())
            EXPECT_FALSE(std::holds_alternative<PowerChanged>(*event));
        bench.ups->fall_silent(false);
        bench.ups->set("OL", 100, 3600);
        EXPECT_TRUE(
            bench.inbox.next_health(domain::DeviceKind::cabinet, domain::DeviceState::ready));
    }
}

// ---- the real child

struct Folder {
    std::string path = [] {
        char name[] = "/tmp/ups_XXXXXX";
        return std::string(::mkdtemp(name));
    }();
    ~Folder() { std::filesystem::remove_all(path); }
    void write(const std::string& name, const std::string& text, ::mode_t mode = 0640) const {
        std::ofstream(path + "/" + name) << text;
        ::chmod((path + "/" + name).c_str(), mode);
    }
};

TEST(upsc, its_one_argument_is_the_ups_and_its_words_are_the_answer) {
    Folder folder;
    folder.write("upsc", "#!/bin/sh\n[ $# = 1 ] && echo \"ups.status: OL\" && echo \"for: $1\"\n",
                 0755);
    const auto text = UpscSource(folder.path + "/upsc", "ups@localhost").ask();
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, "ups.status: OL\nfor: ups@localhost\n");
}

TEST(upsc, a_program_that_is_not_there_hangs_or_never_stops_talking_is_silent) {
    Folder folder;
    folder.write("hangs", "#!/bin/sh\nexec /bin/sleep 60\n", 0755);
    folder.write("babbles", "#!/bin/sh\nexec /usr/bin/yes ups.status: OL\n", 0755);
    for (const char* program : {"/nothing", "/hangs", "/babbles"})
        EXPECT_EQ(UpscSource(folder.path + program, "ups").ask().error().code,
                  base::FaultCode::UpsSilent)
            << program;
}

pid_t start(const std::vector<std::string>& words, const std::string& folder) {
    std::vector<std::string> environment{"NUT_CONFPATH=" + folder, "NUT_STATEPATH=" + folder,
                                         "NUT_ALTPIDPATH=" + folder};
    std::vector<char*> arguments, variables;
    auto copy = words;
    for (auto& word : copy) arguments.push_back(word.data());
    for (auto& one : environment) variables.push_back(one.data());
    arguments.push_back(nullptr);
    variables.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    pid_t pid = -1;
    EXPECT_EQ(
        ::posix_spawn(&pid, arguments[0], &actions, nullptr, arguments.data(), variables.data()),
        0);
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

void end(pid_t pid) {
    if (pid <= 0) return;
    ::kill(pid, SIGKILL);
    int status = 0;
    ::waitpid(pid, &status, 0);
}

TEST(upsc, a_real_upsd_with_a_simulated_ups_is_understood) {
    const std::string nut = "/lib/nut/";
    if (::access((nut + "upsd").c_str(), X_OK) != 0 || ::access("/usr/bin/upsc", X_OK) != 0)
        GTEST_SKIP() << "nut-server and nut-client are not installed: run provisioning/setup";
    if (::geteuid() != 0) GTEST_SKIP() << "upsd changes its user and needs root for it";
    Folder folder;
    const auto port = std::to_string(20000 + ::getpid() % 20000);
    folder.write("ups.conf", "[kiosk]\ndriver = dummy-ups\nport = kiosk.dev\n");
    folder.write("kiosk.dev", "ups.status: OB DISCHRG\nbattery.charge: 55\nbattery.runtime: 900\n");
    folder.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
    folder.write("upsd.users", "");
    const auto driver = start({nut + "dummy-ups", "-F", "-a", "kiosk", "-u", "root"}, folder.path);
    const auto upsd = start({nut + "upsd", "-F", "-u", "root"}, folder.path);
    UpscSource source("/usr/bin/upsc", "kiosk@localhost:" + port);
    const base::SystemClock clock;
    const auto until = clock.steady() + 30s;
    base::Result<UpsAnswer> answer = base::fail(base::FaultCode::UpsSilent);
    // Both come up in their own time; each question waits for upsd itself or is refused at once.
    while (!answer && clock.steady() < until) {
        const auto text = source.ask();
        if (text) answer = read_ups_answer(*text);
    }
    end(upsd);
    end(driver);
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer, (UpsAnswer{true, false, false, 55, 15}));
}

}  // namespace
}  // namespace drivers::cabinet
