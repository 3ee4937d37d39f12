// What is said to the citizen from what was measured; the measures themselves.
#include "drivers/face/guidance/guide.hpp"
#include "drivers/face/measures/back_light.hpp"
#include "drivers/face/measures/eyes.hpp"
#include "drivers/face/measures/luma.hpp"
#include "drivers/face/measures/one_person.hpp"
#include "drivers/face/measures/position.hpp"
#include "drivers/face/measures/sharpness.hpp"
#include "drivers/face/measures/stillness.hpp"

#include <gtest/gtest.h>

namespace drivers::face {
namespace {

using domain::FaceGuidance;

Measured good() {
    Measured m;
    m.people = 1;
    return m;
}
template <class Change>
FaceGuidance said(Change change) {
    auto m = good();
    change(m);
    return guide(m).guidance;
}

TEST(face_guidance, every_measure_has_its_own_sentence) {
    EXPECT_EQ(guide(good()).guidance, FaceGuidance::good);
    EXPECT_EQ(said([](auto& m) { m.lens_covered = true; }), FaceGuidance::lens_covered);
    EXPECT_EQ(said([](auto& m) { m.people = 0; }), FaceGuidance::none_in_view);
    EXPECT_EQ(said([](auto& m) { m.people = 2; }), FaceGuidance::several_in_view);
    EXPECT_EQ(said([](auto& m) { m.distance = Distance::too_far; }), FaceGuidance::too_far);
    EXPECT_EQ(said([](auto& m) { m.distance = Distance::too_near; }), FaceGuidance::too_near);
    EXPECT_EQ(said([](auto& m) { m.centred = false; }), FaceGuidance::off_centre);
    EXPECT_EQ(said([](auto& m) { m.facing = Facing::aside; }), FaceGuidance::turn_to_camera);
    EXPECT_EQ(said([](auto& m) { m.facing = Facing::down; }), FaceGuidance::raise_head);
    EXPECT_EQ(said([](auto& m) { m.facing = Facing::up; }), FaceGuidance::lower_head);
    EXPECT_EQ(said([](auto& m) { m.facing = Facing::tilted; }), FaceGuidance::straighten_head);
    EXPECT_EQ(said([](auto& m) { m.back_lit = true; }), FaceGuidance::back_lit);
    EXPECT_EQ(said([](auto& m) { m.light = Light::too_dark; }), FaceGuidance::too_dark);
    EXPECT_EQ(said([](auto& m) { m.light = Light::too_bright; }), FaceGuidance::too_bright);
    EXPECT_EQ(said([](auto& m) { m.eyes_seen = false; }), FaceGuidance::show_eyes);
    EXPECT_EQ(said([](auto& m) { m.still = false; }), FaceGuidance::hold_still);
    EXPECT_EQ(said([](auto& m) { m.sharp = false; }), FaceGuidance::blurred);
}

TEST(face_guidance, the_worst_is_said_first_and_one_thing_at_a_time) {
    EXPECT_EQ(said([](auto& m) { m.people = 0, m.light = Light::too_dark; }),
              FaceGuidance::too_dark);
    EXPECT_EQ(said([](auto& m) { m.people = 2, m.distance = Distance::too_far; }),
              FaceGuidance::several_in_view);
    EXPECT_EQ(said([](auto& m) { m.distance = Distance::too_far, m.sharp = false; }),
              FaceGuidance::too_far);
    EXPECT_EQ(said([](auto& m) { m.back_lit = true, m.light = Light::too_dark; }),
              FaceGuidance::back_lit);
}

TEST(face_guidance, the_four_checks_under_the_picture_are_what_was_measured) {
    auto m = good();
    m.centred = false;
    m.facing = Facing::down;
    const auto measures = guide(m);
    EXPECT_TRUE(measures.light_good);
    EXPECT_FALSE(measures.distance_good);
    EXPECT_TRUE(measures.one_person);
    EXPECT_FALSE(measures.facing);
    EXPECT_FALSE(guide({}).light_good);
}

TEST(face_measures, say_what_they_are_given) {
    EXPECT_EQ(judge_light(20), Light::too_dark);
    EXPECT_EQ(judge_light(120), Light::good);
    EXPECT_EQ(judge_light(250), Light::too_bright);
    EXPECT_TRUE(is_back_lit(60, 200));
    EXPECT_FALSE(is_back_lit(60, 100));
    EXPECT_FALSE(is_back_lit(120, 200));
    EXPECT_EQ(judge_distance({0, 0, 40, 50, 1}, 480), Distance::too_far);
    EXPECT_EQ(judge_distance({0, 0, 150, 200, 1}, 480), Distance::good);
    EXPECT_EQ(judge_distance({0, 0, 300, 400, 1}, 480), Distance::too_near);
    EXPECT_TRUE(is_centred({245, 140, 150, 200, 1}, 640, 480));
    EXPECT_FALSE(is_centred({0, 140, 150, 200, 1}, 640, 480));
    EXPECT_FALSE(is_still({100, 100, 150, 200, 1}, {180, 100, 150, 200, 1}));
    EXPECT_TRUE(is_still({100, 100, 150, 200, 1}, {105, 100, 150, 200, 1}));
    EXPECT_EQ(judge_facing({10, -10, 5}), Facing::good);
    EXPECT_EQ(judge_facing({45, 0, 0}), Facing::aside);
    EXPECT_EQ(judge_facing({0, -40, 0}), Facing::down);
    EXPECT_EQ(judge_facing({0, 40, 0}), Facing::up);
    EXPECT_EQ(judge_facing({0, 0, -40}), Facing::tilted);
    EXPECT_TRUE(are_eyes_seen({0.1, 0.9}));
    EXPECT_FALSE(are_eyes_seen({0.1, 0.2}));
    EXPECT_EQ(count_people({}), 0);
    EXPECT_EQ(count_people({{0, 0, 150, 200, 1}, {0, 0, 30, 40, 1}}), 1);
    EXPECT_EQ(count_people({{0, 0, 150, 200, 1}, {0, 0, 90, 120, 1}}), 2);
}

// Stripes two pixels wide on a plain ground.
domain::Picture stripes(int contrast) {
    domain::Picture picture{300, 300, {}};
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 300; ++x)
            for (int c = 0; c < 3; ++c)
                picture.rgb.push_back(
                    static_cast<std::uint8_t>(100 + (x / 4 % 2 == 0 ? contrast : 0)));
    return picture;
}

TEST(face_measures, a_plain_area_is_not_sharp_and_a_structured_one_is) {
    const FaceBox box{40, 40, 200, 220, 1};
    EXPECT_FALSE(is_sharp(sharpness(stripes(0), box)));
    EXPECT_FALSE(is_sharp(sharpness(stripes(3), box)));
    EXPECT_TRUE(is_sharp(sharpness(stripes(60), box)));
    EXPECT_EQ(sharpness(stripes(60), {0, 0, 20, 20, 1}), 0);
    EXPECT_EQ(sharpness(stripes(60), {-500, -500, 100, 100, 1}), 0);
}

TEST(face_measures, what_stands_round_a_face_is_measured_without_it) {
    auto picture = stripes(0);
    const FaceBox box{100, 100, 100, 100, 1};
    for (int y = 100; y < 200; ++y)
        std::fill_n(picture.rgb.begin() + (y * 300 + 100) * 3, 300, std::uint8_t{20});
    EXPECT_NEAR(mean_luma(picture, box), 20, 0.5);
    EXPECT_NEAR(surrounding_luma(picture, box), 100, 0.5);
}

}  // namespace
}  // namespace drivers::face
