// The real face comparison over the emulated camera, for tests; without the fetched models and
// samples they are skipped.
#pragma once

#include "drivers/emulation/emulated_devices.hpp"
#include "drivers/emulation/people.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/pictures/picture_file.hpp"
#include "event_inbox.hpp"
#include "test_files.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

namespace drivers::testing {

inline base::Secret<base::Bytes> photo_of(const std::string& id) {
    const auto people = *emulation::load_people(people_folder);
    const auto& face = people.at(id).face;
    const auto picture = *pictures::load_picture(cache("faces/") + face.picture);
    return base::Secret(*emulation::chip_portrait(picture, face.box));
}

class Faces : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!are_fetched()) GTEST_SKIP() << not_fetched;
        begin(cache("models"), PHOTO_DECODER);
    }
    void begin(const std::string& models, const std::string& decoder,
               domain::FacePolicy policy = {}) {
        devices = {};
        auto created = emulation::EmulatedDevices::create(
            {people_folder, cache("faces"), models, decoder, "", base::Millis{0}, policy}, clock,
            inbox.sink());
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
        return finished ? finished->verdict
                        : base::fail(base::FaultCode::InternalError, "no completion");
    }
    domain::FaceGuidance guidance() {
        const auto guided = inbox.next<FaceGuided>(std::chrono::seconds(60));
        return guided ? guided->measures.guidance : domain::FaceGuidance::good;
    }

    base::ManualClock clock{base::Instant{}};
    EventInbox inbox;
    std::optional<emulation::EmulatedDevices> emulated;
    DeviceSet devices;
};

}  // namespace drivers::testing
