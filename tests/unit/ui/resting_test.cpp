// The page nobody touches, and the drawings of this machine.
#include "ui/screens/resting.hpp"

#include "tests/screens/gallery.hpp"
#include "ui/shell/interface.hpp"
#include "ui/widgets/pictures/machine_sketch.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace std::chrono_literals;
using ui::screens::Screen;
using ui::shell::Interface;

TEST(resting, nothing_moves_in_the_first_two_minutes) {
    for (auto t = 0s; t < 120s; t += 7s) {
        EXPECT_EQ(ui::screens::resting_offset(t), ui::screens::Offset{});
        EXPECT_FALSE(ui::screens::attracts(t));
    }
}
TEST(resting, the_page_goes_round_and_stays_within_a_millimetre) {
    std::set<std::pair<int, int>> places;
    for (auto t = 120s; t < 1200s; t += 60s) {
        const auto offset = ui::screens::resting_offset(t);
        EXPECT_EQ(offset, ui::screens::resting_offset(t + 59s));
        EXPECT_LE(std::abs(offset.x) + std::abs(offset.y), 6);
        places.insert({offset.x, offset.y});
    }
    EXPECT_EQ(places.size(), 8U);
}
TEST(resting, the_attract_page_and_the_page_itself_take_turns) {
    int attracting = 0;
    std::set<int> places;
    for (auto t = 5min; t < 45min; t += 1min) {
        attracting += ui::screens::attracts(t) ? 1 : 0;
        if (ui::screens::attracts(t)) places.insert(ui::screens::attract_place(t));
    }
    EXPECT_EQ(attracting, 30);
    EXPECT_EQ(places.size(), static_cast<std::size_t>(ui::screens::attract_places));
}

namespace {

class resting_panel : public testing::Test {
  protected:
    resting_panel() {
        Interface::Options options;
        options.icon_font = ICON_FONT;
        auto made = Interface::create(options, clock_);
        EXPECT_TRUE(made);
        if (made) ui_ = std::move(*made);
        for (Screen& screen : gallery::standard_screens())
            if (screen.name == "home_small" || screen.name == "review") {
                screen.attract = ui::screens::Attract{"24 小时自助办事", "请轻触屏幕开始", ""};
                (screen.name == "review" ? review_ : home_) = screen;
            }
        review_.attract.reset();
    }
    base::ManualClock clock_{base::Instant{}};
    std::unique_ptr<Interface> ui_;
    Screen home_, review_;
};

}  // namespace

TEST_F(resting_panel, a_touch_on_the_attract_page_brings_the_home_page_and_presses_nothing) {
    ui_->frame(home_);
    const auto tile = ui_->tree().find("apply")->hit;
    clock_.forward(5min);
    ui_->frame(home_);
    EXPECT_EQ(ui_->tree().find("apply"), nullptr);
    EXPECT_NE(ui_->tree().find("请轻触屏幕开始"), nullptr);
    clock_.forward(1s);
    ui_->press(tile.centre_x(), tile.centre_y());
    ui_->release();
    EXPECT_FALSE(ui_->frame(home_));
    EXPECT_NE(ui_->tree().find("apply"), nullptr);
    clock_.forward(1s);
    EXPECT_TRUE(ui_->tap("apply"));
    EXPECT_TRUE(ui_->frame(home_));
}
TEST_F(resting_panel, the_home_page_stands_a_little_aside_each_minute_and_still_works) {
    ui_->frame(home_);
    const auto before = ui_->tree().find("apply")->hit;
    clock_.forward(2min);
    ui_->frame(home_);
    const auto after = ui_->tree().find("apply")->hit;
    EXPECT_EQ(after, before.moved(4, 0));
    EXPECT_TRUE(ui_->tap("apply"));
    EXPECT_TRUE(ui_->frame(home_));
}
TEST_F(resting_panel, a_page_of_somebody_never_moves_and_never_attracts) {
    ui_->frame(review_);
    const auto before = ui_->pixels();
    clock_.forward(7min);
    ui_->frame(review_);
    EXPECT_TRUE(*before == *ui_->pixels());
}

namespace {

// Devices on the body, beside the screen, and apart.
void expect_in_place(const ui::widgets::MachinePlan& plan, const std::string& words) {
    EXPECT_GT(plan.screen.w, 100) << words;
    EXPECT_GT(plan.screen.h, 100) << words;
    std::vector<ui::theme::Rect> devices{plan.reader, plan.slot};
    if (plan.slips) devices.push_back(*plan.slips);
    for (std::size_t i = 0; i < devices.size(); ++i) {
        const auto& device = devices[i];
        EXPECT_GT(device.w, 30) << words;
        EXPECT_FALSE(device.overlaps(plan.screen)) << words;
        EXPECT_GE(device.x, plan.body.x) << words;
        EXPECT_GE(device.y, plan.body.y) << words;
        EXPECT_LE(device.right(), plan.body.right() + 0.01F) << words;
        EXPECT_LE(device.bottom(), plan.body.bottom() + 0.01F) << words;
        for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(device.overlaps(devices[j])) << words;
    }
}

}  // namespace

TEST(machine_plan, every_device_stands_on_the_body_beside_the_screen_at_every_place) {
    for (int reader = 0; reader < domain::place_count; ++reader)
        for (int printer = 0; printer < domain::place_count; ++printer) {
            if (reader == printer) continue;
            domain::DevicePlaces places;
            places.id_card_reader = static_cast<domain::Place>(reader);
            places.document_printer = static_cast<domain::Place>(printer);
            const auto words = std::string(domain::name(places.id_card_reader)) + " and " +
                               std::string(domain::name(places.document_printer));
            expect_in_place(ui::widgets::plan_of(places, false), words);
            for (int slips = 0; slips < domain::place_count; ++slips) {
                places.receipt_printer = static_cast<domain::Place>(slips);
                expect_in_place(
                    ui::widgets::plan_of(places, true),
                    words + " and " + std::string(domain::name(places.receipt_printer)));
            }
        }
}
TEST(machine_plan, a_terminal_without_a_receipt_printer_shows_none) {
    EXPECT_FALSE(ui::widgets::plan_of({}, false).slips);
    EXPECT_TRUE(ui::widgets::plan_of({}, true).slips);
}
TEST(machine_plan, three_devices_below_the_screen_stand_in_the_order_of_their_places) {
    domain::DevicePlaces places;  // reader right, documents left, slips between
    const auto plan = ui::widgets::plan_of(places, true);
    EXPECT_LT(plan.slot.right(), plan.slips->x);
    EXPECT_LT(plan.slips->right(), plan.reader.x);
}
TEST(machine_plan, places_have_names_and_names_places) {
    for (int i = 0; i < domain::place_count; ++i) {
        const auto place = static_cast<domain::Place>(i);
        EXPECT_EQ(domain::place_from(domain::name(place)), place);
    }
    EXPECT_EQ(domain::place_from("somewhere"), std::nullopt);
}
