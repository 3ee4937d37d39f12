// Where raw camera buffers come from: a V4L2 device or an emulated one. All calls come from the
// camera's worker. Faults: CameraAbsent (not there, unplugged, not usable; the detail says which).
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>

namespace drivers::camera {

enum class PixelFormat { yuyv, mjpeg };

struct RawFrame {
    PixelFormat format = PixelFormat::yuyv;
    int width = 0;
    int height = 0;
    std::uint32_t sequence = 0;
    base::ByteView bytes;  // valid until the next call of the source
};

class FrameSource {
  public:
    virtual ~FrameSource() = default;
    virtual bool is_present() const = 0;  // without opening it
    virtual base::Status open() = 0;
    virtual void close() = 0;
    // The next buffer, or none when `limit` passed, the stop came or the buffer was damaged.
    virtual base::Result<std::optional<RawFrame>> next(std::stop_token stop,
                                                       base::Millis limit) = 0;
};

}  // namespace drivers::camera
