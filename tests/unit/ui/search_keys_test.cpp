// A search: its keys, and what it found above or beside them.
#include "keyboard_driver.hpp"

using keyboard_driver::Driver;
using keyboard_driver::field_of;
using keyboard_driver::form;
using keyboard_driver::Panel;
using keyboard_driver::Theme;
using ui::screens::Choices;
using ui::screens::ChoiceStyle;
using ui::screens::Field;
using ui::screens::Keyboard;
using ui::screens::Screen;
using ui::widgets::Node;
using ui::widgets::Role;

namespace {

constexpr Panel tall{1080, 1920}, wide{1920, 1080}, small{1366, 768};
constexpr int found = 8;

Screen search(Theme theme = Theme::standard) {
    Screen screen = form(theme);
    Field field = field_of(screen);
    field.keyboard = Keyboard::search;
    field.value = base::SecretText("");
    screen.name = "search";
    screen.steps = {};
    screen.blocks = {field};
    return screen;
}

Screen search_that_found(int rows, Theme theme) {
    Screen screen = search(theme);
    Choices list{ChoiceStyle::found, false, {}};
    for (int i = 0; i < rows; ++i)
        list.choices.push_back({"item:" + std::to_string(i),
                                "高龄津贴申领" + std::to_string(i),
                                "也叫 老人补贴",
                                {},
                                false});
    screen.blocks.emplace_back(std::move(list));
    return screen;
}

std::vector<Node> rows_of(Driver& driver) {
    std::vector<Node> rows;
    for (const Node& node : driver.ui().tree().nodes())
        if (node.role == Role::choice && node.id.starts_with("item:")) rows.push_back(node);
    return rows;
}

}  // namespace

TEST(search_keys, letters_are_typed_straight_away) {
    for (const Panel panel : {tall, wide, small}) {
        Driver driver(search(), panel);
        driver.keys("lrbt");
        EXPECT_EQ(driver.text(), "lrbt");
    }
}

TEST(search_keys, old_hands_begin_by_writing) {
    Driver driver(search(Theme::elder));
    EXPECT_TRUE(driver.node("method.handwriting")->selected);
}

TEST(search_keys, every_other_method_is_one_tap_away_and_types) {
    Driver driver(search());
    for (const char* method : {"method.pinyin", "method.nine_key", "method.handwriting",
                               "method.strokes", "method.latin"}) {
        driver.tap(method);
        EXPECT_TRUE(driver.node(method)->selected) << method;
    }
    driver.tap("method.pinyin");
    driver.keys("sanzu");
    driver.tap("三组");
    EXPECT_EQ(driver.text(), "三组");
}

TEST(search_keys, letters_for_a_search_do_not_change_how_words_are_written) {
    Driver driver(form());
    driver.tap("method.strokes");
    driver.screen() = search();
    driver.settle();
    EXPECT_TRUE(driver.node("method.strokes")->selected);
    driver.tap("method.latin");
    EXPECT_TRUE(driver.node("method.latin")->selected);
    driver.screen() = form();
    driver.settle();
    EXPECT_TRUE(driver.node("method.strokes")->selected);
}

TEST(search_keys, the_best_of_what_was_found_stands_clear_of_the_keys_on_every_panel) {
    for (const Theme theme : {Theme::standard, Theme::elder})
        for (const Panel panel : {tall, wide, small}) {
            Driver driver(search_that_found(found, theme), panel);
            const auto rows = rows_of(driver);
            ASSERT_FALSE(rows.empty()) << panel.width;
            const std::size_t least = theme == Theme::elder ? 1 : panel.width == 1080 ? 3 : 2;
            EXPECT_GE(rows.size(), least) << panel.width;
            EXPECT_EQ(rows.front().id, "item:0");
            for (const Node& row : rows) EXPECT_EQ(row.news, row.id == "item:0");
            for (const Node& row : rows) {
                EXPECT_GE(row.hit.h, 81) << panel.width;
                for (const Node& node : driver.ui().tree().nodes()) {
                    if (node.role != Role::key) continue;
                    EXPECT_FALSE(row.hit.overlaps(node.hit)) << row.id << node.id;
                }
            }
        }
}

TEST(search_keys, however_much_was_found_field_and_keys_stay_where_they_are) {
    for (const Theme theme : {Theme::standard, Theme::elder})
        for (const Panel panel : {tall, wide, small}) {
            const auto places = [&](int rows) {
                Driver driver(rows == 0 ? search(theme) : search_that_found(rows, theme), panel);
                const std::string field = field_of(driver.screen()).id;
                std::vector<float> at;
                for (const char* key : {"key.delete", "method.pinyin"})
                    if (const Node* node = driver.node(key))
                        at.insert(at.end(), {node->rect.x, node->rect.y, node->rect.h});
                if (const Node* node = driver.node(field))
                    at.insert(at.end(), {node->rect.x, node->rect.y, node->rect.h});
                return at;
            };
            const auto empty = places(0);
            EXPECT_EQ(empty.size(), 9U);
            for (const int rows : {1, 2, 3, found}) EXPECT_EQ(places(rows), empty) << panel.width;
        }
}

TEST(search_keys, all_that_was_found_is_there_when_the_keys_are_put_away) {
    for (const Panel panel : {tall, wide, small}) {
        Driver driver(search_that_found(found, Theme::standard), panel);
        driver.tap("key.hide");
        std::size_t seen = rows_of(driver).size();
        for (int turns = 0; driver.node("part.on") != nullptr && turns < found; ++turns) {
            driver.tap("part.on");
            seen += rows_of(driver).size();
        }
        EXPECT_EQ(seen, static_cast<std::size_t>(found)) << panel.width;
    }
}

TEST(search_keys, a_row_pressed_is_the_row_meant_whatever_is_being_composed) {
    Driver driver(search_that_found(2, Theme::standard));
    driver.tap("method.pinyin");
    driver.keys("lao");
    const auto rows = rows_of(driver);
    ASSERT_EQ(rows.size(), 2U);
    driver.ui().press(rows[1].hit.centre_x(), rows[1].hit.centre_y());
    driver.ui().release();
    const auto action = driver.ui().frame(driver.screen());
    ASSERT_TRUE(action);
    EXPECT_EQ(*action, ui::screens::Action{ui::screens::Pressed{"item:1"}});
    EXPECT_EQ(driver.text(), "");
}

TEST(search_keys, no_part_of_a_page_shows_more_than_eight_to_choose_from) {
    for (const Panel panel : {tall, wide, small}) {
        Screen screen = search_that_found(60, Theme::standard);
        screen.blocks.erase(screen.blocks.begin());
        std::get<Choices>(screen.blocks.front()).style = ChoiceStyle::rows;
        Driver driver(std::move(screen), panel);
        std::size_t seen = rows_of(driver).size();
        EXPECT_LE(seen, 8U);
        for (int turns = 0; driver.node("part.on") != nullptr && turns < 60; ++turns) {
            driver.tap("part.on");
            EXPECT_LE(rows_of(driver).size(), 8U);
            seen += rows_of(driver).size();
        }
        EXPECT_EQ(seen, 60U) << panel.width;
    }
}
