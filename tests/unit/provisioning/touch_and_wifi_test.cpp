// What the set-up decides of the panel's touch and of a wireless network, by script; and a wish for
// a network on its way from the wizard to the service that joins it.
#include "provisioning/set_up/wifi_request.hpp"
#include "set_up_machine.hpp"

namespace provisioning::set_up {
namespace {

using namespace samples;
using domain::set_up::Decision;

TEST(set_up, the_touch_is_calibrated_by_script_and_wrong_numbers_are_told_by_their_line) {
    PlayedMachine machine;
    const auto numbers = [](const std::string& text) {
        return with(good_answers(), "height = 1080",
                    "height = 1080\ntouch_matrix = \"" + text + "\"");
    };
    EXPECT_EQ(machine.run(numbers("1 0 0 1 0 0")), could_not);
    ASSERT_EQ(machine.complained.size(), 2U) << "the fault, and that nothing was changed";
    EXPECT_EQ(machine.complained[0].find("第 17 行 screen.touch_matrix：现在是 \"1 0 0 1 0 0\""),
              0U)
        << machine.complained[0];
    ASSERT_EQ(machine.run(numbers("-1 0 1 0 1 0")), went_well);
    EXPECT_EQ(config::read_config(machine.config).config.kiosk.touch_matrix,
              (domain::TouchMatrix{{-1, 0, 1, 0, 1, 0}}));
    EXPECT_TRUE(machine.has_said("kiosk.touch_matrix：（默认） → -1 0 1 0 1 0"));
    // What is taken back is as the panel is made.
    ASSERT_EQ(machine.run(numbers("")), went_well);
    EXPECT_EQ(config::read_config(machine.config).config.kiosk.touch_matrix, domain::TouchMatrix{});
}

std::string by_wifi(const std::string& more) {
    return with(good_answers(), "kind = \"proxy\"\nproxy = \"http://proxy.example:3128\"",
                "kind = \"wifi\"\n" + more);
}

TEST(set_up, a_wireless_network_is_joined_by_script_and_its_passphrase_is_kept_nowhere) {
    PlayedMachine machine;
    const auto answers = by_wifi("ssid = \"hall\"\npassphrase = \"correct horse\"\n");
    machine.joining = domain::set_up::JoinOutcome::wrong_passphrase;
    EXPECT_EQ(machine.run(answers), went_wrong);
    EXPECT_NE(machine.complained.front().find("密码不对"), std::string::npos);
    machine.joining = domain::set_up::JoinOutcome::joined;
    ASSERT_EQ(machine.run(answers), went_well);
    EXPECT_EQ(machine.done.front(), "join hall 13");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(machine.folder))
        EXPECT_EQ(read(entry.path().string()).find("correct horse"), std::string::npos)
            << entry.path();
    for (const auto& lines : {machine.said, machine.complained})
        for (const auto& line : lines) EXPECT_EQ(line.find("correct horse"), std::string::npos);
    // The name is known; a network that was joined before needs no passphrase to be looked at.
    EXPECT_EQ(machine.records().look()->find(Decision::network)->values.at("ssid"), "hall");
    ASSERT_EQ(machine.run(by_wifi("ssid = \"hall\"\n"), true), went_well);
    EXPECT_EQ(std::ranges::count(machine.done, "join hall 13"), 0);
}

TEST(set_up, what_cannot_be_a_network_or_its_passphrase_is_told_by_line_and_not_repeated) {
    PlayedMachine machine;
    const auto told = [&](const std::string& more) {
        EXPECT_EQ(machine.run(by_wifi(more)), could_not) << more;
        return machine.complained.empty() ? std::string() : machine.complained.front();
    };
    EXPECT_EQ(told("ssid = \"hall\"\npassphrase = \"1234567\"\n"),
              "第 6 行 network.passphrase：现在是 …，应为 8 到 63 个英文字母、数字或符号");
    EXPECT_EQ(told("ssid = \"" + std::string(33, 'x') + "\"\n").find("第 5 行 network.ssid"), 0U);
    EXPECT_EQ(told("passphrase = \"correct horse\"\n").find("第 3 行 network.ssid"), 0U);
    const auto cable = with(by_wifi("ssid = \"hall\"\n"), "\"wifi\"", "\"ethernet\"");
    EXPECT_EQ(machine.run(cable), could_not);
    EXPECT_NE(machine.complained.front().find("kind = \"wifi\""), std::string::npos);
}

TEST(wifi_request, a_wish_for_a_network_is_read_once_and_gone) {
    std::string folder = ::testing::TempDir() + "wifi_XXXXXX";
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    const WifiRequest wish{"大厅", base::SecretText("correct horse")};
    ASSERT_TRUE(put_request(folder, wish));
    const auto path = request_path(folder);
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms(0640));
    const auto taken = take_request(path);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->name, wish.name);
    EXPECT_EQ(*taken->passphrase, *wish.passphrase);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(take_request(path));
    const auto good = as_request(wish);
    for (const auto& text : {std::string(), good.substr(1), good.substr(0, good.size() - 1),
                             good + "more\n", as_request({"hall", base::SecretText("short")}),
                             as_request({"", base::SecretText("correct horse")}),
                             as_request({"\x1b[2J", base::SecretText("correct horse")}),
                             good + std::string(request_bytes_max, 'x')}) {
        write(path, text);
        EXPECT_FALSE(take_request(path)) << text;
        EXPECT_FALSE(std::filesystem::exists(path));
    }
    // What lies there by another's hand is not followed.
    write(folder + "/elsewhere", good);
    std::filesystem::create_symlink(folder + "/elsewhere", path);
    EXPECT_FALSE(take_request(path));
    EXPECT_TRUE(std::filesystem::exists(folder + "/elsewhere"));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace provisioning::set_up
