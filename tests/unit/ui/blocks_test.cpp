// What a person does with the blocks that read and pick, through the whole interface.
#include "tests/screens/pages.hpp"
#include "ui/shell/interface.hpp"
#include "ui/widgets/picking/date_text.hpp"

#include <gtest/gtest.h>

#include <set>

using base::Millis;
using ui::screens::Action;
using ui::screens::Pressed;
using ui::screens::Screen;
using ui::screens::TextEdited;
using ui::shell::Interface;

namespace {

class blocks : public testing::Test {
  protected:
    blocks() {
        Interface::Options options;
        options.icon_font = ICON_FONT;
        auto made = Interface::create(options, clock_);
        EXPECT_TRUE(made) << (made ? "" : made.error().safe_detail);
        if (made) ui_ = std::move(*made);
    }
    static Screen sample(const std::string& name) {
        for (Screen& screen : gallery::widget_pages())
            if (screen.name == name) return screen;
        return {};
    }
    void show(const Screen& screen) {
        ui_->frame(screen);
        clock_.forward(Millis{500});
        ui_->frame(screen);
    }
    std::optional<Action> tap(const Screen& screen, std::string_view what) {
        EXPECT_TRUE(ui_->tap(what)) << what << "\n" << ui_->tree().as_text();
        auto action = ui_->frame(screen);
        clock_.forward(Millis{1200});
        if (!action) ui_->frame(screen);
        return action;
    }
    std::string text_of(std::string_view id) const {
        const auto* node = ui_->tree().find(id);
        return node ? node->text : std::string();
    }
    bool shows(std::string_view words) const { return ui_->tree().find(words) != nullptr; }
    // Pushes the middle of a thing up (below zero) or down.
    void push(const Screen& screen, std::string_view id, float by, int steps, int step_ms,
              int rest_ms = 0) {
        const auto rect = ui_->tree().find(id)->rect;
        const float x = rect.centre_x(), y = rect.centre_y();
        ui_->press(x, y);
        ui_->frame(screen);
        for (int i = 1; i <= steps; ++i) {
            clock_.forward(Millis{step_ms});
            ui_->move(x, y + by * static_cast<float>(i) / static_cast<float>(steps));
            ui_->frame(screen);
        }
        clock_.forward(Millis{rest_ms});
        ui_->release();
        ui_->frame(screen);
    }

    base::ManualClock clock_{base::Instant{}};
    std::unique_ptr<Interface> ui_;
};

}  // namespace

TEST_F(blocks, a_table_shows_eight_rows_and_the_rest_by_its_own_buttons) {
    const Screen records = sample("records");
    show(records);
    EXPECT_TRUE(shows("2025年5月"));
    EXPECT_FALSE(shows("2025年4月"));
    EXPECT_FALSE(tap(records, "records.on"));
    EXPECT_TRUE(shows("2025年4月"));
    EXPECT_FALSE(shows("2025年5月"));
    tap(records, "records.on");
    EXPECT_EQ(ui_->tree().find("records.on"), nullptr);
    tap(records, "records.back");
    EXPECT_TRUE(shows("2025年4月"));
}
namespace {

ui::screens::Table list_of(std::size_t rows) {
    ui::screens::Table list;
    list.id = "list";
    list.list = true;
    list.columns = {{"时间", 3, false}, {"事件", 3, false}, {"明细", 4, false}};
    for (std::size_t i = 0; i < rows; ++i)
        list.rows.push_back({{"09:41", "DeviceHealthChanged", "row=" + std::to_string(i)}, {}});
    return list;
}

}  // namespace

