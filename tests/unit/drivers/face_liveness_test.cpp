// A living person before the camera: by movements that are asked for, and by the net.
#include "face_check_bench.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace drivers {
namespace {

using base::FaultCode;
using domain::FaceGuidance;
using domain::FaceOutcome;
using testing::Faces;

// Liveness by movements: the emulated person does what is asked.
class Movements : public Faces {
  protected:
    void begin_with(domain::LivenessDemand demand) {
        domain::FacePolicy policy;
        policy.liveness = demand;
        policy.method = domain::LivenessMethod::turn_and_blink;
        policy.limit = std::chrono::seconds(120);
        begin(testing::cache("models"), PHOTO_DECODER, policy);
    }
    void act(const char* move) {
        const auto moved = emulated->command(std::string("camera move ") + move);
        ASSERT_TRUE(moved) << moved.error().safe_detail;
    }
    // Answers every prompt until the check ends.
    base::Result<domain::FaceVerdict> obey() {
        while (auto event = next_event()) {
            if (auto* finished = std::get_if<FaceCheckFinished>(&*event)) return finished->verdict;
            const auto* guided = std::get_if<FaceGuided>(&*event);
            if (guided == nullptr) continue;
            asked.push_back(guided->measures.guidance);
            if (asked.back() == FaceGuidance::turn_left) act("left");
            if (asked.back() == FaceGuidance::turn_right) act("right");
            if (asked.back() == FaceGuidance::blink) act("close_eyes");
            // The prompt stays until the movement was seen, and then becomes another one.
            if (asked.back() == FaceGuidance::look_ahead) act("ahead");
        }
        return base::fail(FaultCode::InternalError, "no completion");
    }
    std::optional<DeviceEvent> next_event() { return inbox.next_any(std::chrono::seconds(60)); }

    std::vector<FaceGuidance> asked;
};

TEST_F(Movements, who_turns_and_blinks_as_asked_is_alive_and_matches) {
    begin_with(domain::LivenessDemand::required);
    show("wang_xiulan");
    start("wang_xiulan");
    const auto result = obey();
    ASSERT_TRUE(result) << base::name(result.error().code);
    EXPECT_EQ(result->outcome, FaceOutcome::match);
    EXPECT_EQ(result->alive, domain::Liveness::shown);
    EXPECT_NE(std::find(asked.begin(), asked.end(), FaceGuidance::blink), asked.end());
}

TEST_F(Movements, a_photograph_held_before_the_camera_is_alike_and_not_alive) {
    begin_with(domain::LivenessDemand::required);
    show("wang_xiulan");
    start("wang_xiulan");
    while (const auto guided = inbox.next<FaceGuided>(std::chrono::seconds(60)))
        if (guided->measures.guidance == FaceGuidance::look_ahead) break;
    const auto guided = inbox.next<FaceGuided>(std::chrono::seconds(60));
    ASSERT_TRUE(guided);
    clock.forward(std::chrono::seconds(9));
    const auto result = verdict();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, FaceOutcome::cannot_assess);
    EXPECT_EQ(result->reason, FaceGuidance::liveness_unseen);
    EXPECT_EQ(result->alive, domain::Liveness::not_shown);
}

TEST_F(Movements, where_liveness_is_advisory_the_face_still_matches_and_it_is_said) {
    begin_with(domain::LivenessDemand::advisory);
    show("wang_xiulan");
    start("wang_xiulan");
    while (const auto guided = inbox.next<FaceGuided>(std::chrono::seconds(60)))
        if (guided->measures.guidance == FaceGuidance::look_ahead) break;
    clock.forward(std::chrono::seconds(9));
    const auto result = verdict();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, FaceOutcome::match);
    EXPECT_EQ(result->alive, domain::Liveness::not_shown);
}

TEST_F(Faces, the_net_of_liveness_decides_only_where_it_is_required) {
    for (const auto demand : {domain::LivenessDemand::advisory, domain::LivenessDemand::required}) {
        domain::FacePolicy policy;
        policy.liveness = demand;
        begin(testing::cache("models"), PHOTO_DECODER, policy);
        show("expired");  // a photograph of which the net is not convinced
        start("expired");
        const auto result = verdict();
        ASSERT_TRUE(result);
        EXPECT_EQ(result->alive, domain::Liveness::not_shown) << result->liveness;
        EXPECT_EQ(result->band, domain::FaceBand::match) << result->score;
        EXPECT_EQ(result->outcome, demand == domain::LivenessDemand::required
                                       ? FaceOutcome::cannot_assess
                                       : FaceOutcome::match);
    }
    domain::FacePolicy off;
    off.liveness = domain::LivenessDemand::off;
    begin(testing::cache("models"), PHOTO_DECODER, off);
    show("expired");
    start("expired");
    EXPECT_EQ(verdict()->alive, domain::Liveness::not_asked);
}

TEST_F(Movements, who_is_not_alike_is_not_asked_to_move) {
    begin_with(domain::LivenessDemand::required);
    show("li_young");
    start("wang_xiulan");
    const auto result = verdict();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, FaceOutcome::no_match);
    EXPECT_EQ(result->alive, domain::Liveness::not_asked);
}

}  // namespace
}  // namespace drivers
