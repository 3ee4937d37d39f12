// What the pages say that lead to a service, and those there are to read.
#include "page_of.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace app {
namespace {

using namespace ui::screens;
using session::samples::Walker;
namespace samples = session::samples;

Page page_in(const catalogue::Pack& pack, const Walker& walker) {
    return present({walker.session,
                    &pack,
                    walker.terminal.settings,
                    walker.terminal.health,
                    {},
                    walker.terminal.now});
}

Walker searched(const char* text) {
    return Walker{}
        .on(session::SearchOpened{})
        .on(session::TextTyped{flows::search_field, base::SecretText(text)});
}

const Choice* choice(const Page& page, const std::string& id) {
    const auto* list = block<Choices>(page);
    if (list == nullptr) return nullptr;
    const auto at = std::find_if(list->choices.begin(), list->choices.end(),
                                 [&](const Choice& one) { return one.id == id; });
    return at == list->choices.end() ? nullptr : &*at;
}

bool has_button(const Page& page, const std::string& id) {
    return page.on_press.contains(id);
}

// The sample, at the counter only.
catalogue::Pack county_with_a_counter() {
    catalogue::Pack pack = samples::pack();
    pack.items = {*pack.find_item(samples::item_code)};
    pack.items[0].handling = catalogue::Handling::counter;
    return pack;
}

TEST(finding_pages, first_letters_of_an_everyday_word_find_the_service_and_the_word_is_said) {
    const Page page = page_of(searched("lrbt"));
    const auto* found = choice(page, "item:" + samples::item_code);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->note, "也叫 老人补贴");
}

TEST(finding_pages, what_is_found_by_its_own_name_is_not_called_otherwise) {
    const auto& item = *samples::pack().find_item(samples::item_code);
    const auto* found = choice(page_of(searched(item.name.zh.c_str())), "item:" + item.code);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->note.find("也叫"), std::string::npos);
}

TEST(finding_pages, nothing_found_leads_to_all_services_and_names_the_telephone) {
    const Page page = page_of(searched("qqqq"));
    const auto* way_on = choice(page, "all_services");
    ASSERT_NE(way_on, nullptr);
    EXPECT_NE(way_on->note.find(samples::pack().telephone), std::string::npos);
    EXPECT_TRUE(std::holds_alternative<session::ServicesOpened>(page.on_press.at("all_services")));
}

TEST(finding_pages, before_anything_is_typed_nothing_was_not_found) {
    EXPECT_EQ(block<Choices>(page_of(Walker{}.on(session::SearchOpened{}))), nullptr);
    EXPECT_EQ(block<Choices>(page_of(searched(""))), nullptr);
}

TEST(finding_pages, a_search_names_at_most_eight) {
    catalogue::Pack pack = samples::pack();
    const auto sample = *pack.find_item(samples::item_code);
    for (int i = 0; i < 60; ++i) {
        pack.items.push_back(sample);
        pack.items.back().code = "9905990000" + std::to_string(10 + i);
    }
    const Page page = page_in(pack, searched("lrbt"));
    ASSERT_NE(block<Choices>(page), nullptr);
    EXPECT_EQ(block<Choices>(page)->choices.size(), 8U);
}

TEST(finding_pages, a_column_that_does_not_hold_today_is_left_out_of_the_first_page) {
    catalogue::Pack pack = samples::pack();
    catalogue::HomeTile tile;
    tile.id = "park_tile";
    tile.action = catalogue::TileAction::column;
    tile.column_id = pack.columns.at(0).id;
    pack.home.push_back(tile);
    pack.columns[0].valid_from = pack.columns[0].valid_to = "";
    EXPECT_TRUE(has_button(page_in(pack, Walker{}), "park_tile"));
    pack.columns[0].valid_to = "2026-11-21";
    EXPECT_FALSE(has_button(page_in(pack, Walker{}), "park_tile"));
}

