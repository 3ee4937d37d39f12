// The whole way of a face: card photo through the plug-in, camera frames through the models.
#include "drivers/id_card/photo/photo_decoder.hpp"
#include "face_check_bench.hpp"

#include <gtest/gtest.h>

namespace drivers {
namespace {

using base::FaultCode;
using domain::FaceGuidance;
using domain::FaceOutcome;
using testing::Faces;
using testing::photo_of;

TEST_F(Faces, the_person_of_the_card_matches_through_the_chip_round_trip) {
    for (const auto& id : {"wang_xiulan", "li_young", "wang_rare"}) {
        show(id);
        start(id);
        const auto result = verdict();
        ASSERT_TRUE(result) << base::name(result.error().code);
        EXPECT_EQ(result->outcome, FaceOutcome::match) << id << " " << result->score;
        EXPECT_GE(result->score, 0.45) << id;
        devices.camera->stop();
    }
}

TEST_F(Faces, another_person_does_not_match) {
    show("li_young");
    start("wang_xiulan");
    const auto result = verdict();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, FaceOutcome::no_match);
    EXPECT_LT(result->score, 0.2);
}

TEST_F(Faces, nobody_is_guided_and_ends_without_a_verdict_at_the_limit) {
    show("nobody");
    start("wang_xiulan");
    EXPECT_EQ(guidance(), FaceGuidance::none_in_view);
    clock.forward(std::chrono::seconds(31));
    const auto result = verdict();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, FaceOutcome::cannot_assess);
    EXPECT_EQ(result->reason, FaceGuidance::none_in_view);
}

TEST_F(Faces, two_people_are_guided_and_never_compared) {
    show("wang_xiulan");
    show("two_people");
    start("wang_xiulan");
    EXPECT_EQ(guidance(), FaceGuidance::several_in_view);
    show("wang_xiulan");
    EXPECT_EQ(verdict()->outcome, FaceOutcome::match);
}

TEST_F(Faces, a_dark_room_and_a_turned_head_are_guided) {
    show("wang_xiulan");
    show("dark");
    start("wang_xiulan");
    EXPECT_EQ(guidance(), FaceGuidance::too_dark);
    show("turned");
    EXPECT_EQ(guidance(), FaceGuidance::turn_to_camera);
}

TEST_F(Faces, light_from_behind_a_blurred_picture_and_a_wrong_place_are_guided) {
    show("li_young");
    show("back_lit");
    start("li_young");
    EXPECT_EQ(guidance(), FaceGuidance::back_lit);
    show("blurred");
    EXPECT_EQ(guidance(), FaceGuidance::blurred);
    show("far");
    EXPECT_EQ(guidance(), FaceGuidance::too_far);
    show("aside");
    EXPECT_EQ(guidance(), FaceGuidance::off_centre);
}

TEST_F(Faces, closed_eyes_are_asked_to_open_and_never_insisted_on) {
    show("li_young");
    ASSERT_TRUE(emulated->command("camera move close_eyes"));
    start("li_young");
    EXPECT_EQ(guidance(), FaceGuidance::show_eyes);
    const auto result = verdict();
    ASSERT_TRUE(result);
    EXPECT_NE(result->outcome, FaceOutcome::cannot_assess);
}

TEST_F(Faces, a_covered_lens_is_said_in_words_and_ends_once) {
    show("nobody");
    ASSERT_TRUE(emulated->command("camera black"));
    start("wang_xiulan");
    EXPECT_EQ(guidance(), FaceGuidance::too_dark);
    clock.forward(std::chrono::seconds(3));
    EXPECT_EQ(guidance(), FaceGuidance::lens_covered);
    clock.forward(std::chrono::seconds(30));
    const auto result = verdict();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, FaceOutcome::cannot_assess);
    EXPECT_EQ(result->reason, FaceGuidance::lens_covered);
    EXPECT_FALSE(inbox.next<FaceCheckFinished>(std::chrono::milliseconds(500)));
}

TEST_F(Faces, a_camera_frozen_during_the_check_ends_it_once) {
    show("nobody");
    start("wang_xiulan");
    EXPECT_EQ(guidance(), FaceGuidance::none_in_view);
    ASSERT_TRUE(emulated->command("camera freeze"));
    std::optional<FaceCheckFinished> finished;
    for (int i = 0; i < 12 && !finished; ++i) {
        clock.forward(base::Millis{2100});
        finished = inbox.next<FaceCheckFinished>(std::chrono::milliseconds(800));
    }
    ASSERT_TRUE(finished && !finished->verdict);
    EXPECT_EQ(finished->verdict.error().code, FaultCode::CameraFrozen);
    EXPECT_FALSE(inbox.next<FaceCheckFinished>(std::chrono::milliseconds(500)));
}

TEST_F(Faces, a_camera_pulled_during_the_check_ends_it) {
    show("nobody");
    start("wang_xiulan");
    EXPECT_EQ(guidance(), FaceGuidance::none_in_view);
    ASSERT_TRUE(emulated->command("camera unplug"));
    const auto result = verdict();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, FaultCode::CameraAbsent);
}

TEST_F(Faces, a_stopped_check_is_never_heard_of_again_and_keeps_nothing) {
    show("nobody");
    start("wang_xiulan");
    EXPECT_EQ(guidance(), FaceGuidance::none_in_view);
    devices.face_checker->stop();
    devices.camera->stop();
    EXPECT_FALSE(inbox.next<FaceCheckFinished>(std::chrono::seconds(1)));
    devices = {};
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST_F(Faces, missing_models_are_said_and_not_skipped) {
    begin("/nonexistent", PHOTO_DECODER);
    start("wang_xiulan");
    EXPECT_EQ(verdict().error().code, FaultCode::FaceModelsAbsent);
    EXPECT_EQ(devices.face_checker->health().fault->code, FaultCode::FaceModelsAbsent);
}

TEST_F(Faces, a_missing_photo_decoder_is_said_and_not_skipped) {
    begin(testing::cache("models"), "");
    start("wang_xiulan");
    EXPECT_EQ(verdict().error().code, FaultCode::PhotoDecoderAbsent);
}

TEST_F(Faces, the_plug_in_decodes_the_chip_and_refuses_anything_else) {
    const id_card::PhotoDecoder decoder(PHOTO_DECODER);
    const auto picture = decoder.decode(*photo_of("wang_xiulan"));
    ASSERT_TRUE(picture);
    EXPECT_EQ((**picture).width, 102);
    EXPECT_EQ((**picture).height, 126);
    EXPECT_EQ(decoder.decode(base::Bytes(1024, 0x57)).error().code, FaultCode::PhotoUndecodable);
    EXPECT_EQ(decoder.decode({}).error().code, FaultCode::PhotoUndecodable);
}

TEST(photo_decoder, a_program_that_fails_floods_or_hangs_is_a_fault) {
    const base::Bytes photo(1024);
    EXPECT_EQ(id_card::PhotoDecoder("/bin/false").decode(photo).error().code,
              FaultCode::PhotoUndecodable);
    EXPECT_EQ(id_card::PhotoDecoder("/usr/bin/yes").decode(photo).error().safe_detail, "too long");
    EXPECT_EQ(id_card::PhotoDecoder("/usr/bin/cat").decode(photo).error().safe_detail, "size");
    EXPECT_EQ(id_card::PhotoDecoder("/nonexistent").decode(photo).error().code,
              FaultCode::PhotoDecoderAbsent);
}

}  // namespace
}  // namespace drivers
