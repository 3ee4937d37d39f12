// The whole way of a face: card photo through the plug-in, camera frames through the models.
#include "drivers/emulation/emulated_devices.hpp"
#include "drivers/emulation/people.hpp"
#include "drivers/emulation/picture_tools.hpp"
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
    void begin(const std::string& models, const std::string& decoder,
               domain::FacePolicy policy = {}) {
        devices = {};
        auto created =
            emulation::EmulatedDevices::create({testing::people_folder, testing::cache("faces"),
                                                models, decoder, "", base::Millis{0}, policy},
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

TEST_F(Movements, who_is_not_alike_is_not_asked_to_move) {
    begin_with(domain::LivenessDemand::required);
    show("li_young");
    start("wang_xiulan");
    const auto result = verdict();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, FaceOutcome::no_match);
    EXPECT_EQ(result->alive, domain::Liveness::not_asked);
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
