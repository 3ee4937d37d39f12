#include "catalogue/places/divisions.hpp"

#include "sample.hpp"

namespace {

using catalogue::Place;

const catalogue::DivisionTable& table() {
    return sample::pack().divisions;
}

TEST(divisions, what_is_above_a_unit_follows_from_its_code) {
    EXPECT_EQ(catalogue::code_above("000101001001"), "000101001");
    EXPECT_EQ(catalogue::code_above("000101001"), "000101");
    EXPECT_EQ(catalogue::code_above("000101"), "000100");
    EXPECT_EQ(catalogue::code_above("000100"), "000000");
    EXPECT_EQ(catalogue::code_above("000000"), "");
    EXPECT_EQ(catalogue::code_above("nothing"), "");
}

TEST(divisions, the_table_carries_its_edition) {
    EXPECT_EQ(table().edition, "2026-08-31");
}

TEST(divisions, an_abolished_code_still_resolves_for_display_and_is_never_offered) {
    EXPECT_EQ(table().full_name("000101001090").zh,
              "示例县 · 示例镇 · 老塘村（现为示例县 · 示例镇 · 大塘村）");
    EXPECT_EQ(table().full_name("000101009").zh, "示例县 · 柳树乡（现为示例县 · 示例镇）");
    EXPECT_NE(table().full_name("000101009").en.find("now Sample Town"), std::string::npos);
    EXPECT_EQ(table().find("000101001090"), nullptr);
    for (const auto* unit : table().within("000101001")) EXPECT_NE(unit->code, "000101001090");
}

TEST(divisions, an_unknown_code_has_no_name) {
    EXPECT_TRUE(table().full_name("990101").empty());
    EXPECT_TRUE(catalogue::place_of_code(table(), "990101").code.empty());
}

TEST(divisions, the_parts_of_a_unit_stand_by_their_initials) {
    const auto villages = table().within("000101001");
    ASSERT_EQ(villages.size(), 40u);
    for (std::size_t i = 1; i < villages.size(); ++i)
        EXPECT_LE(villages[i - 1]->initial, villages[i]->initial);
    ASSERT_EQ(table().within("").size(), 1u);
    EXPECT_EQ(table().within("000100").size(), 3u);
}

TEST(divisions, a_place_is_written_as_code_and_name_and_read_back) {
    const Place village{"000101001001", "示例县 · 示例镇 · 示例村"};
    EXPECT_EQ(catalogue::place_of_code(table(), village.code), village);
    EXPECT_EQ(catalogue::place_from(catalogue::place_text(village)), village);
    for (const char* odd : {"", "000101001001", "0001 x", "000101001001 ", "somewhere x"})
        EXPECT_EQ(catalogue::place_from(odd), Place{}) << odd;
}

TEST(divisions, a_place_written_by_hand_hangs_on_the_nearest_unit_of_the_table) {
    const auto in_county = catalogue::place_by_hand(table(), "000101", "新桥镇团结村");
    EXPECT_EQ(catalogue::place_text(in_county), "000101 示例县 · 新桥镇团结村");
    EXPECT_TRUE(agrees(table(), in_county));
    const auto far = catalogue::place_by_hand(table(), "", "远方省某县某村");
    EXPECT_EQ(catalogue::place_text(far), "elsewhere 远方省某县某村");
    EXPECT_TRUE(agrees(table(), catalogue::place_from(catalogue::place_text(far))));
}

TEST(divisions, a_name_that_is_not_the_codes_does_not_agree) {
    EXPECT_FALSE(agrees(table(), {"000101001001", "示例县 · 示例镇 · 大塘村"}));
    EXPECT_FALSE(agrees(table(), {"000101", "示例县"}));
    EXPECT_FALSE(agrees(table(), {"990101", "别处 · 某村"}));
    EXPECT_FALSE(agrees(table(), {}));
}

TEST(divisions, the_village_of_an_address_is_found_with_and_without_what_is_above_the_county) {
    const auto village = [](const char* address) {
        return catalogue::village_of_address(table(), address);
    };
    EXPECT_EQ(village("示例县示例镇示例村三组8号"), "000101001001");
    EXPECT_EQ(village("示例省示例市示例县示例镇柳树湾社区"), "000101001003");
    EXPECT_EQ(village("示例市示例县示例镇大塘村1号"), "000101001002");
    EXPECT_EQ(village("示例县示例镇 示例村三组"), "000101001001");
    EXPECT_EQ(village("示例县示例镇三组"), "");
    EXPECT_EQ(village("示例县"), "");
    EXPECT_EQ(village("远方县示例镇示例村"), "");
    EXPECT_EQ(village(""), "");
}

TEST(divisions, a_county_whose_name_stands_twice_says_nothing_without_its_prefecture) {
    catalogue::DivisionTable two;
    for (const char* prefecture : {"0101", "0102"}) {
        const std::string p = prefecture;
        two.units.push_back({p + "00", {p == "0101" ? "甲市" : "乙市", "x"}});
        two.units.push_back({p + "01", {"城关区", "x"}});
        two.units.push_back({p + "01001", {"一镇", "x"}});
        two.units.push_back({p + "01001001", {"一村", "x"}});
    }
    EXPECT_EQ(catalogue::village_of_address(two, "城关区一镇一村"), "");
    EXPECT_EQ(catalogue::village_of_address(two, "乙市城关区一镇一村"), "010201001001");
}

}  // namespace
