#include "drivers/document/sheet_camera.hpp"

#include "base/pulse.hpp"

#include <utility>

namespace drivers::document {

namespace {

using base::FaultCode;
using domain::SheetGuidance;

constexpr base::Millis frame_wait{200};
constexpr base::Millis look_every{200};
constexpr base::Millis capture_limit{5000};  // without a frame, of steady time
constexpr int frames_tried = 10;

bool is_covered(const domain::DeviceHealth& health) {
    return health.fault && health.fault->code == FaultCode::CameraCovered;
}

}  // namespace

SheetCamera::SheetCamera(std::unique_ptr<Camera> camera,
                         std::shared_ptr<base::LatestValue<domain::Frame>> frames,
                         const base::Clock& clock, DeviceSink sink, domain::PageLimits limits)
    : camera_(std::move(camera)),
      frames_(std::move(frames)),
      clock_(clock),
      sink_(std::move(sink)),
      limits_(limits),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void SheetCamera::start(domain::Ticket ticket) {
    camera_->start();
    wanted_.put({ticket, false});
}

void SheetCamera::stop() {
    wanted_.clear();
    camera_->stop();
}

void SheetCamera::run(std::stop_token stop) {
    const base::Pulse pulse("document_camera_look");
    while (!stop.stop_requested()) {
        const auto change = wanted_.wait_change(stop, seen_);
        if (!change || !change->request) continue;
        if (change->request->capture) take(*change->request, stop);
        preview(*change->request, stop);
    }
}

void SheetCamera::preview(const Request& request, std::stop_token stop) {
    std::optional<SheetGuidance> said;
    std::optional<base::Millis> looked;
    while (!stop.stop_requested() && wanted_.is_current(seen_)) {
        const auto frame = frames_->wait_newer(stop, frame_seen_, frame_wait);
        if (!frame || (looked && frame->taken - *looked < look_every)) continue;
        looked = frame->taken;
        const auto look = look_at_sheet(*frame->picture);
        if (!look) continue;
        const auto guidance =
            is_covered(camera_->health()) ? SheetGuidance::lens_covered : look->guidance;
        if (said == guidance) continue;
        said = guidance;
        wanted_.while_current(seen_, [&] { sink_(SheetSeen{request.ticket, guidance}); });
    }
}

void SheetCamera::take(const Request& request, std::stop_token stop) {
    auto result = captured(stop);
    if (stop.stop_requested()) return;
    wanted_.while_current(seen_, [&] {
        sink_(DocumentCaptured{request.ticket, std::move(result)});
    });
}

base::Result<CapturedSheet> SheetCamera::captured(std::stop_token stop) {
    CapturedSheet sheet;
    const auto end = clock_.steady() + capture_limit;
    // The frame that is there was taken before the hand let go.
    frame_seen_ = frames_->version();
    for (int tried = 0; tried < frames_tried && wanted_.is_current(seen_);) {
        const auto frame = frames_->wait_newer(stop, frame_seen_, frame_wait);
        if (stop.stop_requested()) break;
        if (!frame) {
            const auto health = camera_->health();
            if (health.state == domain::DeviceState::unavailable && health.fault)
                return base::fail(*health.fault);
            if (clock_.steady() >= end) return base::fail(FaultCode::CameraFrozen);
            continue;
        }
        ++tried;
        auto photo = TRY(photograph_sheet(*frame->picture, limits_));
        sheet.guidance =
            is_covered(camera_->health()) ? SheetGuidance::lens_covered : photo.guidance;
        if (!photo.page) continue;
        sheet.page = std::move(photo.page);
        sheet.picture = std::move(photo.picture);
        break;
    }
    return sheet;
}

}  // namespace drivers::document
