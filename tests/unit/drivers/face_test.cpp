// The whole way of a face: card photo through the plug-in, camera frames through the models.
#include "drivers/emulation/emulated_devices.hpp"
#include "drivers/emulation/people.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/face/measures/distance.hpp"
#include "drivers/face/measures/facing.hpp"
#include "drivers/face/measures/light.hpp"
#include "drivers/face/measures/one_person.hpp"
#include "drivers/id_card/photo_decoder.hpp"
#include "drivers/pictures/picture_file.hpp"
#include "event_inbox.hpp"
#include "test_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace drivers {
namespace {

using base::FaultCode;
using domain::FaceGuidance;
using domain::FaceOutcome;
using domain::Ticket;

base::Secret<base::Bytes> photo_of(const std::string& id) {
    const auto people = *emulation::load_people(testing::people_folder);
    const auto& face = people.at(id).face;
    const auto picture = *pictures::load_picture(testing::cache("faces/") + face.picture);
    return base::Secret(*emulation::chip_portrait(picture, face.box));
}

class Faces : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!testing::are_fetched()) GTEST_SKIP() << testing::not_fetched;
        begin(testing::cache("models"), PHOTO_DECODER);
    }
    void begin(const std::string& models, const std::string& decoder) {
        auto created = emulation::EmulatedDevices::create(
            {testing::people_folder, testing::cache("faces"), models, decoder, "", base::Millis{0}},
            clock, inbox.sink());
        ASSERT_TRUE(created) << created.error().safe_detail;
        emulated.emplace(std::move(*created));
        devices = emulated->take_devices();
    }
    void show(const std::string& scene) {
        const auto shown = emulated->command("camera show " + scene);
        ASSERT_TRUE(shown) << shown.error().safe_detail;
    }
    void start(const std::string& card_of) {
        devices.camera->start();
        devices.face_checker->start_check({1, 1}, photo_of(card_of));
    }
    base::Result<domain::FaceVerdict> verdict() {
        auto finished = inbox.next<FaceCheckFinished>(std::chrono::seconds(60));
        return finished ? finished->verdict : base::fail(FaultCode::InternalError, "no completion");
    }
    FaceGuidance guidance() {
        const auto guided = inbox.next<FaceGuided>(std::chrono::seconds(60));
        return guided ? guided->measures.guidance : FaceGuidance::good;
    }

    base::ManualClock clock{base::Instant{}};
    testing::EventInbox inbox;
    std::optional<emulation::EmulatedDevices> emulated;
    DeviceSet devices;
};

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
    devices = {};
    begin("/nonexistent", PHOTO_DECODER);
    start("wang_xiulan");
    EXPECT_EQ(verdict().error().code, FaultCode::FaceModelsAbsent);
    EXPECT_EQ(devices.face_checker->health().fault->code, FaultCode::FaceModelsAbsent);
}

TEST_F(Faces, a_missing_photo_decoder_is_said_and_not_skipped) {
    devices = {};
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

TEST(face_measures, say_what_they_are_given) {
    using namespace face;
    EXPECT_EQ(judge_light(20), Light::too_dark);
    EXPECT_EQ(judge_light(120), Light::good);
    EXPECT_EQ(judge_light(250), Light::too_bright);
    EXPECT_EQ(judge_distance({0, 0, 40, 50, 1}, 480), Distance::too_far);
    EXPECT_EQ(judge_distance({0, 0, 150, 200, 1}, 480), Distance::good);
    EXPECT_EQ(judge_distance({0, 0, 300, 400, 1}, 480), Distance::too_near);
    EXPECT_TRUE(is_centred({245, 140, 150, 200, 1}, 640, 480));
    EXPECT_FALSE(is_centred({0, 140, 150, 200, 1}, 640, 480));
    EXPECT_FALSE(is_still({100, 100, 150, 200, 1}, {180, 100, 150, 200, 1}));
    EXPECT_TRUE(is_facing({10, -10, 5}));
    EXPECT_FALSE(is_facing({45, 0, 0}));
    EXPECT_EQ(count_people({}), 0);
    EXPECT_EQ(count_people({{0, 0, 150, 200, 1}, {0, 0, 30, 40, 1}}), 1);
    EXPECT_EQ(count_people({{0, 0, 150, 200, 1}, {0, 0, 90, 120, 1}}), 2);
}

}  // namespace
}  // namespace drivers