TEST_F(blocks, a_list_tears_no_word_and_turns_only_as_a_part_of_its_page) {
    Screen page;
    page.name = "list";
    page.title = "日志";
    page.comfort.text = domain::TextSize::largest;
    page.blocks = {list_of(30), ui::screens::ButtonRow{{{"back", "返回"}}}};
    // Twice as much as the panel holds stands above it.
    ui::screens::TextCard above;
    for (int i = 0; i < 20; ++i) above.paragraphs.push_back({{}, {}, std::string(120, 'x')});
    page.blocks.insert(page.blocks.begin(), above);
    show(page);
    std::string said;
    for (int part = 0; part < 40; ++part) {
        EXPECT_EQ(ui_->tree().find("list.on"), nullptr);
        for (const auto& node : ui_->tree().nodes())
            for (const auto& line : node.lines) said += line.text + "\n";
        const auto* on = ui_->tree().find("part.on");
        if (on == nullptr) break;
        tap(page, "part.on");
    }
    for (std::size_t i = 0; i < 30; ++i)
        EXPECT_NE(said.find("row=" + std::to_string(i) + "\n"), std::string::npos) << i;
    // Parts are met more than once on the way; a word is never met in two pieces.
    const auto count = [&](const std::string& text) {
        std::size_t found = 0;
        for (auto at = said.find(text); at != std::string::npos; at = said.find(text, at + 1))
            ++found;
        return found;
    };
    EXPECT_GE(count("DeviceHealthChanged\n"), 30U);
    EXPECT_EQ(count("DeviceHealthChanged\n"), count("Device"));
    EXPECT_NE(ui_->tree().find("back"), nullptr) << "behind the last row";
}

TEST_F(blocks, options_whose_words_have_no_room_beside_each_other_stand_in_more_rows) {
    Screen page;
    page.name = "options";
    ui::screens::OptionRow row{"clock", "预计多久", {}};
    for (const char* text : {"30 分钟", "2 小时", "今天之内不恢复", "现在还不确定"})
        row.options.push_back({text, text, false});
    auto few = row;
    few.options.resize(2);
    page.blocks = {few};
    show(page);
    EXPECT_EQ(ui_->tree().find("30 分钟")->rect.y, ui_->tree().find("2 小时")->rect.y);
    page.blocks = {row};
    page.comfort.text = domain::TextSize::largest;
    show(page);
    std::set<float> rows;
    for (const auto& option : row.options) {
        const auto* node = ui_->tree().find(option.id);
        ASSERT_TRUE(node);
        EXPECT_EQ(node->lines.size(), 1U) << option.text;
        EXPECT_LE(node->text_rect.w, node->rect.w);
        rows.insert(node->rect.y);
    }
    EXPECT_EQ(rows.size(), 2U);
    EXPECT_EQ(tap(page, "今天之内不恢复"), Action(Pressed{"今天之内不恢复"}));
}

TEST_F(blocks, a_lead_that_needs_two_lines_pushes_down_what_stands_below_it) {
    Screen page;
    page.name = "leads";
    page.comfort.text = domain::TextSize::largest;
    ui::screens::TextCard card;
    card.paragraphs = {{{}, "No connection; applications are kept on this terminal  ", "why"},
                       {{}, "Receipt printer: supplies are low  ", {}}};
    page.blocks = {card};
    show(page);
    std::vector<ui::widgets::Rect> lines;
    for (const auto& node : ui_->tree().nodes())
        if (node.role == ui::widgets::Role::text)
            for (const auto& line : node.lines) lines.push_back(line.rect);
    ASSERT_GE(lines.size(), 4U);
    for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_GE(lines[i].y, lines[i - 1].bottom());
}

TEST_F(blocks, an_empty_table_says_so) {
    show(sample("records_empty"));
    EXPECT_TRUE(shows("近两年没有发放记录"));
}
TEST_F(blocks, another_page_begins_with_its_first_rows) {
    const Screen records = sample("records");
    show(records);
    tap(records, "records.on");
    show(sample("policy"));
    show(records);
    EXPECT_TRUE(shows("2025年12月"));
}

