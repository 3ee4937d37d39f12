// A wish for a wireless network on its way from the wizard to the service that joins it.
#include "provisioning/set_up/wifi_request.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace provisioning::set_up {
namespace {

void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
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
