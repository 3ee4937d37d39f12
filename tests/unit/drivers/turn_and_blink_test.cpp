// Turning and blinking when asked: who does it, who does not, and what a photograph or a recording
// shows instead. No nets: frames are made of numbers.
#include "drivers/face/liveness/turn_and_blink.hpp"

#include "drivers/face/liveness/head_turn.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace drivers::face {
namespace {

using base::Millis;
using domain::FaceGuidance;
using State = TurnAndBlink::State;
using Order = std::vector<Movement>;

constexpr Millis frame_time{66};

struct Bench {
    Millis now{0};
    int drawn = 0;
    TurnAndBlink movements;

    explicit Bench(Order first, Order later = {Movement::turn_right, Movement::blink})
        : movements([this, first, later] { return drawn++ == 0 ? first : later; }, Millis{8000},
                    now) {}

    State see(double turn, double eyes, float left = 100) {
        now += frame_time;
        return movements.see({now, FaceBox{left, 100, 150, 200, 1}, turn, eyes});
    }
    State hold(double turn, double eyes, int frames) {
        State state = State::asking;
        for (int i = 0; i < frames && state == State::asking; ++i) state = see(turn, eyes);
        return state;
    }
    State look_ahead(int frames = 6) { return hold(0.02, 0.95, frames); }
    // Does what is asked, and looks ahead again.
    State obey() {
        switch (movements.prompt()) {
            case FaceGuidance::turn_left:
                hold(0.25, 0.9, 3);
                break;
            case FaceGuidance::turn_right:
                hold(-0.25, 0.9, 3);
                break;
            case FaceGuidance::blink:
                hold(0.02, 0.05, 3);
                break;
            default:
                break;
        }
        return look_ahead(5);
    }
};

TEST(turn_and_blink, who_does_what_is_asked_is_alive) {
    Bench bench({Movement::turn_left, Movement::blink, Movement::turn_right});
    bench.look_ahead();
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::turn_left);
    EXPECT_EQ(bench.obey(), State::asking);
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::blink);
    EXPECT_EQ(bench.obey(), State::asking);
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::turn_right);
    EXPECT_EQ(bench.obey(), State::shown);
    EXPECT_EQ(bench.drawn, 1);
}

TEST(turn_and_blink, a_photograph_held_before_the_camera_runs_out_of_time) {
    Bench bench({Movement::turn_left, Movement::blink});
    EXPECT_EQ(bench.hold(0.02, 0.95, 200), State::failed);
    EXPECT_GT(bench.now, Millis{8000});
}

TEST(turn_and_blink, a_photograph_that_is_waved_about_shows_no_turn) {
    Bench bench({Movement::turn_left, Movement::blink});
    State state = State::asking;
    for (int i = 0; i < 200 && state == State::asking; ++i)
        state = bench.see(0.02 + 0.03 * std::sin(i), 0.95,
                          100.0F + 60 * static_cast<float>(std::sin(i / 4.0)));
    EXPECT_EQ(state, State::failed);
}

TEST(turn_and_blink, a_recording_of_another_order_fails) {
    Bench bench({Movement::turn_left, Movement::blink}, {Movement::turn_left, Movement::blink});
    State state = bench.look_ahead();
    // Plays turns to the right, again and again.
    for (int round = 0; round < 6 && state == State::asking; ++round) {
        state = bench.hold(-0.25, 0.95, 6);
        if (state == State::asking) state = bench.look_ahead(8);
    }
    EXPECT_EQ(state, State::failed);
    EXPECT_EQ(bench.drawn, 2);
}

TEST(turn_and_blink, one_turn_to_the_wrong_side_is_forgiven_and_drawn_anew) {
    Bench bench({Movement::turn_left, Movement::blink});
    bench.look_ahead();
    EXPECT_EQ(bench.hold(-0.25, 0.95, 3), State::asking);
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::look_ahead);
    bench.look_ahead();
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::turn_right);
    EXPECT_EQ(bench.obey(), State::asking);
    EXPECT_EQ(bench.obey(), State::shown);
}

TEST(turn_and_blink, another_face_in_its_place_has_to_begin_anew) {
    Bench bench({Movement::turn_left, Movement::blink});
    bench.look_ahead();
    EXPECT_EQ(bench.see(0.02, 0.95, 400), State::asking);
    EXPECT_EQ(bench.drawn, 2);
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::look_ahead);
    bench.see(0.02, 0.95, 100);
    EXPECT_EQ(bench.see(0.02, 0.95, 400), State::failed);
}

