#include "drivers/camera/source_camera.hpp"

#include "base/pulse.hpp"
#include "drivers/camera/pixels.hpp"

#include <utility>

namespace drivers::camera {

namespace {

constexpr base::Millis frame_wait{200};
constexpr base::Millis look_pause{2000};  // while stopped
// The first pictures of a USB camera are often damaged or still without exposure.
constexpr int warm_up_frames = 2;

}  // namespace

SourceCamera::SourceCamera(std::unique_ptr<FrameSource> source, std::shared_ptr<Frames> frames,
                           const base::Clock& clock, DeviceSink sink, domain::DeviceKind kind)
    : frames_(std::move(frames)),
      clock_(clock),
      health_(kind, std::move(sink)),
      recovery_(clock),
      source_(std::move(source)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void SourceCamera::stop() {
    wanted_.clear();
    frames_->clear();
}

void SourceCamera::run(std::stop_token stop) {
    const base::Pulse pulse("camera");
    source_->on_plugging([this] {
        recovery_.plugging();
        wanted_.nudge();
    });
    bool wanted = false;
    look();
    while (!stop.stop_requested()) {
        bool early = false;
        if (auto change =
                wanted_.wait_change(stop, seen_, wanted ? recovery_.pause() : look_pause)) {
            wanted = change->request.has_value();
            early = recovery_.may_try_early();
        }
        if (stop.stop_requested()) break;
        if (!wanted)
            look();
        else if (recovery_.is_due() || early)
            stream(stop);
    }
}

// What a look misses once may have been missed by chance; after a notice it has gone.
void SourceCamera::look() {
    const bool told = recovery_.heard();
    if (source_->is_present())
        presence_.seen();
    else if (told)
        presence_.gone();
    else
        presence_.missed();
    if (!presence_.is_there()) return lost({base::FaultCode::CameraAbsent, {}});
    if (recovery_.has_given_up()) {
        if (!recovery_.is_due()) return;
        const auto opened = source_->open();
        source_->close();
        if (!opened) return lost(opened.error());
        recovery_.worked();
    }
    health_.ready();
}

void SourceCamera::stream(std::stop_token stop) {
    auto fault = frames_until(stop);
    source_->close();
    if (fault) lost(std::move(*fault));
}

std::optional<base::Fault> SourceCamera::frames_until(std::stop_token stop) {
    if (auto opened = source_->open(); !opened) return opened.error();
    presence_.seen();
    FrameWatch watch(clock_.steady());
    int warm_up = warm_up_frames;
    while (!stop.stop_requested() && wanted_.is_current(seen_)) {
        base::Pulse::beat();
        auto raw = source_->next(stop, frame_wait);
        if (!raw) return raw.error();
        // Its frames mostly fail before; a driver that goes on waiting for them is told by this.
        if (recovery_.heard() && !source_->is_present())
            return base::Fault{base::FaultCode::CameraAbsent, {}};
        const auto now = clock_.steady();
        if (*raw && warm_up > 0) {
            --warm_up;
            continue;
        }
        if (*raw) take(**raw, watch, now);
        if (watch.is_frozen(now))
            return base::Fault{base::FaultCode::CameraFrozen,
                               watch.only_damaged() ? "damaged frames" : ""};
        if (watch.is_steady(now)) recovery_.worked();
    }
    return std::nullopt;
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
    if (fault.code == base::FaultCode::CameraAbsent) {
        presence_.gone();
        health_.unavailable(recovery_.absent(std::move(fault)));
    } else {
        health_.unavailable(recovery_.failed(std::move(fault)));
    }
}

}  // namespace drivers::camera
