// The support bundle proves that it is clean: what must not leave, and what must stay readable.
#include "provisioning/diagnostics/support_bundle.hpp"

#include "provisioning/diagnostics/plain_files.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace provisioning::diagnostics {
namespace {

std::string cleaned(const std::string& text) {
    return clean_text(text).text;
}

TEST(clean_text, numbers_of_persons_go_and_say_of_what_kind_they_were) {
    EXPECT_EQ(cleaned("号码 000101194601020124，电话 13800138000。"),
              "号码 【identity_number】，电话 【telephone】。");
    EXPECT_EQ(cleaned("000101194601020124"), "【identity_number】");
    EXPECT_EQ(cleaned("00010119460102012x"), "【identity_number】")
        << "also with a wrong check character: a misread number is somebody's";
    EXPECT_EQ(cleaned("6222021234567890128 a@example.org"), "【card_number】 【mail_address】");
}
TEST(clean_text, numbers_go_however_people_write_them) {
    for (const std::string text :
         {"+8613800138000", "008613800138000", "138 0013 8000", "+86 138-0013-8000"})
        EXPECT_EQ(cleaned(text).find("8000"), std::string::npos) << text;
    EXPECT_EQ(cleaned("ID000101194601020124"), "ID【identity_number】");
    EXPECT_EQ(cleaned("000101 19460102 0124"), "【identity_number】");
    EXPECT_EQ(cleaned("000101-19460102-012X"), "【identity_number】");
}
TEST(clean_text, what_stands_before_the_host_of_an_address_goes) {
    EXPECT_EQ(cleaned(R"(proxy = "http://kiosk:s3cret@proxy:3128")"),
              R"(proxy = "http://【login】@proxy:3128")");
    EXPECT_EQ(cleaned("https://a:b!c@proxy.example/x@y"), "https://【login】@proxy.example/x@y");
    EXPECT_EQ(cleaned("http://proxy.example:3128/"), "http://proxy.example:3128/");
    EXPECT_TRUE(is_clean(cleaned("http://kiosk:s3cret@proxy:3128"), {}));
}
TEST(clean_text, what_support_needs_stays) {
    for (const std::string text :
         {"terminal 000101001001001", "990511001000", "2026-11-22T09:41:00+08:00",
          "1795311660000 ms", "/dev/video0 1920x1080", "0123456789abcdef0123456789abcdef",
          "error 10000000000", "11000101DEM000110Q4990511001000", "port = 8470"})
        EXPECT_EQ(cleaned(text), text);
}
TEST(clean_text, keys_go_wherever_they_stand) {
    EXPECT_EQ(cleaned("a\n-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----\nb"),
              "a\n【private_key】\nb");
    EXPECT_EQ(cleaned(R"({"kind":"terminal-key","secret":"c2VjcmV0"})"),
              R"({"kind":"terminal-key","secret":"【private_key】"})");
    EXPECT_EQ(cleaned("wifi_password = \"open sesame\""), "wifi_password = \"【private_key】\"");
    EXPECT_EQ(cleaned("-----BEGIN PRIVATE KEY-----\ncut off"), "【private_key】");
    EXPECT_EQ(cleaned("password = 'open sesame'"), "password = '【private_key】'");
    EXPECT_EQ(cleaned("token=abc123 next"), "token=【private_key】 next");
    EXPECT_TRUE(is_clean(cleaned("token=abc123, pin: 135790"), {}));
}
TEST(clean_text, a_certificate_is_no_secret_unless_it_is_long) {
    const std::string pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    EXPECT_EQ(cleaned(pem), pem);
    EXPECT_EQ(cleaned("x " + std::string(300, 'A') + " y"), "x 【long_blob】 y");
}
TEST(clean_text, values_that_are_known_go_also_inside_of_words) {
    std::vector<base::SecretText> values;
    values.emplace_back(std::string("王秀兰"));
    values.emplace_back(std::string("王秀"));
    values.emplace_back(std::string("4711"));
    EXPECT_EQ(clean_text("x王秀兰y 94711 王", values).text,
              "x【known_value】y 9【known_value】 王");
    EXPECT_FALSE(is_clean("…王秀兰…", values));
}
TEST(clean_text, cleaning_again_finds_nothing) {
    const auto once =
        clean_text(R"(000101194601020124 {"pin": "135790"} a@b.cn -----BEGIN EC PRIVATE KEY-----)");
    EXPECT_EQ(once.removed.size(), 3U);
    EXPECT_TRUE(is_clean(once.text)) << once.text;
}

TEST(plain_files, a_link_a_pipe_and_what_is_too_long_are_passed_over) {
    std::string folder = testing::TempDir() + "plain_files_XXXXXX";
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    std::ofstream(folder + "/b.json") << "b";
    std::ofstream(folder + "/a.json") << "a";
    std::ofstream(folder + "/a.txt") << "of another kind";
    std::ofstream(folder + "/long.json") << std::string(100, 'x');
    std::filesystem::create_symlink("/etc/passwd", folder + "/link.json");
    ASSERT_EQ(::mkfifo((folder + "/pipe.json").c_str(), 0600), 0);
    std::vector<std::string> found;
    for (const auto& file : plain_files_in(folder, ".json", 50)) found.push_back(file.text);
    EXPECT_EQ(found, (std::vector<std::string>{"a", "b"}));
    std::filesystem::create_directory_symlink(folder, folder + ".link");
    EXPECT_TRUE(plain_files_in(folder + ".link", ".json", 50).empty());
    std::filesystem::remove(folder + ".link");
    std::filesystem::remove_all(folder);
}

TEST(support_bundle, its_manifest_names_every_part_and_what_was_taken_out_of_it) {
    const auto made = make_bundle({{"kiosk.toml", "width = 1080\n"},
                                   {"events.log", "called 13800138000 and 13900139000\n"},
                                   {"picture.png", "\x89PNG\xff"}});
    ASSERT_TRUE(made) << made.error().safe_detail;
    EXPECT_EQ(made->removed, 2);
    EXPECT_NE(made->manifest.find("events.log\t"), std::string::npos);
    EXPECT_NE(made->manifest.find("\ttelephone 2"), std::string::npos);
    EXPECT_NE(made->manifest.find("picture.png\tleft out"), std::string::npos);
    const auto parts = read_bundle(made->file);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 3U);
    EXPECT_EQ(parts->at(0).text, "width = 1080\n");
    EXPECT_EQ(parts->at(1).text, "called 【telephone】 and 【telephone】\n");
    EXPECT_EQ(parts->at(2).text, made->manifest);
}
TEST(support_bundle, the_same_parts_give_the_same_file) {
    EXPECT_EQ(make_bundle({{"a", "b"}})->file, make_bundle({{"a", "b"}})->file);
}
TEST(support_bundle, of_a_log_that_is_too_long_the_end_is_taken_at_a_line) {
    std::string log;
    while (log.size() <= bundle_part_bytes_max) log += "a line of the log\n";
    const auto made = make_bundle({{"events.log", log}});
    ASSERT_TRUE(made);
    EXPECT_NE(made->manifest.find("only the end of it"), std::string::npos);
    EXPECT_TRUE(read_bundle(made->file)->front().text.starts_with("a line of"));
}
// Lines that pack badly, the same each time, with nothing in them that would be taken out.
std::string noise(const std::string& begins, std::size_t bytes, std::uint32_t state = 1) {
    constexpr std::string_view letters = "abcdefghjlmqrstv";
    std::string out;
    for (int line = 0; out.size() < bytes; ++line) {
        out += begins + std::to_string(line) + " ";
        for (int i = 0; i < 48; ++i) {
            state = state * 1664525u + 1013904223u;
            out += letters[state >> 28];
        }
        out += '\n';
    }
    return out;
}

TEST(support_bundle, one_that_is_too_large_leaves_out_the_oldest_logs_and_says_so) {
    constexpr std::size_t most = 100'000;
    const std::string log = noise("event ", 600'000), config = noise("width ", 5'000);
    const auto made = make_bundle({{"kiosk.toml", config},
                                   {"events.log", log, Spare::oldest_lines},
                                   {"service-records/1.json", "{}\n", Spare::whole}},
                                  {}, most);
    ASSERT_TRUE(made) << made.error().safe_detail;
    EXPECT_LE(made->file.size(), most);
    EXPECT_GT(made->file.size(), most / 2) << "not more than it has to";
    const auto parts = read_bundle(made->file).value();
    ASSERT_EQ(parts.size(), 4U);
    EXPECT_EQ(parts[0].text, config) << "what is no log is whole";
    EXPECT_TRUE(log.ends_with(parts[1].text)) << "the newest";
    EXPECT_TRUE(parts[1].text.starts_with("event "));
    EXPECT_EQ(parts[2].text, "{}\n");
    EXPECT_EQ(made->left_out, static_cast<std::int64_t>(log.size() - parts[1].text.size()));
    EXPECT_NE(parts[3].text.find("only the end of it, " + std::to_string(made->left_out) +
                                 " bytes before it left out"),
              std::string::npos)
        << parts[3].text;
}
TEST(support_bundle, where_logs_are_not_enough_the_oldest_of_a_row_stay_away_and_nothing_else) {
    std::vector<BundlePart> parts{{"kiosk.toml", noise("width ", 5'000)}};
    for (std::uint32_t i = 1; i <= 8; ++i)
        parts.push_back({"service-records/" + std::to_string(i) + ".json",
                         noise("record ", 10'000, i * 7919), Spare::whole});
    const auto made = make_bundle(parts, {}, 30'000);
    ASSERT_TRUE(made) << made.error().safe_detail;
    const auto inside = read_bundle(made->file).value();
    EXPECT_EQ(inside.front().text, parts.front().text);
    ASSERT_GE(inside.size(), 3U);
    EXPECT_EQ(inside[inside.size() - 2].name, "service-records/8.json") << "the newest stays";
    EXPECT_NE(made->manifest.find("service-records/1.json\tleft out: "), std::string::npos);
    const auto refused = make_bundle({{"kiosk.toml", noise("width ", 120'000)}}, {}, 30'000);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::FaultCode::SubmissionTooLarge);
}
TEST(support_bundle, a_key_on_the_edge_of_what_stays_does_not_stay_in_half) {
    const std::string key = "-----BEGIN PRIVATE KEY-----\n" + std::string(60, 'A') + "\n" +
                            std::string(60, 'B') + "\n-----END PRIVATE KEY-----\n";
    std::string log = key;
    while (log.size() <= bundle_part_bytes_max + key.size() / 2) log += "a line of the log\n";
    const auto made = make_bundle({{"events.log", log, Spare::oldest_lines}});
    ASSERT_TRUE(made) << made.error().safe_detail;
    EXPECT_EQ(read_bundle(made->file)->front().text.find("BBBB"), std::string::npos);
}
TEST(support_bundle, rubbish_is_no_bundle) {
    EXPECT_FALSE(read_bundle(base::to_bytes("rubbish")));
    auto file = make_bundle({{"a", std::string(5000, 'x') + "\n"}})->file;
    file.resize(file.size() / 2);
    EXPECT_FALSE(read_bundle(file));
}

}  // namespace
}  // namespace provisioning::diagnostics