TEST(finding_pages, a_service_of_the_counter_says_where_and_has_one_way_back) {
    const auto pack = county_with_a_counter();
    for (const bool large : {false, true}) {
        Walker walker;
        walker.session.state = flows::ReadingGuide{samples::item_code};
        if (large) walker.session.comfort = domain::Comfort::for_elders();
        const Page page = page_in(pack, walker);
        EXPECT_FALSE(has_button(page, "start"));
        ASSERT_TRUE(has_button(page, "guide_end"));
        EXPECT_TRUE(std::holds_alternative<session::WentBack>(page.on_press.at("guide_end")));
        std::string said;
        if (const auto* card = block<TextCard>(page))
            for (const auto& paragraph : card->paragraphs) said += paragraph.text;
        if (const auto* text = block<LongText>(page))
            for (const auto& paragraph : text->paragraphs) said += paragraph.text;
        for (const auto& wanted : {pack.counter_address.zh, pack.hours.zh, pack.telephone})
            EXPECT_NE(said.find(wanted), std::string::npos) << wanted;
    }
    Walker list;
    list.on(session::ServicesOpened{});
    const auto* row = choice(page_in(pack, list), "item:" + samples::item_code);
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->note, "到窗口办理");
}

TEST(finding_pages, a_column_opens_with_exactly_three_doors) {
    Walker walker;
    walker.on(session::ColumnOpened{samples::pack().columns.at(0).id});
    const Page page = page_of(walker);
    ASSERT_NE(block<Tiles>(page), nullptr);
    std::vector<std::string> titles;
    for (const auto& tile : block<Tiles>(page)->tiles) titles.push_back(tile.title);
    EXPECT_EQ(titles, (std::vector<std::string>{"办事指南", "在线申报", "政务公开"}));
}

// ---- an order that recommends nobody

catalogue::Pack county_with_a_list(catalogue::RowOrder order) {
    catalogue::Pack pack = samples::pack();
    catalogue::Document document;
    document.id = "list";
    document.title = {"中介服务清单", "Intermediaries"};
    document.publisher = {"示例县行政审批服务局", "Sample County"};
    document.published_on = "2026-11-01";
    document.table.columns = {{"名称", "Name"}, {"收费", "Fee"}};
    for (const char* name : {"甲", "乙", "丙", "丁", "戊"})
        document.table.rows.push_back({{name, name}, {"100 元", "100"}});
    document.order = order;
    pack.documents = {document};
    return pack;
}

std::vector<std::string> rows_in(const catalogue::Pack& pack, domain::SessionId session) {
    Walker walker;
    walker.session.id = session;
    walker.session.state = flows::ReadingDocuments{{}, "list"};
    const Page page = page_in(pack, walker);
    std::vector<std::string> names;
    if (const auto* table = block<Table>(page))
        for (const auto& row : table->rows) names.push_back(row.cells.front());
    return names;
}

TEST(finding_pages, a_neutral_list_puts_everybody_first_about_equally_often) {
    const auto pack = county_with_a_list(catalogue::RowOrder::shuffled);
    std::map<std::string, int> first;
    constexpr int sessions = 1000;
    for (int session = 1; session <= sessions; ++session) {
        const auto rows = rows_in(pack, static_cast<domain::SessionId>(session));
        ASSERT_EQ(rows.size(), 5U);
        ++first[rows.front()];
    }
    ASSERT_EQ(first.size(), 5U);
    for (const auto& [name, times] : first) {
        EXPECT_GT(times, sessions / 5 - 60) << name;  // 200 ± 4.7 standard deviations
        EXPECT_LT(times, sessions / 5 + 60) << name;
    }
}

TEST(finding_pages, whoever_comes_back_to_a_neutral_list_finds_it_as_it_was) {
    const auto pack = county_with_a_list(catalogue::RowOrder::shuffled);
    EXPECT_EQ(rows_in(pack, 7), rows_in(pack, 7));
}

TEST(finding_pages, a_list_in_order_stays_as_it_was_written) {
    const auto pack = county_with_a_list(catalogue::RowOrder::as_written);
    const std::vector<std::string> written{"甲", "乙", "丙", "丁", "戊"};
    for (const domain::SessionId session : {1, 2, 3}) EXPECT_EQ(rows_in(pack, session), written);
}

TEST(finding_pages, what_there_is_to_read_says_who_published_it_and_when) {
    const auto pack = county_with_a_list(catalogue::RowOrder::as_written);
    Walker walker;
    walker.session.state = flows::ReadingDocuments{{}, "list"};
    const auto subtitle = page_in(pack, walker).screen.subtitle;
    EXPECT_NE(subtitle.find("示例县行政审批服务局"), std::string::npos) << subtitle;
    EXPECT_NE(subtitle.find("2026"), std::string::npos) << subtitle;
}

}  // namespace
}  // namespace app
