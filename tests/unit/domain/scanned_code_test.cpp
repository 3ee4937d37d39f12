// What a scanned code is for, and that everything else stays unknown.
#include "domain/scanned_code.hpp"

#include "base/bytes.hpp"
#include "domain/check_characters.hpp"
#include "domain/comfort_code.hpp"

#include <gtest/gtest.h>

namespace domain {
namespace {

const std::string enterprise = [] {
    const std::string without_check = "91350100M000100Y4";
    return without_check + mod_31_3(without_check);
}();
const std::string receipt = "CW1." + std::string(160, 'A');

struct Known {
    std::string text;
    CodePurpose purpose;
    std::string value;
};
const std::vector<std::string> region{"HLJID:"};
const std::vector<Known> known{
    {receipt, CodePurpose::receipt, receipt},
    {comfort_code(Comfort::for_elders()), CodePurpose::comfort,
     comfort_code(Comfort::for_elders())},
    {"CWG1:001031003000", CodePurpose::guide, "001031003000"},
    {"CWA1:B20261126-0042", CodePurpose::appointment, "B20261126-0042"},
    {"CWE1:abcdefghijklmnopqrstuv", CodePurpose::enrolment, "abcdefghijklmnopqrstuv"},
    {enterprise, CodePurpose::enterprise_licence, enterprise},
    {"http://www.gsxt.gov.cn/index.html?a=1&uniscid=" + enterprise + "#x",
     CodePurpose::enterprise_licence, enterprise},
    {"2103-440305-04-01-123456", CodePurpose::project_code, "2103-440305-04-01-123456"},
    {"HLJID:8f/3=+opaque", CodePurpose::electronic_identity, "HLJID:8f/3=+opaque"},
};

TEST(scanned_code, a_guides_code_is_the_countys_address_where_it_has_one_and_both_are_read) {
    const std::string link = "https://zwfw.example.com/guide/";
    EXPECT_EQ(guide_code("001031003000", {}), "CWG1:001031003000");
    EXPECT_EQ(guide_code("001031003000", link), link + "001031003000");
    for (const auto& text : {guide_code("001031003000", {}), guide_code("001031003000", link)}) {
        const auto code = scanned_code(text, region, link);
        EXPECT_EQ(code.purpose, CodePurpose::guide) << text;
        EXPECT_EQ(code.value, "001031003000");
    }
    // Another county's address, and anything that follows the code, are nobody's guide.
    EXPECT_EQ(scanned_code(link + "001031003000").purpose, CodePurpose::unknown);
    EXPECT_EQ(scanned_code(link, region, link).purpose, CodePurpose::unknown);
    EXPECT_EQ(scanned_code(link + "001031003000?x=1", region, link).purpose, CodePurpose::unknown);
}

TEST(scanned_code, every_purpose_is_told_from_its_text) {
    for (const auto& one : known) {
        const auto code = scanned_code(one.text, region);
        EXPECT_EQ(code.purpose, one.purpose) << one.text;
        EXPECT_EQ(code.value, one.value);
    }
}

TEST(scanned_code, one_byte_more_before_or_after_makes_it_unknown) {
    const std::vector<std::string> bytes{" ", "\n", "\r", ";", "'", "\xFF", std::string(1, '\0')};
    for (const auto& one : known) {
        for (const auto& byte : bytes) {
            EXPECT_EQ(scanned_code(byte + one.text, region).purpose, CodePurpose::unknown);
            if (one.purpose == CodePurpose::electronic_identity && (byte == ";" || byte == "'"))
                continue;  // opaque: any printable byte may belong to it
            if (one.text.find('#') != std::string::npos) continue;  // a fragment is nobody's
            EXPECT_EQ(scanned_code(one.text + byte, region).purpose, CodePurpose::unknown)
                << one.text << " with a byte after it";
        }
        if (one.purpose == CodePurpose::electronic_identity) continue;
        if (one.text.find('#') != std::string::npos) continue;
        EXPECT_EQ(scanned_code(one.text + one.text, region).purpose, CodePurpose::unknown);
    }
}

TEST(scanned_code, addresses_commands_and_queries_are_unknown_and_carry_nothing_further) {
    const std::vector<std::string> strange{"https://example.org",
                                           "javascript:alert(1)",
                                           "file:///etc/passwd",
                                           "rm -rf /",
                                           "' OR 1=1; DROP TABLE submissions; --",
                                           "<script>",
                                           "../../etc/shadow",
                                           "WIFI:S:x;;",
                                           "tel:110",
                                           "CWG1:",
                                           "CWG1:../x",
                                           "CWA1:short",
                                           "CWE1:" + std::string(172, 'a'),
                                           "CW1." + std::string(159, 'A'),
                                           "cwg1:001"};
    for (const auto& text : strange) {
        const auto code = scanned_code(text, region);
        EXPECT_EQ(code.purpose, CodePurpose::unknown) << text;
        EXPECT_EQ(code.value, "");
    }
}

TEST(scanned_code, a_licence_with_a_wrong_check_or_of_another_site_is_unknown) {
    auto wrong = enterprise;
    wrong.back() = wrong.back() == '0' ? '1' : '0';
    for (const std::string& text :
         {wrong, "https://gsxt.gov.cn.example.org/?uniscid=" + enterprise,
          "https://fakegsxt.gov.cn/?uniscid=" + enterprise,
          "https://evil.org@www.gsxt.gov.cn/?uniscid=" + enterprise,
          "https://www.gsxt.gov.cn/?uniscid=" + wrong, "https://www.gsxt.gov.cn/" + enterprise,
          "ftp://gsxt.gov.cn/?uniscid=" + enterprise})
        EXPECT_EQ(scanned_code(text).purpose, CodePurpose::unknown) << text;
}

TEST(scanned_code, without_the_regions_beginnings_no_identity_is_taken) {
    EXPECT_EQ(scanned_code("HLJID:8f").purpose, CodePurpose::unknown);
    EXPECT_EQ(scanned_code("HLJID:8f", {"", "H", "HLJ"}).purpose, CodePurpose::unknown);
    EXPECT_EQ(scanned_code("HLJID:市", region).purpose, CodePurpose::unknown);
}

TEST(scanned_code, binary_and_broken_utf_8_are_unknown_and_shown_written_out) {
    const std::string binary("\x00\xFF\xC3(\x1B[2J", 8);
    EXPECT_EQ(scanned_code(binary, region).purpose, CodePurpose::unknown);
    EXPECT_EQ(shown_text(binary), "\\u{0}\\xFF\\xC3(\\u{1B}[2J");
    EXPECT_EQ(shown_text("市\xE5\xB8"), "市\\xE5\\xB8");
}

TEST(shown_text, what_turns_hides_or_fakes_letters_is_written_out) {
    EXPECT_EQ(shown_text("a\u202Eb\u200Bc"), "a\\u{202E}b\\u{200B}c");
    EXPECT_EQ(shown_text("\\u{202E}"), "\\\\u{202E}");
    EXPECT_EQ(shown_text("市民之窗 A1"), "市民之窗 A1");
}

TEST(shown_text, a_long_text_is_cut_between_letters) {
    EXPECT_EQ(shown_text("市民之窗", 2), "市民…");
    EXPECT_EQ(shown_text("市民", 2), "市民");
    EXPECT_EQ(shown_text(""), "");
}

}  // namespace
}  // namespace domain
