#include "drivers/camera/source_camera.hpp"

#include "drivers/camera/pixels.hpp"

#include <utility>

namespace drivers::camera {

namespace {

constexpr base::Millis frame_wait{200};
constexpr base::Millis look_pause{2000};  // while stopped
constexpr base::Millis come_back{500};    // how often a camera that went is looked for
// The first pictures of a USB camera are often damaged or still without exposure.
constexpr int warm_up_frames = 2;

}  // namespace

SourceCamera::SourceCamera(std::unique_ptr<FrameSource> source, std::shared_ptr<Frames> frames,
                           const base::Clock& clock, DeviceSink sink, domain::DeviceKind kind)
    : source_(std::move(source)),
      frames_(std::move(frames)),
      clock_(clock),
      health_(kind, std::move(sink)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void SourceCamera::stop() {
    wanted_.clear();
    frames_->clear();
}

void SourceCamera::run(std::stop_token stop) {
    bool wanted = false;
    look();
    while (!stop.stop_requested()) {
        if (auto change = wanted_.wait_change(stop, seen_, wanted ? pause_ : look_pause)) {
            wanted = change->request.has_value();
            failures_ = 0;
        }
        if (stop.stop_requested()) break;
        if (!wanted) {
            look();
        } else if (source_->is_present()) {
            if (!stream(stop)) pause_ = reopen_pause(++failures_);
            source_->close();
        } else {
            // Opened at once when it is plugged in again.
            lost({base::FaultCode::CameraAbsent, {}});
            failures_ = 0;
            pause_ = come_back;
        }
    }
}

void SourceCamera::look() {
    if (source_->is_present())
        health_.ready();
    else
        health_.unavailable({base::FaultCode::CameraAbsent, {}});
}

// Until withdrawn (true) or lost (false).
bool SourceCamera::stream(std::stop_token stop) {
    if (auto opened = source_->open(); !opened) {
        lost(opened.error());
        return false;
    }
    FrameWatch watch(clock_.steady());
    int warm_up = warm_up_frames;
    while (!stop.stop_requested() && wanted_.is_current(seen_)) {
        auto raw = source_->next(stop, frame_wait);
        if (!raw) {
            lost(raw.error());
            return false;
        }
        const auto now = clock_.steady();
        if (*raw && warm_up > 0) {
            --warm_up;
            continue;
        }
        // A damaged buffer is skipped.
        if (*raw) take(**raw, watch, now);
        if (watch.is_frozen(now)) {
            lost({base::FaultCode::CameraFrozen, watch.only_damaged() ? "damaged frames" : ""});
            return false;
        }
        if (watch.is_steady(now)) failures_ = 0;
    }
    return true;
}

void SourceCamera::take(const RawFrame& raw, FrameWatch& watch, base::Millis now) {
    auto picture = picture_from_frame(raw);
    if (!picture) return watch.damaged();
    watch.seen(*picture, raw.bytes, now);
    domain::Frame frame{base::Secret(std::move(*picture)), now, ++number_};
    wanted_.while_current(seen_, [&] { frames_->put(std::move(frame)); });
    if (watch.is_covered(now))
        health_.say({domain::DeviceState::degraded, domain::Supply::unknown,
                     base::Fault{base::FaultCode::CameraCovered, {}}});
    else
        health_.ready();
}

void SourceCamera::lost(base::Fault fault) {
    frames_->clear();
    health_.unavailable(std::move(fault));
}

}  // namespace drivers::camera
