// How long a page takes to come in and a press to be seen, measured in the pixels of frame after
// frame (UX-273), and that nothing of it is there for who wants nothing to move, or in a picture.
#include "tests/pages/stage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace pages {
namespace {

using base::Millis;

constexpr Millis frame_time{20};
constexpr Millis long_after{400};

const std::vector<SamplePage>& samples() {
    static const auto all = app::training::gallery::every_page();
    return all;
}
Screen screen_of(const std::string& name, const Mode& mode) {
    for (const SamplePage& page : samples())
        if (page.name == name) return page_of(page, mode, base::Locale::zh).screen;
    throw std::invalid_argument(name);
}
Panel panel() {
    return app::training::gallery::every_panel().back();
}
Mode standard() {
    return app::training::gallery::every_mode().front();
}
std::vector<Mode> quiet_modes() {
    std::vector<Mode> out;
    for (const Mode& mode : app::training::gallery::every_mode())
        if (mode.comfort.elder) out.push_back(mode);
    out.push_back(standard());
    out.back().comfort.still = true;
    return out;
}

const std::vector<std::pair<const char*, const char*>> changes{
    {"home", "services"},    {"services", "guide"},
    {"guide", "notice"},     {"situation_household", "form_phone"},
    {"materials", "review"}, {"rating", "home"}};

// From the first frame with the later page until nothing changes any more.
Millis comes_in(Stage& stage, const Screen& from, const Screen& to) {
    stage.show(from);
    Millis last{0};
    stage.later(to, frame_time);
    auto before = stage.pixels();
    for (Millis since{0}; since < long_after;) {
        since += frame_time;
        stage.later(to, frame_time);
        auto now = stage.pixels();
        if (now != before) last = since;
        before = std::move(now);
    }
    return last;
}

TEST(transitions, a_page_comes_in_within_160_to_240_ms_and_then_stands_as_it_does_at_rest) {
    Stage stage(panel(), true), at_rest(panel());
    for (const auto& [from, to] : changes) {
        const Screen after = screen_of(to, standard());
        const Millis took = comes_in(stage, screen_of(from, standard()), after);
        EXPECT_GE(took.count(), 160) << to;
        EXPECT_LE(took.count(), 240) << to;
        EXPECT_FALSE(stage.moves()) << to;
        at_rest.show(after);
        EXPECT_TRUE(stage.pixels() == at_rest.pixels()) << to;
    }
}

TEST(transitions, only_the_content_comes_in_and_its_controls_are_there_in_the_first_frame) {
    Stage stage(panel(), true);
    const Screen to = screen_of("services", standard());
    stage.show(screen_of("home", standard()));
    stage.later(to, frame_time);
    const auto first = stage.pixels();
    std::vector<std::string> ids;
    for (const Node& node : stage.tree().nodes()) ids.push_back(node.id);
    EXPECT_TRUE(stage.moves());
    stage.later(to, long_after);
    const auto stands = stage.pixels();
    std::vector<std::string> later_ids;
    std::size_t beside = 0;
    for (const Node& node : stage.tree().nodes()) {
        later_ids.push_back(node.id);
        if (node.role != Role::utility_button) continue;
        ++beside;
        EXPECT_EQ(differing_shape(Grey(first, node.rect), Grey(stands, node.rect)), 0) << node.id;
    }
    EXPECT_GT(beside, 3U);
    EXPECT_EQ(ids, later_ids);
    EXPECT_FALSE(first == stands);
}

TEST(transitions, a_page_is_whole_in_its_first_frame_for_elders_and_with_reduced_motion) {
    Stage stage(panel(), true);
    const auto modes = quiet_modes();
    EXPECT_GE(modes.size(), 2U);
    for (const Mode& mode : modes)
        for (const auto& [from, to] : changes)
            EXPECT_EQ(comes_in(stage, screen_of(from, mode), screen_of(to, mode)), Millis{0})
                << mode.name << " " << to;
}

TEST(transitions, a_picture_shows_a_page_at_rest) {
    Stage stage(panel());
    for (const auto& [from, to] : changes)
        EXPECT_EQ(comes_in(stage, screen_of(from, standard()), screen_of(to, standard())),
                  Millis{0})
            << to;
}

// A shortest press on a control that does nothing to the page: how long it looks pressed.
Millis press_is_seen(Stage& stage, const Mode& mode) {
    const Screen screen = screen_of("form_phone", mode);
    stage.show(screen);
    const auto at_rest = stage.pixels();
    const Node* key = nullptr;
    for (const Node& node : stage.tree().nodes())
        if (node.role == Role::utility_button && node.enabled) key = &node;
    EXPECT_NE(key, nullptr);
    if (key == nullptr) return Millis{-1};
    stage.interface().press(key->hit.centre_x(), key->hit.centre_y());
    stage.later(screen, Millis{0});
    EXPECT_FALSE(stage.pixels() == at_rest) << mode.name;
    stage.clock().forward(frame_time);
    stage.interface().release();
    Millis since = frame_time;
    // The frame of the release gives the action, which the test lets go by.
    stage.later(screen, Millis{0});
    do {
        stage.later(screen, Millis{0});
        if (stage.pixels() == at_rest) return since;
        stage.clock().forward(frame_time);
        since += frame_time;
    } while (since < long_after);
    return since;
}

TEST(transitions, a_short_press_is_seen_for_80_to_120_ms_and_acts_at_once) {
    Stage stage(panel(), true);
    const Millis seen = press_is_seen(stage, standard());
    EXPECT_GE(seen.count(), 80);
    EXPECT_LE(seen.count(), 120);
    EXPECT_FALSE(stage.moves());
}

TEST(transitions, a_short_press_ends_with_the_finger_for_elders_and_with_reduced_motion) {
    Stage stage(panel(), true);
    for (const Mode& mode : quiet_modes())
        EXPECT_EQ(press_is_seen(stage, mode), frame_time) << mode.name;
}

TEST(transitions, a_release_gives_its_action_in_the_next_frame) {
    Stage stage(panel(), true);
    const Screen screen = screen_of("form_phone", standard());
    stage.show(screen);
    for (const Node& node : stage.tree().nodes())
        if (node.role == Role::utility_button && node.enabled) {
            stage.interface().press(node.hit.centre_x(), node.hit.centre_y());
            stage.interface().release();
            break;
        }
    EXPECT_TRUE(stage.interface().frame(screen));
}

}  // namespace
}  // namespace pages
