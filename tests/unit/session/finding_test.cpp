// Finding a service: by topic, by everyday words, in a column; and the way back.
#include "flows/choose_service/sorting.hpp"
#include "samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace session {
namespace {

using namespace flows;
using catalogue::Audience;
using samples::Walker;

const catalogue::Pack& county() {
    return samples::pack();
}
const catalogue::ServiceItem& allowance() {
    return *county().find_item(samples::item_code);
}
// Somewhere in a column, whatever it is.
const catalogue::Column& column() {
    return county().columns.at(0);
}

Walker searched(const char* text) {
    return Walker{}.on(SearchOpened{}).on(TextTyped{search_field, base::SecretText(text)});
}

Step in_county(const catalogue::Pack& pack, const Session& session, const Event& event) {
    const samples::Terminal terminal;
    return step(session, event,
                World{pack, terminal.settings, terminal.health, terminal.now, domain::SubId{}});
}

// As many services as that, of the sample.
catalogue::Pack county_of(std::size_t services) {
    catalogue::Pack pack = county();
    pack.items.assign(services, allowance());
    for (std::size_t i = 0; i < services; ++i)
        pack.items[i].code = "9905990000" + std::to_string(10 + i);
    return pack;
}

TEST(finding, few_services_stand_in_one_list_and_many_go_by_topic) {
    EXPECT_FALSE(is_sorted_by_topic(county_of(few_services)));
    EXPECT_TRUE(is_sorted_by_topic(county_of(few_services + 1)));
    auto without_topics = county_of(60);
    without_topics.topics.clear();
    EXPECT_FALSE(is_sorted_by_topic(without_topics));
}

TEST(finding, every_service_stands_under_one_of_the_topics_of_whom_it_is_for) {
    std::set<std::string> found;
    for (const auto audience : audiences(county()))
        for (const auto& topic : topics(county(), audience))
            for (const auto* item : services(county(), audience, topic)) found.insert(item->code);
    EXPECT_EQ(found.size(), county().items.size());
}

TEST(finding, a_service_of_no_topic_is_found_under_the_others) {
    auto pack = county_of(8);
    pack.items[3].topics.clear();
    const auto shown = topics(pack, Audience::person);
    ASSERT_FALSE(shown.empty());
    EXPECT_EQ(shown.back(), no_topic);
    const auto others = services(pack, Audience::person, no_topic);
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others.front()->code, pack.items[3].code);
}

TEST(finding, whose_services_are_shown_is_kept_from_topic_to_guide_and_back) {
    Walker walker;
    walker.on(ServicesOpened{}).on(AudienceChosen{Audience::person});
    walker.on(TopicChosen{allowance().topics.at(0)});
    ASSERT_TRUE(walker.in<ChoosingService>());
    EXPECT_EQ(walker.in<ChoosingService>()->topic, allowance().topics.at(0));
    walker.on(ItemChosen{samples::item_code});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<ChoosingService>());
    EXPECT_EQ(walker.in<ChoosingService>()->topic, allowance().topics.at(0));
    EXPECT_EQ(walker.in<ChoosingService>()->audience, Audience::person);
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<ChoosingService>());
    EXPECT_TRUE(walker.in<ChoosingService>()->topic.empty());
    EXPECT_TRUE(walker.on(WentBack{}).session.idle());
}

TEST(finding, a_topic_that_has_nothing_for_them_does_not_open) {
    Walker walker;
    walker.on(ServicesOpened{}).on(TopicChosen{"no such topic"});
    EXPECT_TRUE(walker.in<ChoosingService>()->topic.empty());
    walker.on(TopicChosen{""});
    EXPECT_TRUE(walker.in<ChoosingService>()->topic.empty());
}

TEST(finding, a_guide_leads_back_to_the_search_with_its_words) {
    Walker walker = searched("lrbt").on(ItemChosen{samples::item_code});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    walker.on(GuidePageOpened{GuidePage::terms}).on(WentBack{});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<SearchingService>());
    EXPECT_EQ(*walker.in<SearchingService>()->query, "lrbt");
}

TEST(finding, whoever_turns_back_at_the_notice_still_comes_back_to_where_they_searched) {
    Walker walker = searched("lrbt").on(ItemChosen{samples::item_code}).on(ItemStarted{});
    ASSERT_TRUE(walker.in<ReadingNotice>());
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    EXPECT_TRUE(walker.on(WentBack{}).in<SearchingService>());
}

TEST(finding, the_search_leads_back_to_where_it_was_opened) {
    EXPECT_TRUE(searched("lr").on(WentBack{}).session.idle());
    Walker walker;
    walker.on(GuidesOpened{}).on(SearchOpened{}).on(WentBack{});
    ASSERT_TRUE(walker.in<ChoosingService>());
    EXPECT_TRUE(walker.in<ChoosingService>()->to_read);
}

