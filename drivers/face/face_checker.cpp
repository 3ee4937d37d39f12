#include "drivers/face/face_checker.hpp"

#include "drivers/face/measures/distance.hpp"
#include "drivers/face/measures/facing.hpp"
#include "drivers/face/measures/light.hpp"
#include "drivers/face/measures/one_person.hpp"
#include "drivers/face/portrait.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace drivers::face {

namespace {

using base::FaultCode;
using domain::FaceGuidance;
using domain::FaceOutcome;

constexpr base::Millis frame_wait{200};

FaceBox whole(const domain::Picture& picture) {
    return {0, 0, static_cast<float>(picture.width), static_cast<float>(picture.height), 0};
}

}  // namespace

// What the good frames add up to.
struct ModelFaceChecker::Sums {
    int frames = 0;
    double liveness = 0;
    Feature feature;

    ~Sums() { forget(); }
    void forget() {
        base::wipe(feature);
        frames = 0;
        liveness = 0;
    }
    double score(const Feature& reference) const {
        const double length = std::sqrt(cosine(feature, feature));
        return length > 0 ? cosine(feature, reference) / length : 0;
    }
};

ModelFaceChecker::ModelFaceChecker(FaceCheckOptions options, const Camera& camera,
                                   std::shared_ptr<base::LatestValue<domain::Frame>> frames,
                                   const base::Clock& clock, DeviceSink sink)
    : options_(std::move(options)),
      photo_decoder_(options_.photo_decoder),
      camera_(camera),
      frames_(std::move(frames)),
      clock_(clock),
      sink_(sink),
      health_(domain::DeviceKind::face_comparison, std::move(sink)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void ModelFaceChecker::run(std::stop_token stop) {
    look_after_health();
    while (!stop.stop_requested()) {
        auto change = wanted_.wait_change(stop, seen_);
        if (!change || !change->request) continue;
        look_after_health();
        const auto ticket = change->request->ticket;
        auto verdict = check(*change->request, stop);
        change.reset();  // the chip's photo goes before the verdict is heard
        if (stop.stop_requested()) break;
        wanted_.while_current(seen_, [&] { sink_(FaceCheckFinished{ticket, std::move(verdict)}); });
    }
}

void ModelFaceChecker::look_after_health() {
    if (!FaceModels::are_present(options_.models_folder))
        health_.unavailable({FaultCode::FaceModelsAbsent, {}});
    else if (!photo_decoder_.is_present())
        health_.unavailable({FaultCode::PhotoDecoderAbsent, {}});
    else
        health_.ready();
}

base::Result<domain::FaceVerdict> ModelFaceChecker::check(const Request& request,
                                                          std::stop_token stop) {
    const auto end = clock_.steady() + options_.limit;
    const auto reference = TRY(portrait_feature(request));
    Sums sums;
    std::optional<FaceBox> before;
    std::optional<domain::FaceMeasures> told;
    std::uint64_t frame_seen = 0;
    while (!stop.stop_requested() && wanted_.is_current(seen_)) {
        if (clock_.steady() >= end)
            return domain::FaceVerdict{FaceOutcome::cannot_assess,
                                       told ? told->guidance : FaceGuidance::none_in_view, 0, 0};
        const auto frame = frames_->wait_newer(stop, frame_seen, frame_wait);
        if (!frame) {
            const auto camera = camera_.health();
            if (camera.state == domain::DeviceState::unavailable && camera.fault)
                return base::fail(*camera.fault);
            continue;
        }
        const auto look = TRY(look_at(*frame->picture, before));
        before = look.box;
        if (told != look.measures) {
            told = look.measures;
            wanted_.while_current(seen_, [&] { sink_(FaceGuided{request.ticket, look.measures}); });
        }
        if (!look.good) {
            sums.forget();
            continue;
        }
        TRY_STATUS(add(*frame->picture, *look.box, sums));
        if (sums.frames < options_.good_frames) continue;
        const double score = sums.score(*reference);
        return domain::FaceVerdict{
            score >= options_.match_threshold ? FaceOutcome::match : FaceOutcome::no_match,
            FaceGuidance::good, score, sums.liveness / sums.frames};
    }
    return domain::FaceVerdict{};  // withdrawn: nobody hears it
}

base::Result<base::Secret<Feature>> ModelFaceChecker::portrait_feature(const Request& request) {
    if (!models_) models_ = TRY(FaceModels::load(options_.models_folder));
    const auto portrait = TRY(photo_decoder_.decode(*request.chip_photo));
    auto found = TRY(portrait_of(*models_, *portrait));
    if (found.state != PortraitState::one_face)
        return base::fail(FaultCode::PhotoUndecodable, "no face in the portrait");
    return std::move(found.feature);
}

base::Result<ModelFaceChecker::Look> ModelFaceChecker::look_at(
    const domain::Picture& picture, const std::optional<FaceBox>& before) {
    Look look;
    auto& measures = look.measures;
    const auto faces = TRY(models_->detect(picture));
    const int people = count_people(faces);
    if (people == 0) {
        // In the dark nobody is found: say what helps.
        const bool dark = judge_light(mean_luma(picture, whole(picture))) == Light::too_dark;
        measures.guidance = dark ? FaceGuidance::too_dark : FaceGuidance::none_in_view;
        return look;
    }
    const auto& box = faces.front();
    look.box = box;
    const auto light = judge_light(mean_luma(picture, box));
    const auto distance = judge_distance(box, picture.height);
    const bool centred = is_centred(box, picture.width, picture.height);
    measures.light_good = light == Light::good;
    measures.distance_good = distance == Distance::good && centred;
    measures.one_person = people == 1;
    measures.facing = is_facing(TRY(models_->pose(picture, box)));
    measures.guidance = people > 1                          ? FaceGuidance::several_in_view
                        : distance == Distance::too_far     ? FaceGuidance::too_far
                        : distance == Distance::too_near    ? FaceGuidance::too_near
                        : !centred                          ? FaceGuidance::off_centre
                        : !measures.facing                  ? FaceGuidance::turn_to_camera
                        : light == Light::too_dark          ? FaceGuidance::too_dark
                        : light == Light::too_bright        ? FaceGuidance::too_bright
                        : before && !is_still(*before, box) ? FaceGuidance::hold_still
                                                            : FaceGuidance::good;
    look.good = measures.guidance == FaceGuidance::good;
    return look;
}

base::Status ModelFaceChecker::add(const domain::Picture& picture, const FaceBox& box, Sums& sums) {
    const auto points = TRY(models_->landmarks(picture, box));
    const auto feature = TRY(models_->feature(picture, points));
    sums.feature.resize(feature->size());
    std::transform(feature->begin(), feature->end(), sums.feature.begin(), sums.feature.begin(),
                   [](float a, float b) { return a + b; });
    sums.liveness += TRY(models_->liveness(picture, box));
    ++sums.frames;
    return {};
}

}  // namespace drivers::face
