// The calibration of a panel's touch: five crosses, six numbers, and what is refused.
#include "domain/set_up/touch_calibration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace domain::set_up {
namespace {

// Of the panel that a terminal stands with most: 21.5 inches, upright.
constexpr double width_mm = 268, height_mm = 476;

double apart_mm(PanelPoint a, PanelPoint b) {
    return std::hypot((a.x - b.x) * width_mm, (a.y - b.y) * height_mm);
}

// Where the finger is → what the panel says.
using Panel = TouchMatrix;

// Scaled, sheared, turned by anything, mirrored every other time, shifted.
Panel drawn_panel(std::mt19937& random) {
    const auto between = [&](double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(random);
    };
    const double angle = between(0, 2 * std::numbers::pi);
    const double sx = between(0.4, 1.8) * (between(0, 1) < 0.5 ? -1 : 1);
    const double sy = between(0.4, 1.8), shear = between(-0.6, 0.6);
    const double c = std::cos(angle), s = std::sin(angle);
    Panel out;
    out.n = {c * sx, (c * shear - s) * sy, between(-1, 1),
             s * sx, (s * shear + c) * sy, between(-1, 1)};
    return out;
}

// `off_mm`: how far the finger is from the cross at most, in whatever direction.
std::vector<PanelPoint> touch_all(const Panel& panel, double off_mm, std::mt19937& random) {
    std::vector<PanelPoint> out;
    for (const auto& cross : crosses) {
        const double angle =
            std::uniform_real_distribution<double>(0, 2 * std::numbers::pi)(random);
        const double far = std::uniform_real_distribution<double>(0, off_mm)(random);
        out.push_back(panel.of({cross.x + far * std::cos(angle) / width_mm,
                                cross.y + far * std::sin(angle) / height_mm}));
    }
    return out;
}

TEST(touch_calibration, any_panel_that_is_off_is_mended_to_two_millimetres_everywhere) {
    for (unsigned seed = 1; seed <= 500; ++seed) {
        std::mt19937 random(seed);
        const Panel panel = drawn_panel(random);
        const auto made = calibrate(touch_all(panel, 1, random), width_mm, height_mm);
        ASSERT_FALSE(made.fault) << "seed " << seed;
        // As it is kept: in so many digits.
        const auto kept = touch_matrix_from(as_text(made.matrix));
        ASSERT_TRUE(kept) << as_text(made.matrix);
        for (int x = 0; x <= 10; ++x)
            for (int y = 0; y <= 10; ++y) {
                const PanelPoint finger{x / 10.0, y / 10.0};
                ASSERT_LE(apart_mm(kept->of(panel.of(finger)), finger), 2.0)
                    << "seed " << seed << " at " << x << " " << y;
            }
    }
}

TEST(touch_calibration, a_panel_that_is_right_stays_as_it_is) {
    std::mt19937 random(1);
    const auto made = calibrate(touch_all({}, 0, random), width_mm, height_mm);
    EXPECT_FALSE(made.fault);
    EXPECT_EQ(as_text(made.matrix), "1 0 0 0 1 0");
    EXPECT_LT(made.before_mm, 0.001);
}

TEST(touch_calibration, mirrored_and_turned_panels_come_out_as_libinput_writes_them) {
    std::mt19937 random(1);
    const auto of = [&](Panel panel) {
        return as_text(calibrate(touch_all(panel, 0, random), width_mm, height_mm).matrix);
    };
    EXPECT_EQ(of({{-1, 0, 1, 0, 1, 0}}), "-1 0 1 0 1 0") << "left and right";
    EXPECT_EQ(of({{1, 0, 0, 0, -1, 1}}), "1 0 0 0 -1 1") << "top and bottom";
    EXPECT_EQ(of({{-1, 0, 1, 0, -1, 1}}), "-1 0 1 0 -1 1") << "upside down";
    EXPECT_EQ(of({{0, 1, 0, -1, 0, 1}}), "0 -1 1 1 0 0") << "a quarter turn";
}

TEST(touch_calibration, one_cross_that_was_missed_is_refused_whichever_it_is) {
    std::mt19937 random(7);
    for (std::size_t missed = 0; missed < crosses.size(); ++missed) {
        auto touched = touch_all({}, 0.5, random);
        touched[missed].x += 25 / width_mm;
        const auto made = calibrate(touched, width_mm, height_mm);
        ASSERT_TRUE(made.fault) << missed;
        EXPECT_EQ(*made.fault, CalibrationFault::inconsistent) << missed;
    }
}

TEST(touch_calibration, two_crosses_in_the_wrong_order_are_refused) {
    std::mt19937 random(7);
    auto touched = touch_all({}, 0, random);
    std::swap(touched[0], touched[1]);
    EXPECT_EQ(calibrate(touched, width_mm, height_mm).fault, CalibrationFault::inconsistent);
}

TEST(touch_calibration, a_panel_that_says_one_place_or_one_line_is_refused) {
    const std::vector<PanelPoint> same(5, PanelPoint{0.3, 0.6});
    EXPECT_EQ(calibrate(same, width_mm, height_mm).fault, CalibrationFault::degenerate);
    std::vector<PanelPoint> line;
    for (const auto& cross : crosses) line.push_back({cross.x, 0.5});
    EXPECT_EQ(calibrate(line, width_mm, height_mm).fault, CalibrationFault::degenerate);
    // So small that a finger's breadth is the whole panel.
    std::vector<PanelPoint> small;
    for (const auto& cross : crosses) small.push_back({0.5 + cross.x / 50, 0.5 + cross.y / 50});
    EXPECT_EQ(calibrate(small, width_mm, height_mm).fault, CalibrationFault::degenerate);
}

TEST(touch_calibration, too_few_crosses_or_numbers_that_are_none_are_refused) {
    EXPECT_EQ(calibrate({{0.1, 0.1}, {0.9, 0.1}, {0.1, 0.9}}, width_mm, height_mm).fault,
              CalibrationFault::degenerate);
    std::vector<PanelPoint> touched(crosses.begin(), crosses.end());
    touched[2].x = std::nan("");
    EXPECT_EQ(calibrate(touched, width_mm, height_mm).fault, CalibrationFault::degenerate);
}

TEST(touch_matrix, is_read_as_it_is_written_and_nothing_else_is) {
    std::mt19937 random(3);
    for (int i = 0; i < 100; ++i) {
        const Panel panel = drawn_panel(random);
        const auto text = as_text(panel);
        const auto again = touch_matrix_from(text);
        ASSERT_TRUE(again) << text;
        EXPECT_EQ(as_text(*again), text);
    }
    EXPECT_EQ(touch_matrix_from("  1  0 0 0 1   0 "), TouchMatrix{});
    for (const char* text : {"", "1 0 0 0 1", "1 0 0 0 1 0 0", "1,0,0,0,1,0", "1 0 0 0 1 x",
                             "1 0 0 0 1 0x", "nan 0 0 0 1 0", "1 0 inf 0 1 0", "1 2 0 2 4 0",
                             "0 0 0 0 0 0", "11 0 0 0 1 0", "1e400 0 0 0 1 0", "1\t0\t0\t0\t1\t0"})
        EXPECT_FALSE(touch_matrix_from(text)) << text;
    EXPECT_FALSE(touch_matrix_from(std::string(4096, ' ') + "1 0 0 0 1 0"));
}

}  // namespace
}  // namespace domain::set_up
