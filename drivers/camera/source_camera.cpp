#include "drivers/camera/source_camera.hpp"

#include "drivers/camera/pixels.hpp"

#include <utility>

namespace drivers::camera {

namespace {

constexpr base::Millis frame_age_max{2000};
constexpr base::Millis frame_wait{200};
constexpr base::Millis look_pause{2000};    // while stopped
constexpr base::Millis reopen_pause{1000};  // while started and lost

base::Result<domain::Picture> picture_of(const std::optional<RawFrame>& raw) {
    if (!raw) return base::fail(base::FaultCode::CameraFrozen);
    return picture_from_frame(*raw);
}

}  // namespace

SourceCamera::SourceCamera(std::unique_ptr<FrameSource> source, std::shared_ptr<Frames> frames,
                           const base::Clock& clock, DeviceSink sink)
    : source_(std::move(source)),
      frames_(std::move(frames)),
      clock_(clock),
      health_(domain::DeviceKind::camera, std::move(sink)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void SourceCamera::stop() {
    wanted_.clear();
    frames_->clear();
}

void SourceCamera::run(std::stop_token stop) {
    bool wanted = false;
    bool retry = false;
    look();
    while (!stop.stop_requested()) {
        if (auto change = wanted_.wait_change(stop, seen_, retry ? reopen_pause : look_pause))
            wanted = change->request.has_value();
        if (stop.stop_requested()) break;
        if (wanted) {
            retry = !stream(stop);
            source_->close();
        } else {
            retry = false;
            look();
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
    auto newest = clock_.steady();
    while (!stop.stop_requested() && wanted_.is_current(seen_)) {
        auto raw = source_->next(stop, frame_wait);
        if (!raw) {
            lost(raw.error());
            return false;
        }
        const auto now = clock_.steady();
        // A damaged buffer is skipped: the first ones of a USB camera often are.
        if (auto picture = picture_of(*raw)) {
            newest = now;
            domain::Frame frame{base::Secret(std::move(*picture)), now, ++number_};
            wanted_.while_current(seen_, [&] { frames_->put(std::move(frame)); });
            health_.ready();
        } else if (now - newest > frame_age_max) {
            lost({base::FaultCode::CameraFrozen, {}});
            return false;
        }
    }
    return true;
}

void SourceCamera::lost(base::Fault fault) {
    frames_->clear();
    health_.unavailable(std::move(fault));
}

}  // namespace drivers::camera