TEST(turn_and_blink, a_face_that_is_lost_for_a_moment_is_no_mistake_and_for_longer_it_is) {
    Bench bench({Movement::turn_left, Movement::blink});
    bench.look_ahead();
    for (int i = 0; i < 8; ++i) {
        bench.now += frame_time;
        EXPECT_EQ(bench.movements.see({bench.now, std::nullopt, 0, 0}), State::asking);
    }
    EXPECT_EQ(bench.drawn, 1);
    for (int i = 0; i < 8; ++i) {
        bench.now += frame_time;
        bench.movements.see({bench.now, std::nullopt, 0, 0});
    }
    EXPECT_EQ(bench.drawn, 2);
}

TEST(turn_and_blink, whose_open_eyes_are_never_seen_is_asked_to_turn_instead) {
    Bench bench({Movement::blink, Movement::turn_left});
    bench.hold(0.02, 0.1, 6);
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::turn_right);
    bench.hold(-0.25, 0.1, 3);
    bench.hold(0.02, 0.1, 5);
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::turn_left);
    bench.hold(0.25, 0.1, 3);
    EXPECT_EQ(bench.hold(0.02, 0.1, 5), State::shown);
}

TEST(turn_and_blink, one_frame_with_closed_eyes_is_no_blink) {
    Bench bench({Movement::blink});
    bench.look_ahead();
    for (int i = 0; i < 10; ++i) {
        bench.see(0.02, 0.05);
        EXPECT_EQ(bench.look_ahead(3), State::asking);
    }
    EXPECT_EQ(bench.movements.prompt(), FaceGuidance::blink);
}

TEST(movements, are_drawn_in_many_orders_and_never_twice_the_same_in_a_row) {
    std::mt19937 random(7);
    std::vector<Order> orders;
    for (int i = 0; i < 300; ++i) {
        const auto order = draw_movements(3, random);
        ASSERT_EQ(order.size(), 3U);
        int blinks = 0;
        for (std::size_t k = 0; k < order.size(); ++k) {
            blinks += order[k] == Movement::blink ? 1 : 0;
            if (k > 0) {
                EXPECT_NE(order[k], order[k - 1]);
            }
        }
        EXPECT_GE(blinks, 1);
        EXPECT_LT(blinks, 3);
        if (std::find(orders.begin(), orders.end(), order) == orders.end()) orders.push_back(order);
    }
    // L, R and B without neighbours alike and with a blink: LRB LBL LBR RLB RBL RBR BLR BLB BRL
    // BRB.
    EXPECT_EQ(orders.size(), 10U);
}

// A head looking ahead, its nose a little to one side.
Landmarks some_head() {
    Landmarks points{};
    points[36] = {100, 100};
    points[45] = {200, 104};
    points[30] = {156, 150};
    points[48] = {120, 190};
    points[54] = {180, 192};
    return points;
}

TEST(head_turn, a_flat_picture_moved_in_any_way_stays_what_it_was) {
    const auto before = some_head();
    const double turn = head_turn(before);
    EXPECT_GT(std::abs(turn), 0.01);
    // Shifted, turned, enlarged, foreshortened: every affine map of a plane.
    for (const auto& m : {std::array{1.0, 0.0, 0.0, 1.0}, std::array{0.5, 0.0, 0.0, 1.0},
                          std::array{0.8, -0.4, 0.4, 0.8}, std::array{1.3, 0.3, -0.2, 0.7}}) {
        auto moved = before;
        for (auto& p : moved)
            p = {static_cast<float>(m[0] * p.x + m[1] * p.y + 31),
                 static_cast<float>(m[2] * p.x + m[3] * p.y - 12)};
        EXPECT_NEAR(head_turn(moved), turn, 1e-4);
    }
}

TEST(head_turn, a_nose_that_moves_to_a_side_is_a_turn_to_that_side) {
    auto left = some_head(), right = some_head();
    left[30].x += 25;
    right[30].x -= 25;
    EXPECT_NEAR(head_turn(left) - head_turn(some_head()), 0.25, 0.02);
    EXPECT_NEAR(head_turn(right) - head_turn(some_head()), -0.25, 0.02);
    EXPECT_EQ(head_turn(Landmarks{}), 0);
}

}  // namespace
}  // namespace drivers::face
