// What a technician reads of paper and toner, and what can be done there.
#include "page_of.hpp"

#include <gtest/gtest.h>

namespace app {
namespace {

using session::samples::Walker;

Walker supplies_of(domain::Supplies supplies) {
    Walker walker;
    walker.to_technician().on(session::MaintenanceViewOpened{flows::MaintenanceView::supplies});
    return walker.on(
        session::SuppliesRead{walker.in<flows::TechnicianLooking>()->ticket, std::move(supplies)});
}
std::vector<ui::screens::KeyValues> cards(const Page& page) {
    std::vector<ui::screens::KeyValues> out;
    for (const auto& each : page.screen.blocks)
        if (const auto* card = std::get_if<ui::screens::KeyValues>(&each)) out.push_back(*card);
    return out;
}
bool has(const ui::screens::KeyValues& card, const std::string& words) {
    return std::any_of(card.rows.begin(), card.rows.end(),
                       [&](const auto& row) { return row.value.find(words) != std::string::npos; });
}

TEST(supplies_page, says_of_each_printer_what_went_and_what_its_forecast_is_based_on) {
    const auto page = page_of(supplies_of(session::samples::supplies()));
    const auto printers = cards(page);
    ASSERT_EQ(printers.size(), 2U);
    EXPECT_TRUE(has(printers[0], "约够 84 小时"));
    EXPECT_TRUE(has(printers[0], "最近 74 小时用 234 张，装满 500 张"));
    EXPECT_TRUE(has(printers[0], "打成 231 张，打坏 2 张，不明 1 张"));
    EXPECT_TRUE(has(printers[0], "Black Toner 64%"));
    EXPECT_TRUE(has(printers[1], "约够 18 小时"));
    EXPECT_FALSE(has(printers[1], "Black Toner")) << "a roll needs none";
    EXPECT_TRUE(page.on_press.contains("maintain_tray_filled"));
    EXPECT_TRUE(page.on_press.contains("maintain_roll_changed"));
}

TEST(supplies_page, the_newest_prints_of_both_printers_stand_in_one_list_by_time) {
    const auto page = page_of(supplies_of(session::samples::supplies()));
    const auto* table = block<ui::screens::Table>(page);
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), 7U);
    for (std::size_t i = 1; i < table->rows.size(); ++i)
        EXPECT_GE(table->rows[i - 1].cells[0], table->rows[i].cells[0]);
    EXPECT_NE(table->rows[2].cells[3].find("打坏 1 张"), std::string::npos);
}

TEST(supplies_page, a_printer_that_this_terminal_has_not_has_no_card_and_no_act) {
    domain::Supplies supplies;
    supplies.papers.resize(2);
    supplies.papers[1].printer = domain::DeviceKind::receipt_printer;
    const auto page = page_of(supplies_of(supplies));
    ASSERT_EQ(cards(page).size(), 1U);
    EXPECT_TRUE(has(cards(page)[0], "还估不出来"));
    EXPECT_TRUE(page.on_press.contains("maintain_tray_filled"));
    EXPECT_FALSE(page.on_press.contains("maintain_roll_changed"));
}

TEST(supplies_page, a_ledger_that_cannot_be_read_says_so_in_place_of_counts) {
    domain::Supplies supplies;
    supplies.papers.resize(1);
    supplies.papers[0].readable = false;
    const auto printers = cards(page_of(supplies_of(supplies)));
    ASSERT_EQ(printers.size(), 1U);
    EXPECT_TRUE(has(printers[0], "读不出来"));
    EXPECT_FALSE(has(printers[0], "打成"));
}

}  // namespace
}  // namespace app