TEST_F(blocks, a_long_text_is_read_to_its_end_with_single_taps) {
    const Screen policy = sample("policy");
    show(policy);
    std::string read = text_of("policy_text");
    EXPECT_FALSE(read.find("第四章") != std::string::npos);
    int turns = 0;
    while (ui_->tree().find("policy_text.on") != nullptr && ++turns < 50) {
        EXPECT_FALSE(tap(policy, "policy_text.on"));
        read += text_of("policy_text");
    }
    EXPECT_NE(read.find("第四章"), std::string::npos);
    EXPECT_TRUE(shows("共"));
    while (ui_->tree().find("policy_text.back") != nullptr && --turns > -50)
        tap(policy, "policy_text.back");
    EXPECT_NE(text_of("policy_text").find("第一章"), std::string::npos);
}
TEST_F(blocks, a_finger_that_goes_less_than_six_millimetres_pushes_nothing) {
    const Screen policy = sample("policy");
    show(policy);
    const std::string before = text_of("policy_text");
    push(policy, "policy_text", -22, 4, 200);
    EXPECT_EQ(text_of("policy_text"), before);
}
TEST_F(blocks, a_finger_pushes_the_text_as_far_as_it_goes) {
    const Screen policy = sample("policy");
    show(policy);
    // Three lines of 45 px, then it rests before it is lifted.
    push(policy, "policy_text", -135, 3, 200, 300);
    ui_->frame(policy);
    EXPECT_EQ(text_of("policy_text").find("第一章"), std::string::npos);
    EXPECT_FALSE(ui_->needs_another_frame());
}
TEST_F(blocks, a_thrown_text_runs_on_and_stops_and_not_in_elder_mode) {
    for (const bool elder : {false, true}) {
        Screen policy = sample("policy");
        if (elder) gallery::grow_old(policy);
        show(policy);
        push(policy, "policy_text", -200, 10, 10);
        const std::string lifted = text_of("policy_text");
        EXPECT_EQ(ui_->needs_another_frame(), !elder);
        int frames = 0;
        while (ui_->needs_another_frame() && ++frames < 200) {
            clock_.forward(Millis{33});
            ui_->frame(policy);
        }
        EXPECT_LT(frames, 90);
        EXPECT_EQ(text_of("policy_text") == lifted, elder);
    }
}
TEST_F(blocks, a_press_that_becomes_a_push_presses_nothing) {
    Screen policy = sample("policy");
    show(policy);
    const auto on = ui_->tree().find("policy_text.on")->hit;
    const std::string before = text_of("policy_text");
    ui_->press(on.centre_x(), on.centre_y());
    ui_->move(on.centre_x(), on.centre_y() - 300);
    ui_->release();
    EXPECT_FALSE(ui_->frame(policy));
    EXPECT_EQ(text_of("policy_text"), before);
}

TEST_F(blocks, digits_of_a_date_come_out_as_a_date) {
    Screen form = sample("form_date");
    auto& date = std::get<ui::screens::DateField>(form.blocks[0]);
    date.value = {};
    show(form);
    EXPECT_EQ(tap(form, "since"), Action{Pressed{"since"}});
    for (const auto& [key, value] :
         std::vector<std::pair<std::string, std::string>>{{"key.2", "2"},
                                                          {"key.0", "20"},
                                                          {"key.2", "202"},
                                                          {"key.5", "2025"},
                                                          {"key.4", "2025-04"},
                                                          {"key.1", "2025-04-1"},
                                                          {"key.9", "2025-04-19"}}) {
        const auto action = tap(form, key);
        ASSERT_TRUE(action) << key;
        const auto& edit = std::get<TextEdited>(*action);
        EXPECT_EQ(edit.field, "since");
        EXPECT_EQ(*edit.text, value);
        date.value = edit.text;
        ui_->frame(form);
    }
    EXPECT_EQ(text_of("since"), "2025\n年\n04\n月\n19\n日");
    EXPECT_FALSE(tap(form, "key.7"));
    const auto erased = tap(form, "key.delete");
    ASSERT_TRUE(erased);
    EXPECT_EQ(*std::get<TextEdited>(*erased).text, "2025-04-1");
}
TEST(date_text, a_month_or_day_without_its_nought_gets_it) {
    using ui::widgets::date_digits;
    using ui::widgets::date_value;
    EXPECT_EQ(date_value("194042"), "1940-04-2");
    EXPECT_EQ(date_value("1940449"), "1940-04-04");
    EXPECT_EQ(date_value("19401"), "1940-1");
    EXPECT_EQ(date_value("194012311"), "1940-12-31");
    EXPECT_EQ(date_value("ab"), "");
    EXPECT_EQ(date_digits("1940-12-31"), "19401231");
    EXPECT_EQ(date_digits(""), "");
}

