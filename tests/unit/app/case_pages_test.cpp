// What a person is told of a case: a state in words, who has it, until when, and what to do.
#include "app/present/case_standing.hpp"
#include "domain/case_life.hpp"
#include "page_of.hpp"

#include <gtest/gtest.h>

#include <set>

namespace app {
namespace {

using domain::OfficeState;
using session::samples::Walker;

Walker told(std::vector<domain::SubmissionStatus> cases) {
    Walker walker = Walker{}
                        .on(session::ProgressOpened{})
                        .on(session::ProgressByCodeChosen{})
                        .on(session::TextTyped{"receipt_code", base::SecretText("L3K790F261QX")})
                        .on(session::CodeSubmitted{});
    return walker.on(
        session::ProgressAnswered{walker.in<flows::AskingProgress>()->ticket, std::move(cases)});
}

domain::SubmissionStatus in(OfficeState state) {
    domain::SubmissionStatus status;
    status.delivery = domain::Delivery::received;
    status.local_number = "L3K790F261QX8M2B";
    status.item_name = "高龄津贴申领";
    status.centre_state = domain::word(state);
    status.since = "2026-11-24T10:05:00+08:00";
    return status;
}

std::string value_of(const Page& page, const std::string& label) {
    for (const auto& one : page.screen.blocks)
        if (const auto* card = std::get_if<ui::screens::KeyValues>(&one))
            for (const auto& row : card->rows)
                if (row.label == label) return row.value;
    return {};
}

TEST(case_pages, each_state_has_words_of_its_own_and_a_sentence_on_what_to_do) {
    std::set<std::string> titles;
    for (const OfficeState state : domain::office_states) {
        auto status = in(state);
        status.note = "说明";
        const Page page = page_of(told({status}));
        const auto* notice = block<ui::screens::Notice>(page);
        ASSERT_NE(notice, nullptr);
        EXPECT_TRUE(titles.insert(notice->title).second) << notice->title;
        ASSERT_EQ(notice->lines.size(), 1U);
        EXPECT_FALSE(notice->lines.front().empty());
    }
}

TEST(case_pages, an_accepted_case_says_who_has_it_and_until_when) {
    auto status = in(OfficeState::accepted);
    status.office = "示例县民政局";
    status.due = "2026-12-08";
    const Page page = page_of(told({status}));
    EXPECT_EQ(block<ui::screens::Notice>(page)->title, "已受理");
    EXPECT_EQ(value_of(page, "在哪里办"), "示例县民政局");
    EXPECT_EQ(value_of(page, "预计办好"), "12 月 8 日（星期二）前");
}

TEST(case_pages, a_correction_says_all_that_is_to_be_mended_and_its_last_day) {
    auto status = in(OfficeState::correction);
    status.due = "2026-12-01";
    status.note = "缺户口簿本人页";
    const Page page = page_of(told({status}));
    EXPECT_EQ(block<ui::screens::Notice>(page)->title, "待补正");
    EXPECT_EQ(value_of(page, "补正期限"), "12 月 1 日（星期二）前");
    EXPECT_EQ(value_of(page, "办理部门的说明"), "缺户口簿本人页");
}

TEST(case_pages, what_is_not_known_is_not_printed) {
    const Page page = page_of(told({in(OfficeState::received)}));
    EXPECT_EQ(value_of(page, "在哪里办"), "");
    EXPECT_EQ(value_of(page, "预计办好"), "");
    EXPECT_EQ(value_of(page, "办理部门的说明"), "");
    const Page refused = page_of(told({in(OfficeState::refused)}));
    EXPECT_EQ(block<ui::screens::Notice>(refused)->lines.front(), "请到窗口问原因。");
}

TEST(case_pages, of_several_one_is_open_and_the_others_can_be_opened) {
    auto second = in(OfficeState::in_review);
    second.office = "示例县人社局";
    Walker walker = told({in(OfficeState::accepted), second});
    const Page page = page_of(walker);
    EXPECT_EQ(block<ui::screens::Notice>(page)->title, "已受理");
    ASSERT_TRUE(page.on_press.contains("case:1"));
    EXPECT_FALSE(page.on_press.contains("case:0"));
    walker.on(page.on_press.at("case:1"));
    const Page other = page_of(walker);
    EXPECT_EQ(block<ui::screens::Notice>(other)->title, "审核中");
    EXPECT_EQ(value_of(other, "在哪里办"), "示例县人社局");
    EXPECT_TRUE(other.on_press.contains("case:0"));
    walker.on(session::ProgressCaseOpened{7});
    EXPECT_EQ(walker.in<flows::ShowingProgress>()->opened, 1U) << "there is no such case";
}

base::Instant moment(const char* text) {
    base::Instant out{};
    EXPECT_TRUE(base::parse_iso8601(text, out));
    return out;
}

// On a terminal that takes submissions.
Page page_at(const Walker& walker, const char* when) {
    domain::PostStatus post;
    post.line = domain::Line::offline;
    post.taking = true;
    auto health = walker.terminal.health;
    health.id_card_reader.state = domain::DeviceState::ready;
    health.document_printer.state = domain::DeviceState::ready;
    return present({walker.session, &session::samples::pack(), walker.terminal.settings, health,
                    post, moment(when)});
}

bool says(const Page& page, const std::string& words) {
    for (const auto& one : page.screen.blocks) {
        if (const auto* card = std::get_if<ui::screens::TextCard>(&one))
            for (const auto& paragraph : card->paragraphs)
                if (paragraph.text.find(words) != std::string::npos) return true;
        if (const auto* notice = std::get_if<ui::screens::Notice>(&one))
            for (const auto& line : notice->lines)
                if (line.find(words) != std::string::npos) return true;
    }
    return false;
}

TEST(case_pages, out_of_hours_the_guide_and_the_receipt_say_that_it_is_taken_in_first) {
    const std::string words = "现在不是上班时间";
    const Walker guide = Walker{}.on(session::ItemChosen{session::samples::item_code});
    Walker receipt;
    receipt.to_receipt();
    for (const Walker& walker : {guide, receipt}) {
        EXPECT_FALSE(says(page_at(walker, "2026-11-23T10:00:00+08:00"), words)) << "a Monday";
        EXPECT_TRUE(says(page_at(walker, "2026-11-23T20:00:00+08:00"), words)) << "at night";
        EXPECT_TRUE(says(page_at(walker, "2026-11-22T10:00:00+08:00"), words)) << "a Sunday";
        EXPECT_TRUE(says(page_at(walker, "2026-10-05T10:00:00+08:00"), words)) << "a holiday";
        EXPECT_FALSE(says(page_at(walker, "2026-10-10T10:00:00+08:00"), words))
            << "a Saturday worked instead";
    }
}

TEST(case_pages, the_receipt_promises_a_day_counted_from_acceptance_over_the_calendar) {
    const auto& pack = session::samples::pack();
    auto item = *pack.find_item(session::samples::item_code);
    item.promised_days = 5;
    const auto promise = [&](const char* when) {
        return promise_if_accepted(pack, item, moment(when), base::Locale::zh);
    };
    EXPECT_EQ(promise("2026-09-30T10:00:00+08:00"), "如当天受理，预计 10 月 13 日前办结");
    EXPECT_EQ(promise("2026-10-03T10:00:00+08:00"), "如下个工作日受理，预计 10 月 14 日前办结")
        << "a day off";
    EXPECT_EQ(promise("2028-09-27T10:00:00+08:00"), "") << "nobody published that year";
    item.promised_days = 0;
    EXPECT_EQ(promise("2026-09-30T10:00:00+08:00"), "") << "nothing is promised";
    Walker receipt;
    receipt.to_receipt();
    EXPECT_NE(value_of(page_of(receipt), "预计办好").find("受理，预计"), std::string::npos);
}

}  // namespace
}  // namespace app
