#include "drivers/face/face_checker.hpp"

#include "base/pulse.hpp"
#include "base/random.hpp"
#include "drivers/face/guidance/frame_look.hpp"
#include "drivers/face/portrait.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

namespace drivers::face {

namespace {

using base::FaultCode;
using domain::FaceBand;
using domain::FaceGuidance;
using domain::FaceOutcome;
using domain::Liveness;
using domain::LivenessDemand;
using domain::LivenessMethod;

constexpr base::Millis frame_wait{200};
// So many frames ask for eyes that are not seen, then it goes on without: some people's never are.
constexpr int eye_frames_max = 30;

std::vector<Movement> freshly_drawn(int count) {
    const auto seed = base::random_bytes<4>();
    std::mt19937 random((std::uint32_t{seed[0]} << 24) | (std::uint32_t{seed[1]} << 16) |
                        (std::uint32_t{seed[2]} << 8) | std::uint32_t{seed[3]});
    return draw_movements(count, random);
}

bool asks_model(const domain::FacePolicy& policy) {
    return policy.liveness != LivenessDemand::off &&
           policy.method != LivenessMethod::turn_and_blink;
}
bool asks_movements(const domain::FacePolicy& policy) {
    return policy.liveness != LivenessDemand::off && policy.method != LivenessMethod::model;
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
    const base::Pulse pulse("face_checker");
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

// One check as it goes on.
struct ModelFaceChecker::Check {
    domain::Ticket ticket;
    std::stop_token stop;
    base::Millis end;
    base::Secret<Feature> reference;
    std::uint64_t frame_seen = 0;
    std::optional<domain::FaceMeasures> told;

    domain::FaceVerdict not_assessed(FaceGuidance otherwise) const {
        domain::FaceVerdict verdict;
        verdict.reason = told ? told->guidance : otherwise;
        return verdict;
    }
};

base::Result<domain::FaceVerdict> ModelFaceChecker::check(const Request& request,
                                                          std::stop_token stop) {
    const auto& policy = options_.policy;
    Check check{request.ticket, stop, clock_.steady() + policy.limit, {}, 0, std::nullopt};
    check.reference = TRY(portrait_feature(request));
    Sums sums;
    if (!TRY(gather(check, sums))) return check.not_assessed(FaceGuidance::none_in_view);

    domain::FaceVerdict verdict;
    verdict.reason = FaceGuidance::good;
    verdict.score = sums.score(*check.reference);
    verdict.band = domain::band_of(verdict.score, policy);
    verdict.outcome = verdict.band == FaceBand::match ? FaceOutcome::match : FaceOutcome::no_match;
    // Who is not alike is not asked to turn and blink for nothing.
    if (policy.liveness == LivenessDemand::off || verdict.outcome != FaceOutcome::match)
        return verdict;
    bool shown = true;
    if (asks_model(policy)) {
        verdict.liveness = sums.liveness / sums.frames;
        shown = verdict.liveness >= policy.liveness_threshold;
    }
    if (asks_movements(policy)) shown = TRY(see_movements(check)) && shown;
    verdict.alive = shown ? Liveness::shown : Liveness::not_shown;
    if (policy.liveness == LivenessDemand::required && !shown) {
        verdict.outcome = FaceOutcome::cannot_assess;
        verdict.reason = FaceGuidance::liveness_unseen;
    }
    return verdict;
}

// The next frame, none when the check is withdrawn or its time is over.
base::Result<std::optional<domain::Frame>> ModelFaceChecker::next_frame(Check& check) {
    while (!check.stop.stop_requested() && wanted_.is_current(seen_) &&
           clock_.steady() < check.end) {
        if (auto frame = frames_->wait_newer(check.stop, check.frame_seen, frame_wait))
            return frame;
        const auto camera = camera_.health();
        if (camera.state == domain::DeviceState::unavailable && camera.fault)
            return base::fail(*camera.fault);
    }
    return std::optional<domain::Frame>{};
}

void ModelFaceChecker::guide(Check& check, const domain::FaceMeasures& measures) {
    if (check.told == measures) return;
    check.told = measures;
    wanted_.while_current(seen_, [&] { sink_(FaceGuided{check.ticket, measures}); });
}

// Good frames in a row; false when there were none in time.
base::Result<bool> ModelFaceChecker::gather(Check& check, Sums& sums) {
    std::optional<FaceBox> before;
    int eyes_missed = 0;
    while (const auto frame = TRY(next_frame(check))) {
        const auto camera = camera_.health();
        LookOptions look_options;
        look_options.lens_covered = camera.fault && camera.fault->code == FaultCode::CameraCovered;
        look_options.ask_for_eyes = eyes_missed < eye_frames_max;
        const auto look = TRY(look_at(*models_, *frame->picture, before, look_options));
        before = look.box;
        eyes_missed += look.measures.guidance == FaceGuidance::show_eyes ? 1 : 0;
        guide(check, look.measures);
        if (!look.good()) {
            sums.forget();
            continue;
        }
        TRY_STATUS(add(*frame->picture, *look.box, *look.points, sums));
        if (sums.frames >= options_.good_frames) return true;
    }
    return false;
}

// Whether the movements asked for were shown, and by a face that is still the one of the card.
base::Result<bool> ModelFaceChecker::see_movements(Check& check) {
    const auto& policy = options_.policy;
    TurnAndBlink movements([&] { return freshly_drawn(policy.movements); }, policy.movement_limit,
                           clock_.steady());
    auto measures = *check.told;
    while (const auto frame = TRY(next_frame(check))) {
        const auto look = TRY(look_for_movement(*models_, *frame->picture, frame->taken));
        const auto state = movements.see(look);
        measures.guidance = movements.prompt();
        guide(check, measures);
        if (state == TurnAndBlink::State::failed) return false;
        if (state == TurnAndBlink::State::asking) continue;
        const auto points = TRY(models_->landmarks(*frame->picture, *look.box));
        const auto feature = TRY(models_->feature(*frame->picture, points));
        return domain::band_of(cosine(*feature, *check.reference), policy) != FaceBand::no_match;
    }
    return false;
}

base::Result<base::Secret<Feature>> ModelFaceChecker::portrait_feature(const Request& request) {
    if (!models_) models_ = TRY(FaceModels::load(options_.models_folder));
    const auto portrait = TRY(photo_decoder_.decode(*request.chip_photo));
    auto found = TRY(portrait_of(*models_, *portrait));
    if (found.state != PortraitState::one_face)
        return base::fail(FaultCode::PhotoUndecodable, "no face in the portrait");
    return std::move(found.feature);
}

base::Status ModelFaceChecker::add(const domain::Picture& picture, const FaceBox& box,
                                   const Landmarks& points, Sums& sums) {
    const auto feature = TRY(models_->feature(picture, points));
    sums.feature.resize(feature->size());
    std::transform(feature->begin(), feature->end(), sums.feature.begin(), sums.feature.begin(),
                   [](float a, float b) { return a + b; });
    if (asks_model(options_.policy)) sums.liveness += TRY(models_->liveness(picture, box));
    ++sums.frames;
    return {};
}

}  // namespace drivers::face
