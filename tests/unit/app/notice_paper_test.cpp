// What stands on 一次性告知单 and 明白卡.
#include "app/notice_paper.hpp"

#include "app/training/samples/samples.hpp"

#include <gtest/gtest.h>

namespace app {
namespace {

namespace samples = training::samples;

std::string words_of(const documents::NoticeDocument& paper) {
    std::string out =
        paper.title + "\n" + paper.item_name + "\n" + paper.version + "\n" + paper.statement + "\n";
    for (const auto& line : paper.explanation) out += line + "\n";
    for (const auto& section : paper.sections) {
        out += section.heading + "\n";
        for (const auto& row : section.rows) out += row.label + "：" + row.value + "\n";
    }
    for (const auto& line : paper.footer) out += line + "\n";
    return out;
}

struct notice_paper : testing::Test {
    session::PrintList list{.ticket = {}, .item_code = samples::item_code};
    const std::string terminal = "000101001001001";
    std::string printed() const {
        return words_of(
            notice_document(samples::pack(), list, terminal, base::Locale::zh, samples::morning()));
    }
    bool says(const std::string& words) const { return printed().find(words) != std::string::npos; }
};

TEST_F(notice_paper, tells_everybody_the_whole_list_with_version_time_and_terminal) {
    const auto& item = *samples::pack().find_item(samples::item_code);
    EXPECT_TRUE(says("一次性告知单"));
    EXPECT_TRUE(says(item.name.zh));
    EXPECT_TRUE(says(samples::item_code));
    EXPECT_TRUE(says("09:41"));
    EXPECT_TRUE(says(terminal));
    EXPECT_TRUE(says(samples::pack().telephone));
    for (const auto& row : item.guide.materials) {
        EXPECT_TRUE(says(row.name.zh)) << row.name.zh;
        EXPECT_TRUE(says(row.text.zh)) << row.text.zh;
    }
    for (const auto& row : item.guide.terms) EXPECT_TRUE(says(row.text.zh)) << row.text.zh;
}

TEST_F(notice_paper, tells_the_exact_list_and_what_was_answered_in_the_citizens_words) {
    const auto& item = *samples::pack().find_item(samples::item_code);
    const auto& kept = item.materials.front();
    list.materials = {{kept.code, kept.source, ""}};
    const auto& question = item.situation.front();
    list.situation = {{question.id, question.options.front().value}};
    EXPECT_TRUE(says("按您的回答，需要下面这些材料"));
    EXPECT_TRUE(says(question.text.zh + "：" + question.options.front().label.zh));
    EXPECT_TRUE(says(kept.name.zh + "："));
    EXPECT_FALSE(says(item.materials.back().name.zh + "：")) << "what does not apply is not listed";
}

TEST_F(notice_paper, a_kind_end_says_why_from_when_and_what_next) {
    list.stop = {"还没到日子", "最早可以在 2026年12月10日申请", "到那天再来"};
    EXPECT_TRUE(says("办事明白卡"));
    for (const auto& text : list.stop) EXPECT_TRUE(says(text));
}

TEST_F(notice_paper, its_code_opens_the_guide) {
    const auto paper =
        notice_document(samples::pack(), list, terminal, base::Locale::zh, samples::morning());
    EXPECT_EQ(paper.qr_text, samples::pack().guide_link + samples::item_code);
    auto without = samples::pack();
    without.guide_link.clear();
    EXPECT_EQ(
        notice_document(without, list, terminal, base::Locale::zh, samples::morning()).qr_text,
        "CWG1:" + samples::item_code);
}

}  // namespace
}  // namespace app