TEST_F(blocks, a_village_is_found_by_its_initial) {
    const Screen form = sample("form_village");
    show(form);
    EXPECT_FALSE(shows("示例村"));
    EXPECT_FALSE(tap(form, "village.initial.S"));
    EXPECT_TRUE(ui_->tree().find("village.initial.S")->selected);
    EXPECT_FALSE(shows("安乐村"));
    EXPECT_EQ(tap(form, "示例村"), Action{Pressed{"000101001015"}});
    EXPECT_FALSE(tap(form, "village.initial.all"));
    EXPECT_TRUE(shows("安乐村"));
}
TEST_F(blocks, twelve_places_stand_on_a_page_and_the_rest_on_the_next) {
    const Screen form = sample("form_village");
    show(form);
    const auto choices = [&] {
        int n = 0;
        for (const auto& node : ui_->tree().nodes())
            n += node.role == ui::widgets::Role::choice ? 1 : 0;
        return n;
    };
    EXPECT_EQ(choices(), 12);
    tap(form, "village.on");
    EXPECT_EQ(choices(), 8);
}
TEST_F(blocks, a_level_chosen_before_is_the_way_back_and_a_place_may_be_written) {
    const Screen form = sample("form_village");
    show(form);
    EXPECT_EQ(tap(form, "示例县"), Action{Pressed{"000101"}});
    EXPECT_EQ(tap(form, "village.other"), Action{Pressed{"village.other"}});
    show(sample("form_town"));
    EXPECT_TRUE(shows("town.error"));
}

TEST_F(blocks, every_page_of_a_paper_is_reached_and_nothing_of_it_stays) {
    const long before = base::live_secrets();
    {
        const Screen preview = sample("letter_preview");
        show(preview);
        EXPECT_EQ(ui_->tree().find("paper")->sensitivity, ui::screens::Sensitivity::personal);
        const auto first = ui_->pixels();
        int turns = 0;
        while (ui_->tree().find("paper.on") != nullptr && ++turns < 20) tap(preview, "paper.on");
        EXPECT_GT(turns, 1);
        EXPECT_FALSE(*first == *ui_->pixels());
    }
    ui_->end_session();
    EXPECT_EQ(base::live_secrets(), before);
}

TEST_F(blocks, a_paper_is_seen_whole_or_twice_as_large_and_read_to_its_end_in_each_size) {
    Screen preview = sample("letter_preview");
    for (auto& block : preview.blocks)
        if (auto* paper = std::get_if<ui::screens::PagePicture>(&block)) paper->sizes = true;
    show(preview);
    // Each turn shows something else; the last one is the end of the paper.
    const auto turns = [&] {
        int count = 0;
        auto seen = *ui_->pixels();
        while (ui_->tree().find("paper.on") != nullptr && ++count < 40) {
            EXPECT_FALSE(tap(preview, "paper.on")) << "turning is the page's own business";
            auto now = *ui_->pixels();
            EXPECT_FALSE(now == seen) << "turn " << count;
            seen = std::move(now);
        }
        for (int i = 0; i < count; ++i) tap(preview, "paper.back");
        EXPECT_EQ(ui_->tree().find("paper.back"), nullptr);
        return count;
    };
    const int as_wide_as_the_page = turns();
    EXPECT_FALSE(tap(preview, "paper.larger"));
    EXPECT_FALSE(tap(preview, "paper.larger"));
    EXPECT_EQ(ui_->tree().find("paper.larger"), nullptr) << "as large as it gets";
    EXPECT_GT(turns(), 2 * as_wide_as_the_page) << "both halves of each line are turned to";
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(tap(preview, "paper.smaller"));
    EXPECT_EQ(ui_->tree().find("paper.smaller"), nullptr) << "as small as it gets";
    EXPECT_EQ(turns(), 1) << "two pages, each whole";
}
