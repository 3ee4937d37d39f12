// What a person is told of a case: a state in words, who has it, until when, and what to do.
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

}  // namespace
}  // namespace app
