// The camera over any frame source, on its own thread. While started it turns buffers into frames
// and writes them to the one LatestValue. Without a new frame for two seconds of steady time, or
// with the same bytes for ten, it is CameraFrozen, is closed and opened anew when
// drivers/supervision says so; a camera that was pulled out is gone at once and opened as soon as
// it is back. A black picture goes on and is CameraCovered (degraded). While stopped it only looks
// whether the device is there, when something was plugged and now and then; one that was given up
// is then opened and closed once a minute, without a frame. After stop() has returned no frame is
// left and none comes.
#pragma once

#include "drivers/camera/frame_source.hpp"
#include "drivers/camera/frame_watch.hpp"
#include "drivers/device_set.hpp"
#include "drivers/health_report.hpp"
#include "drivers/request_slot.hpp"
#include "drivers/supervision/presence.hpp"
#include "drivers/supervision/recovery.hpp"

#include <memory>
#include <optional>
#include <thread>

namespace drivers::camera {

using Frames = base::LatestValue<domain::Frame>;

class SourceCamera final : public Camera {
  public:
    // `frames` is shared with who analyses them.
    SourceCamera(std::unique_ptr<FrameSource> source, std::shared_ptr<Frames> frames,
                 const base::Clock& clock, DeviceSink sink,
                 domain::DeviceKind kind = domain::DeviceKind::camera);

    void start() override { wanted_.put({}); }
    void stop() override;
    const Frames& frames() const override { return *frames_; }
    domain::DeviceHealth health() const override { return health_.now(); }

  private:
    struct Streaming {};

    void run(std::stop_token stop);
    void look();
    void stream(std::stop_token stop);
    // Until withdrawn, or what went wrong.
    std::optional<base::Fault> frames_until(std::stop_token stop);
    void take(const RawFrame& raw, FrameWatch& watch, base::Millis now);
    void lost(base::Fault fault);

    const std::shared_ptr<Frames> frames_;
    const base::Clock& clock_;
    HealthReport health_;
    RequestSlot<Streaming> wanted_;
    // The worker's own.
    supervision::Recovery recovery_;
    supervision::Presence presence_;
    std::uint64_t seen_ = 0;
    std::uint64_t number_ = 0;
    const std::unique_ptr<FrameSource> source_;  // after what it tells of plugging

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::camera
