// The face comparison on its own thread: decodes the chip's portrait once, then measures camera
// frames, guides the person by one sentence at a time, and after several good frames in a row
// compares. Where the policy asks for movements, who is alike is then asked to turn or blink, and
// compared once more. No picture is kept; other people's faces are counted, never compared. It does
// not start the camera. Ends with match, no_match, cannot_assess (after a limit of steady time, or
// where a living person is required and was not shown), or a fault: PhotoDecoderAbsent,
// PhotoUndecodable, FaceModelsAbsent, and the camera's.
#pragma once

#include "domain/face_policy.hpp"
#include "drivers/device_set.hpp"
#include "drivers/face/face_models.hpp"
#include "drivers/health_report.hpp"
#include "drivers/id_card/photo/photo_decoder.hpp"
#include "drivers/request_slot.hpp"

#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace drivers::face {

struct FaceCheckOptions {
    std::string models_folder;
    std::string photo_decoder;  // program; empty = none
    domain::FacePolicy policy{};
    int good_frames = 5;
};

class ModelFaceChecker final : public FaceChecker {
  public:
    // `camera` must outlive this; `frames` are its frames.
    ModelFaceChecker(FaceCheckOptions options, const Camera& camera,
                     std::shared_ptr<base::LatestValue<domain::Frame>> frames,
                     const base::Clock& clock, DeviceSink sink);

    void start_check(domain::Ticket ticket,
                     base::Secret<std::vector<std::uint8_t>> chip_photo) override {
        wanted_.put({ticket, std::move(chip_photo)});
    }
    void stop() override { wanted_.clear(); }
    domain::DeviceHealth health() const override { return health_.now(); }

  private:
    struct Request {
        domain::Ticket ticket;
        base::Secret<std::vector<std::uint8_t>> chip_photo;
    };
    struct Sums;
    struct Check;

    void run(std::stop_token stop);
    void look_after_health();
    base::Result<domain::FaceVerdict> check(const Request& request, std::stop_token stop);
    base::Result<base::Secret<Feature>> portrait_feature(const Request& request);
    base::Result<bool> gather(Check& check, Sums& sums);
    base::Result<bool> see_movements(Check& check);
    base::Result<std::optional<domain::Frame>> next_frame(Check& check);
    void guide(Check& check, const domain::FaceMeasures& measures);
    base::Status add(const domain::Picture& picture, const FaceBox& box, const Landmarks& points,
                     Sums& sums);

    const FaceCheckOptions options_;
    const id_card::PhotoDecoder photo_decoder_;
    const Camera& camera_;
    const std::shared_ptr<base::LatestValue<domain::Frame>> frames_;
    const base::Clock& clock_;
    const DeviceSink sink_;
    HealthReport health_;
    RequestSlot<Request> wanted_;
    std::uint64_t seen_ = 0;            // the worker's
    std::optional<FaceModels> models_;  // the worker's; loaded on demand

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::face
