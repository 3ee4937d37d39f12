// Frames from a kernel video device: V4L2 streaming with mapped buffers, YUYV or MJPEG, as near to
// the wanted size as the device has one. A damaged buffer (V4L2_BUF_FLAG_ERROR, or longer than it
// can be) is given as an empty frame; an unplugged camera says ENODEV and is CameraAbsent; one that
// another program holds is CameraUnusable "busy", one that is no camera we understand "capability"
// or "format". Open by /dev/v4l/by-path, so that a replugged camera is found again.
#pragma once

#include "drivers/camera/frame_source.hpp"
#include "drivers/supervision/device_watch.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace drivers::camera {

struct WantedPictures {
    std::uint32_t width = 640;
    std::uint32_t height = 480;
    bool compressed_first = false;  // large pictures are too slow over USB 2 as they are
};

class V4l2Source final : public FrameSource {
  public:
    explicit V4l2Source(std::string device_path, WantedPictures wanted = {});
    ~V4l2Source() override;

    bool is_present() const override;
    base::Status open() override;
    void close() override;
    base::Result<std::optional<RawFrame>> next(std::stop_token stop, base::Millis limit) override;
    void on_plugging(std::function<void()> tell) override;

  private:
    struct Device;
    const std::string path_;
    const WantedPictures wanted_;
    std::unique_ptr<Device> device_;
    std::optional<supervision::DeviceWatch> watch_;
};

}  // namespace drivers::camera
