// How many taps a village of the own county costs (UX-133).
#include "page_of.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace app {
namespace {

using session::samples::Walker;

constexpr std::size_t rows_a_page = 12;

// A tap on the row; before it one on its letter where there is more than a page, and one for each
// page of that letter that is turned.
std::size_t taps_for(const ui::screens::DivisionPicker& picker, std::size_t at) {
    if (picker.choices.size() <= rows_a_page) return 1;
    const auto& initial = picker.choices[at].initial;
    const auto before = std::count_if(
        picker.choices.begin(), picker.choices.begin() + static_cast<std::ptrdiff_t>(at),
        [&](const auto& choice) { return choice.initial == initial; });
    return 2 + static_cast<std::size_t>(before) / rows_a_page;
}

Walker at_the_address() {
    Walker walker;
    walker.to_form();
    while (walker.in<flows::FillingForm>()->focused != "p.live_detail")
        walker.on(session::PageCompleted{});
    return walker;
}

TEST(places, every_village_of_the_own_county_is_at_most_five_taps_away) {
    Walker towns = at_the_address();
    const auto opens = page_of(towns).on_press.at("change:p.live_div");
    towns.on(opens);
    const auto town_page = page_of(towns);
    const auto* of_county = block<ui::screens::DivisionPicker>(town_page);
    ASSERT_NE(of_county, nullptr);
    std::size_t villages_seen = 0;
    for (std::size_t t = 0; t < of_county->choices.size(); ++t) {
        Walker villages = towns;
        villages.on(town_page.on_press.at(of_county->choices[t].id));
        const auto village_page = page_of(villages);
        const auto* of_town = block<ui::screens::DivisionPicker>(village_page);
        ASSERT_NE(of_town, nullptr);
        for (std::size_t v = 0; v < of_town->choices.size(); ++v) {
            EXPECT_LE(1 + taps_for(*of_county, t) + taps_for(*of_town, v), 5u)
                << of_town->choices[v].name;
            Walker picked = villages;
            picked.on(village_page.on_press.at(of_town->choices[v].id));
            EXPECT_EQ(block<ui::screens::DivisionPicker>(page_of(picked)), nullptr);
            ++villages_seen;
        }
    }
    EXPECT_GE(villages_seen, 300u);
}

TEST(places, a_level_of_the_way_chooses_it_again_up_to_the_province) {
    Walker walker = at_the_address();
    walker.on(session::FieldFocused{"p.live_div"});
    std::vector<std::string> listed;
    for (int level = 0; level < 3; ++level) {
        const auto page = page_of(walker);
        const auto* picker = block<ui::screens::DivisionPicker>(page);
        ASSERT_NE(picker, nullptr);
        ASSERT_FALSE(picker->chosen.empty());
        walker.on(page.on_press.at(picker->chosen.back().id));
        listed.push_back(walker.in<flows::FillingForm>()->place.under);
    }
    EXPECT_EQ(listed, (std::vector<std::string>{"000100", "000000", ""}));
    const auto top = page_of(walker);
    EXPECT_TRUE(block<ui::screens::DivisionPicker>(top)->chosen.empty());
    EXPECT_FALSE(block<ui::screens::DivisionPicker>(top)->other.id.empty());
}

TEST(places, the_list_says_of_which_day_it_is) {
    Walker walker = at_the_address();
    walker.on(session::FieldFocused{"p.live_div"});
    EXPECT_EQ(block<ui::screens::DivisionPicker>(page_of(walker))->edition,
              "区划数据截至 2026年8月31日");
}

}  // namespace
}  // namespace app
