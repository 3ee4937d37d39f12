// The pages of the text keyboard: what they type, how large their keys are, what they leave
// visible.
#include "keyboard_driver.hpp"

#include <algorithm>

using keyboard_driver::Driver;
using keyboard_driver::field_of;
using keyboard_driver::form;
using keyboard_driver::Panel;
using keyboard_driver::Theme;
using ui::widgets::Node;
using ui::widgets::Role;

namespace {

constexpr const char* methods[] = {"method.pinyin",  "method.nine_key", "method.handwriting",
                                   "method.strokes", "method.symbols",  "method.latin",
                                   "method.digits"};
constexpr Panel tall{1080, 1920}, wide{1920, 1080}, small{1366, 768};

bool is_key(const Node& node) {
    return node.role == Role::key || node.role == Role::candidate;
}

}  // namespace

TEST(keyboard, every_method_is_one_tap_away_on_every_page) {
    for (const Theme theme : {Theme::standard, Theme::elder})
        for (const Panel panel : {tall, wide, small}) {
            Driver driver(form(theme), panel);
            for (const char* from : methods) {
                driver.tap(from);
                for (const char* to : methods) {
                    ASSERT_NE(driver.node(to), nullptr) << from << " " << to;
                    EXPECT_EQ(driver.node(to)->selected, std::string_view(from) == to);
                }
            }
        }
}
TEST(keyboard, old_hands_begin_with_handwriting_young_ones_with_pinyin) {
    EXPECT_TRUE(Driver(form(Theme::elder)).node("method.handwriting")->selected);
    EXPECT_TRUE(Driver(form()).node("method.pinyin")->selected);
}
TEST(keyboard, the_method_chosen_is_kept_over_pages_until_the_session_ends) {
    Driver driver(form());
    driver.tap("method.strokes");
    const auto name = driver.screen().name;
    driver.screen().name = "another_page";
    driver.settle();
    EXPECT_TRUE(driver.node("method.strokes")->selected);
    driver.ui().end_session();
    driver.screen().name = name;
    driver.settle();
    EXPECT_TRUE(driver.node("method.pinyin")->selected);
}
TEST(keyboard, signs_and_digits_are_for_one_field_only) {
    Driver driver(form());
    driver.tap("method.nine_key");
    driver.tap("method.digits");
    driver.screen().name = "another_page";
    driver.settle();
    EXPECT_TRUE(driver.node("method.nine_key")->selected);
}
TEST(keyboard, every_page_of_it_types) {
    Driver driver(form());
    field_of(driver.screen()).value = base::SecretText("");
    driver.tap("method.nine_key");
    driver.keys("72698");
    driver.tap("三组");
    driver.tap("method.strokes");
    driver.keys("hspn");
    driver.tap("candidate.0");
    driver.tap("method.handwriting");
    driver.write_three();
    driver.tap("candidate.0");
    driver.tap("method.digits");
    driver.keys("8");
    driver.tap("key.号");
    driver.tap("method.symbols");
    driver.tap("key.（");
    driver.tap("method.latin");
    driver.tap("key.shift");
    driver.keys("Ab");
    EXPECT_EQ(driver.text(), "三组木三8号（Ab");
}
TEST(keyboard, a_reading_narrows_what_the_nine_keys_offer) {
    Driver driver(form());
    driver.tap("method.nine_key");
    driver.keys("94664");
    EXPECT_EQ(driver.node("reading.1")->text, "zhong");
    driver.tap("reading.1");
    EXPECT_EQ(driver.node("reading.1"), nullptr);
    EXPECT_EQ(driver.node("door")->text, "三组大塘边\nzhong");
    EXPECT_EQ(driver.candidates().front(), "中");
}
TEST(keyboard, a_sign_finishes_the_word_before_it) {
    Driver driver(form());
    driver.keys("fuwu");
    driver.tap("key.，");
    EXPECT_EQ(driver.text(), "三组大塘边服务，");
}
TEST(keyboard, a_stroke_can_be_taken_back_and_the_pad_cleared) {
    Driver driver(form(Theme::elder));
    driver.write_three();
    EXPECT_EQ(driver.node("writing_pad")->value, "3");
    driver.tap("key.undo");
    EXPECT_EQ(driver.node("writing_pad")->value, "2");
    EXPECT_EQ(driver.candidates().front(), "二");
    driver.tap("key.rewrite");
    EXPECT_EQ(driver.node("writing_pad")->value, "0");
    EXPECT_TRUE(driver.candidates().empty());
    EXPECT_EQ(driver.text(), "三组大塘边");
}
TEST(keyboard, a_tap_on_the_pad_is_a_dot) {
    Driver driver(form(Theme::elder));
    driver.stroke({{50, 50}});
    EXPECT_EQ(driver.node("writing_pad")->value, "1");
    EXPECT_FALSE(driver.candidates().empty());
}
TEST(keyboard, a_press_elsewhere_takes_the_written_character_first) {
    Driver driver(form(Theme::elder));
    driver.write_three();
    driver.tap("next");
    EXPECT_EQ(driver.text(), "三组大塘边三");
    EXPECT_EQ(driver.node("writing_pad")->value, "0");
}
TEST(keyboard, at_least_eight_characters_are_offered_for_what_was_written) {
    for (const Panel panel : {tall, wide, small}) {
        Driver driver(form(Theme::elder), panel);
        driver.write_three();
        auto shown = driver.candidates();
        while (driver.node("candidate.next") && shown.size() < 8) {
            driver.tap("candidate.next");
            for (auto& more : driver.candidates()) shown.push_back(more);
        }
        EXPECT_GE(shown.size(), 8U) << panel.width;
    }
}
TEST(keyboard, a_name_has_its_middle_dot_beside_the_candidates) {
    for (const char* method : {"method.pinyin", "method.nine_key", "method.handwriting"}) {
        Driver driver(form());
        EXPECT_EQ(driver.node("key.·"), nullptr);
        field_of(driver.screen()).middle_dot = true;
        driver.tap(method);
        driver.tap("key.·");
        EXPECT_EQ(driver.text(), "三组大塘边·");
    }
}
TEST(keyboard, without_a_model_handwriting_is_not_offered_and_old_hands_get_nine_keys) {
    ui::shell::Interface::Options options;
    options.handwriting_model = "/nonexistent";
    Driver driver(form(Theme::elder), tall, options);
    EXPECT_EQ(driver.node("method.handwriting"), nullptr);
    EXPECT_TRUE(driver.node("method.nine_key")->selected);
    EXPECT_EQ(driver.ui().missing_input(), std::vector<std::string_view>{"handwriting"});
}
TEST(keyboard, without_dictionaries_letters_and_handwriting_go_on) {
    ui::shell::Interface::Options options;
    options.rime.shared = "/nonexistent";
    Driver driver(form(), tall, options);
    EXPECT_TRUE(driver.node("method.handwriting")->selected);
    for (const char* gone : {"method.pinyin", "method.nine_key", "method.strokes"})
        EXPECT_EQ(driver.node(gone), nullptr) << gone;
    driver.tap("method.latin");
    driver.keys("k");
    EXPECT_EQ(driver.text(), "三组大塘边k");
}
TEST(keyboard, keys_are_as_large_as_the_hands_need) {
    for (const Theme theme : {Theme::standard, Theme::elder})
        for (const Panel panel : {tall, wide, small}) {
            // 26 keys of 20 mm do not fit into the 190 mm of a small panel with elder mode's frame.
            const bool cramped = theme == Theme::elder && panel.height == small.height;
            Driver driver(form(theme), panel);
            for (const char* method : methods) {
                driver.tap(method);
                const bool nine = std::string_view(method) == "method.nine_key";
                if (nine) driver.keys("94664");
                for (const Node& n : driver.ui().tree().nodes()) {
                    if (!is_key(n)) continue;
                    const std::string what =
                        std::to_string(panel.width) + " " + method + " " + n.id;
                    const bool digit = nine && n.id.starts_with("key.");
                    EXPECT_GE(n.hit.w, digit                                        ? 101
                                       : panel.width == 1080 && n.role == Role::key ? 96
                                                                                    : 81)
                        << what;
                    EXPECT_GE(n.hit.h, cramped ? (digit ? 90 : 51) : digit ? 101 : 81) << what;
                    if (n.role == Role::candidate) {
                        EXPECT_GE(n.hit.h, 81) << what;
                    }
                }
                if (const Node* pad = driver.node("writing_pad")) {
                    EXPECT_GE(pad->rect.w, 363);
                    EXPECT_GE(pad->rect.h, 363);
                }
            }
        }
}
TEST(keyboard, the_field_in_use_stands_clear_of_the_keys_with_its_label) {
    for (const Theme theme : {Theme::standard, Theme::elder})
        for (const Panel panel : {tall, wide, small})
            for (const char* method : methods) {
                Driver driver(form(theme), panel);
                field_of(driver.screen()).value = base::SecretText("三组大塘边新屋背后第二排八号");
                driver.tap(method);
                const Node* field = driver.node("door");
                const Node* label = driver.node("门牌或住址");
                ASSERT_NE(field, nullptr);
                ASSERT_NE(label, nullptr) << panel.width << " " << method;
                for (const Node& n : driver.ui().tree().nodes()) {
                    if (!is_key(n) && !n.id.starts_with("method.")) continue;
                    EXPECT_FALSE(n.rect.inset(-31).overlaps(field->rect)) << panel.width << n.id;
                    EXPECT_FALSE(n.rect.inset(-12).overlaps(label->rect)) << panel.width << n.id;
                }
                EXPECT_LE(field->rect.bottom(), static_cast<float>(panel.height));
            }
}
TEST(keyboard, a_plate_begins_with_the_province_and_goes_on_with_letters) {
    auto screen = form();
    field_of(screen).keyboard = ui::screens::Keyboard::plate;
    field_of(screen).value = base::SecretText("");
    Driver driver(std::move(screen));
    EXPECT_EQ(driver.node("key.A"), nullptr);
    driver.tap("key.湘");
    EXPECT_EQ(driver.node("key.湘"), nullptr);
    driver.keys("A12345");
    EXPECT_EQ(driver.text(), "湘A12345");
}
TEST(keyboard, numbers_and_codes_have_keys_of_their_own_and_no_methods) {
    using ui::screens::Keyboard;
    for (const auto& [keyboard, has, has_not] :
         {std::tuple{Keyboard::money, "key..", "key.X"},
          std::tuple{Keyboard::number_x, "key.X", "key.."},
          std::tuple{Keyboard::credit_code, "key.W", "key.I"}})
        for (const Panel panel : {tall, wide, small}) {
            auto screen = form();
            field_of(screen).keyboard = keyboard;
            Driver driver(std::move(screen), panel);
            ASSERT_NE(driver.node(has), nullptr) << has;
            EXPECT_EQ(driver.node(has_not), nullptr);
            EXPECT_EQ(driver.node("method.pinyin"), nullptr);
            EXPECT_GE(driver.node(has)->hit.h, 81) << has << panel.width;
        }
}
TEST(keyboard, the_id_keypad_has_twelve_keys_and_types_a_capital_x) {
    for (const Theme theme : {Theme::standard, Theme::elder})
        for (const Panel panel : {tall, wide, small}) {
            auto screen = form(theme);
            field_of(screen).keyboard = ui::screens::Keyboard::number_x;
            field_of(screen).value = base::SecretText("");
            Driver driver(std::move(screen), panel);
            std::vector<std::string> keys;
            for (const Node& n : driver.ui().tree().nodes()) {
                if (n.role != Role::key) continue;
                EXPECT_GE(std::min(n.hit.w, n.hit.h), 81) << panel.width << n.id;
                if (n.id != "key.hide") keys.push_back(n.id.substr(4));  // beside the twelve
            }
            EXPECT_EQ(keys, (std::vector<std::string>{"1", "2", "3", "4", "5", "6", "7", "8", "9",
                                                      "X", "0", "delete"}));
            driver.keys("12X");
            EXPECT_EQ(driver.text(), "12X");
        }
}
TEST(keyboard, what_was_written_is_read_by_the_frame_after_the_stroke) {
    Driver driver(form(Theme::elder));
    const auto pad = driver.node("writing_pad")->rect;
    driver.ui().press(pad.x + pad.w / 5, pad.centre_y());
    driver.ui().move(pad.right() - pad.w / 5, pad.centre_y());
    driver.ui().release();
    // The stroke is read in the first frame and its candidates are drawn in the second.
    driver.ui().frame(driver.screen());
    EXPECT_TRUE(driver.ui().needs_another_frame());
    driver.ui().frame(driver.screen());
    ASSERT_FALSE(driver.candidates().empty());
    EXPECT_EQ(driver.candidates().front(), "一");
}
TEST(keyboard, a_held_delete_key_empties_the_field_and_any_other_types_once) {
    for (const auto& [key, left] :
         {std::pair{"key.delete", ""}, std::pair{"key.，", "三组大塘边，"}}) {
        Driver driver(form());
        driver.hold(key, base::Millis{3000});
        EXPECT_EQ(driver.text(), left) << key;
    }
}
