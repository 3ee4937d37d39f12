#include "provisioning/config/overrides.hpp"

#include <gtest/gtest.h>

namespace provisioning::config {
namespace {

constexpr auto example_path = "provisioning/config/kiosk.example.toml";

TEST(overrides, values_of_the_list_are_laid_over_the_file) {
    const auto before = read_config(example_path).config;
    const auto read =
        read_config_with(example_path, "[times]\nbrowse_s = 45\n[post]\nbackoff_cap_ms = 60000\n");
    EXPECT_EQ(as_text(read.problems), "");
    EXPECT_EQ(read.config.times.standard.browse.quiet, base::Millis{45'000});
    EXPECT_EQ(read.config.post.backoff_cap_ms, 60'000);
    // All else is the file's.
    EXPECT_EQ(read.config.post.intake_url, before.post.intake_url);
    EXPECT_EQ(read.config.times.standard.browse.warning, before.times.standard.browse.warning);
    EXPECT_EQ(as_text(read_config_with(example_path, "").problems), "");
}

TEST(overrides, whom_to_trust_and_where_to_send_to_is_not_in_the_list) {
    for (const char* wrong :
         {"[terminal]\nrealm = \"service\"\n", "[terminal]\nroot_key = \"x\"\n",
          "[post]\nintake_url = \"http://127.0.0.1:1\"\n", "[post]\noutbox_folder = \"/tmp\"\n",
          "[kiosk]\npack_folder = \"/tmp\"\n", "[intake]\nfolder = \"/tmp\"\n", "times = 3\n",
          "[times.browse_s]\nx = 1\n", "[unheard_of]\nx = 1\n"})
        EXPECT_EQ(check_overrides(example_path, wrong).error().code, base::FaultCode::ConfigInvalid)
            << wrong;
}

TEST(overrides, one_value_that_the_reader_refuses_refuses_all_of_them) {
    for (const char* wrong :
         {"[times]\nbrowse_s = 45\ninput_s = 1\n", "[times]\nbrowse_s = 45\nbrows_s = 45\n",
          "[times]\nbrowse_s = \"45\"\n", "[times\n", "[sound]\nquiet_from = \"25:00\"\n"})
        EXPECT_FALSE(check_overrides(example_path, wrong)) << wrong;
    EXPECT_FALSE(check_overrides(example_path, std::string(1 << 20, '#')));
}

}  // namespace
}  // namespace provisioning::config