TEST(finding, what_was_typed_into_the_search_is_gone_with_the_page) {
    const long before = base::live_secrets();
    {
        Walker walker = searched("王秀兰");
        EXPECT_GT(base::live_secrets(), before);
        walker.on(WentHome{});
        ASSERT_TRUE(walker.session.idle());
        EXPECT_EQ(base::live_secrets(), before);
    }
    Walker applying = searched("lrbt").on(ItemChosen{samples::item_code}).on(ItemStarted{});
    applying.on(NoticeAccepted{});
    ASSERT_TRUE(applying.in<AwaitingCard>());
    EXPECT_EQ(base::live_secrets(), before);
}

TEST(finding, a_text_for_another_field_is_no_query) {
    Walker walker = searched("lr");
    walker.on(TextTyped{"p.live_detail", base::SecretText("三组")});
    EXPECT_EQ(*walker.in<SearchingService>()->query, "lr");
}

TEST(finding, a_column_has_three_doors_and_each_leads_back_to_them) {
    for (const auto door : {ColumnDoor::guides, ColumnDoor::filing, ColumnDoor::documents}) {
        Walker walker;
        walker.on(ColumnOpened{column().id}).on(ColumnDoorOpened{door});
        if (door == ColumnDoor::documents)
            EXPECT_TRUE(walker.in<ReadingDocuments>());
        else
            EXPECT_EQ(walker.in<ReadingColumn>()->door, door);
        walker.on(WentBack{});
        ASSERT_TRUE(walker.in<ReadingColumn>());
        EXPECT_FALSE(walker.in<ReadingColumn>()->door);
        EXPECT_TRUE(walker.on(WentBack{}).session.idle());
    }
}

TEST(finding, a_guide_of_a_column_leads_back_behind_its_door) {
    Walker walker;
    walker.on(ColumnOpened{column().id}).on(ColumnDoorOpened{ColumnDoor::guides});
    walker.on(ItemChosen{column().item_codes.at(0)});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<ReadingColumn>());
    EXPECT_EQ(walker.in<ReadingColumn>()->door, ColumnDoor::guides);
}

TEST(finding, only_what_is_filed_here_stands_behind_the_second_door) {
    auto pack = county();
    catalogue::Column both = column();
    auto counter = allowance();
    counter.code = "990599000000";
    counter.handling = catalogue::Handling::counter;
    pack.items.push_back(counter);
    both.item_codes = {counter.code, samples::item_code, "no such item"};
    EXPECT_EQ(services(pack, both, ColumnDoor::guides).size(), 2U);
    const auto filed = services(pack, both, ColumnDoor::filing);
    ASSERT_EQ(filed.size(), 1U);
    EXPECT_EQ(filed.front()->code, samples::item_code);
}

TEST(finding, a_column_whose_days_are_over_does_not_open) {
    auto pack = county();
    pack.columns = {column()};
    pack.columns[0].valid_from = "2026-01-01";
    const Session home = Walker{}.session;
    for (const auto& [last, opens] : {std::pair{"2026-11-21", false}, {"2026-11-22", true}}) {
        pack.columns[0].valid_to = last;
        const auto next = in_county(pack, home, ColumnOpened{column().id}).session;
        EXPECT_EQ(std::holds_alternative<ReadingColumn>(next.state), opens) << last;
        EXPECT_EQ(next.idle(), !opens) << last;
    }
    EXPECT_TRUE(in_county(pack, home, ColumnOpened{"no such column"}).session.idle());
}

TEST(finding, a_column_opens_its_own_documents_only) {
    auto pack = county();
    catalogue::Document stranger;
    stranger.id = "elsewhere";
    pack.documents.push_back(stranger);
    Session list =
        Walker{}.on(ColumnOpened{column().id}).on(ColumnDoorOpened{ColumnDoor::documents}).session;
    const auto open = [&](const std::string& id) {
        const auto next = in_county(pack, list, DocumentChosen{id}).session;
        return std::get<ReadingDocuments>(next.state).document_id;
    };
    EXPECT_EQ(open(column().documents.at(0)), column().documents.at(0));
    EXPECT_EQ(open("elsewhere"), "");
    // Among all of them it is found.
    list.state = ReadingDocuments{};
    EXPECT_EQ(open("elsewhere"), "elsewhere");
}

TEST(finding, a_service_of_the_counter_is_not_started_here) {
    auto pack = county();
    for (auto& item : pack.items) item.handling = catalogue::Handling::counter;
    const Session guide = Walker{}.on(ItemChosen{samples::item_code}).session;
    const auto next = in_county(pack, guide, ItemStarted{});
    EXPECT_TRUE(std::holds_alternative<ReadingGuide>(next.session.state));
    EXPECT_TRUE(next.effects.empty());
}

}  // namespace
}  // namespace session
