// Frames from a kernel video device: V4L2 streaming with mapped buffers, YUYV or MJPEG at 640×480.
// A damaged buffer (V4L2_BUF_FLAG_ERROR) is skipped; an unplugged camera says ENODEV and is
// CameraAbsent. Open by /dev/v4l/by-path, so that a replugged camera is found again.
#pragma once

#include "drivers/camera/frame_source.hpp"

#include <memory>
#include <string>

namespace drivers::camera {

class V4l2Source final : public FrameSource {
  public:
    explicit V4l2Source(std::string device_path);
    ~V4l2Source() override;

    bool is_present() const override;
    base::Status open() override;
    void close() override;
    base::Result<std::optional<RawFrame>> next(std::stop_token stop, base::Millis limit) override;

  private:
    struct Device;
    std::string path_;
    std::unique_ptr<Device> device_;
};

}  // namespace drivers::camera
