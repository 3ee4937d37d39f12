// The camera over any frame source, on its own thread. While started it turns buffers into frames
// and writes them to the one LatestValue. Without a new frame for two seconds of steady time, or
// with the same bytes for ten, it is CameraFrozen, is closed and opened anew with growing pauses; a
// camera that was pulled out is opened as soon as it is back. A black picture goes on and is
// CameraCovered (degraded). While stopped it only looks now and then whether the device is there.
// After stop() has returned no frame is left and none comes.
#pragma once

#include "drivers/camera/frame_source.hpp"
#include "drivers/camera/frame_watch.hpp"
#include "drivers/device_set.hpp"
#include "drivers/health_report.hpp"
#include "drivers/request_slot.hpp"

#include <memory>
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
    bool stream(std::stop_token stop);
    void take(const RawFrame& raw, FrameWatch& watch, base::Millis now);
    void lost(base::Fault fault);

    const std::unique_ptr<FrameSource> source_;
    const std::shared_ptr<Frames> frames_;
    const base::Clock& clock_;
    HealthReport health_;
    RequestSlot<Streaming> wanted_;
    std::uint64_t seen_ = 0;    // the worker's
    std::uint64_t number_ = 0;  // the worker's
    int failures_ = 0;          // the worker's; one after the other
    base::Millis pause_{};      // the worker's; before the camera is opened again

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::camera
