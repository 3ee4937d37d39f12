#include "ui/widgets/touch.hpp"

#include <gtest/gtest.h>

using namespace ui::widgets;
using base::Millis;
using ui::theme::Point;

namespace {

// One page with a primary button, a plain one and a key, shown since time zero.
class touch : public testing::Test {
  protected:
    touch() {
        tree_.begin("page");
        add("primary", Role::primary_button, {100, 100, 300, 100});
        add("other", Role::button, {100, 300, 300, 100});
        add("key", Role::key, {100, 500, 100, 100});
        machine_.page_changed(Millis{0});
    }
    void add(const char* id, Role role, ui::theme::Rect rect) {
        Node node;
        node.id = id;
        node.role = role;
        node.rect = node.hit = rect;
        tree_.add(node);
    }
    void down(Point at, int when) { machine_.feed({TouchKind::down, at, Millis{when}}); }
    void move(Point at, int when) { machine_.feed({TouchKind::move, at, Millis{when}}); }
    void up(Point at, int when) { machine_.feed({TouchKind::up, at, Millis{when}}); }
    std::string work() {
        machine_.work(tree_, rules_);
        return machine_.activation().value_or("");
    }
    std::string tap(Point at, int when) {
        down(at, when);
        up(at, when + 30);
        return work();
    }

    SemanticTree tree_;
    Touch machine_;
    TouchRules rules_;
};

}  // namespace

TEST_F(touch, a_press_of_any_length_acts_once_on_release) {
    int when = 1000;
    for (const int length : {30, 500, 5000}) {
        down({150, 350}, when);
        EXPECT_EQ(work(), "");
        EXPECT_TRUE(machine_.pressed("other"));
        up({150, 350}, when + length);
        EXPECT_EQ(work(), "other");
        EXPECT_EQ(work(), "");
        when += 10000;
    }
}
TEST_F(touch, within_the_slop_a_slip_out_of_the_control_still_counts) {
    down({101, 350}, 1000);
    up({72, 350}, 1100);
    EXPECT_EQ(work(), "other");
}
TEST_F(touch, sliding_out_cancels) {
    down({101, 350}, 1000);
    up({70, 350}, 1100);
    EXPECT_EQ(work(), "");
}
TEST_F(touch, sliding_out_and_back_counts_and_shows_it) {
    down({150, 350}, 1000);
    move({700, 900}, 1050);
    work();
    EXPECT_FALSE(machine_.pressed("other"));
    move({150, 350}, 1100);
    up({150, 350}, 1150);
    EXPECT_EQ(work(), "other");
}
TEST_F(touch, a_touch_that_began_on_the_old_page_does_nothing_on_the_new_one) {
    down({150, 350}, 1000);
    work();
    machine_.page_changed(Millis{1010});
    up({150, 350}, 2000);
    EXPECT_EQ(work(), "");
}
TEST_F(touch, a_new_page_ignores_touches_for_a_quarter_of_a_second) {
    machine_.page_changed(Millis{1000});
    EXPECT_EQ(tap({150, 350}, 1249), "");
    EXPECT_EQ(tap({150, 350}, 1300), "other");
}
TEST_F(touch, the_second_press_of_a_primary_button_within_a_second_is_ignored) {
    EXPECT_EQ(tap({150, 150}, 1000), "primary");
    EXPECT_EQ(tap({150, 150}, 1050), "");
    EXPECT_EQ(tap({150, 150}, 1400), "");
    EXPECT_EQ(tap({150, 150}, 2200), "primary");
}
TEST_F(touch, a_bouncing_key_types_once) {
    EXPECT_EQ(tap({150, 550}, 1000), "key");
    EXPECT_EQ(tap({150, 550}, 1050), "");
    EXPECT_EQ(tap({150, 550}, 1200), "key");
}
TEST_F(touch, two_taps_before_a_frame_are_two_actions) {
    down({150, 350}, 1000);
    up({150, 350}, 1030);
    down({150, 550}, 1100);
    up({150, 550}, 1130);
    EXPECT_EQ(work(), "other");
    EXPECT_TRUE(machine_.waiting());
    EXPECT_EQ(work(), "key");
}
TEST_F(touch, a_second_finger_is_ignored_while_one_is_down) {
    down({150, 350}, 1000);
    down({150, 550}, 1010);
    up({150, 350}, 1100);
    EXPECT_EQ(work(), "other");
}
TEST_F(touch, only_the_delete_key_repeats_and_not_before_its_time) {
    rules_.repeats_after = Millis{600};
    add("delete", Role::key, {300, 500, 100, 100});
    tree_.newest().repeats = true;
    int begun = 0;
    // When it acted, from the moment the finger came down.
    const auto held = [&](Point at) {
        begun += 10'000;
        std::vector<int> acted;
        down(at, begun);
        for (int held_for = 0; held_for <= 3000; held_for += 20) {
            work();
            machine_.hold(Millis{begun + held_for}, rules_);
            if (machine_.activation()) acted.push_back(held_for);
        }
        up(at, begun + 3010);
        if (!work().empty()) acted.push_back(3010);
        return acted;
    };
    EXPECT_EQ(held({150, 550}), std::vector<int>{3010});
    const auto deleted = held({350, 550});
    ASSERT_GE(deleted.size(), 10U);
    EXPECT_EQ(deleted.front(), 600);
    EXPECT_LT(deleted.back(), 3010);  // the release is not one more
    rules_.repeats_after = Millis{2000};
    EXPECT_EQ(held({350, 550}).front(), 2000);
    rules_.repeats_after.reset();
    EXPECT_EQ(held({350, 550}), std::vector<int>{3010});
}
TEST_F(touch, a_delete_key_that_the_finger_left_stops_repeating) {
    rules_.repeats_after = Millis{600};
    add("delete", Role::key, {300, 500, 100, 100});
    tree_.newest().repeats = true;
    down({350, 550}, 1000);
    move({350, 700}, 1200);
    work();
    machine_.hold(Millis{3000}, rules_);
    EXPECT_FALSE(machine_.activation());
}
TEST_F(touch, a_control_that_does_nothing_here_shows_the_press_and_does_nothing) {
    add("asleep", Role::button, {100, 700, 300, 100});
    tree_.newest().enabled = false;
    down({150, 750}, 1000);
    EXPECT_EQ(work(), "");
    EXPECT_TRUE(machine_.pressed("asleep"));
    up({150, 750}, 1100);
    EXPECT_EQ(work(), "");
    EXPECT_FALSE(machine_.pressed("asleep"));
}
TEST_F(touch, a_lost_touch_does_nothing) {
    down({150, 350}, 1000);
    machine_.feed({TouchKind::cancel, {}, Millis{1010}});
    up({150, 350}, 1020);
    EXPECT_EQ(work(), "");
}

TEST(semantic_tree, is_found_by_id_then_by_the_words_of_a_control) {
    SemanticTree tree;
    tree.begin("page");
    Node heading;
    heading.text = "请按下一题";
    tree.add(heading);
    Node button;
    button.id = "next";
    button.text = "下一题";
    button.hit = {0, 0, 10, 10};
    tree.add(button);
    EXPECT_EQ(tree.find("next")->text, "下一题");
    EXPECT_EQ(tree.find("下一题")->id, "next");
    EXPECT_EQ(tree.find("请按")->text, "请按下一题");
    EXPECT_EQ(tree.find("没有"), nullptr);
    EXPECT_NE(tree.as_json().find("下一题"), std::string::npos);
    tree.wipe();
    EXPECT_TRUE(tree.nodes().empty());
}
