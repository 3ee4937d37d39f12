// Where raw camera buffers come from: a V4L2 device or an emulated one. All calls come from the
// camera's worker. Faults: CameraAbsent (not there, unplugged, not to be opened by us),
// CameraUnusable (it is there; the detail says what is wrong with it).
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>

namespace drivers::camera {

enum class PixelFormat { yuyv, mjpeg };

struct RawFrame {
    PixelFormat format = PixelFormat::yuyv;
    int width = 0;
    int height = 0;
    std::uint32_t sequence = 0;
    base::ByteView bytes;  // valid until the next call of the source; empty: the buffer was damaged
};

class FrameSource {
  public:
    virtual ~FrameSource() = default;
    virtual bool is_present() const = 0;  // without opening it
    virtual base::Status open() = 0;
    virtual void close() = 0;
    // The next buffer, or none when `limit` passed or the stop came.
    virtual base::Result<std::optional<RawFrame>> next(std::stop_token stop,
                                                       base::Millis limit) = 0;
    // From now on calls `tell`, from any thread, when a camera was plugged in or pulled out. A hint
    // only, as in usb_transport.hpp: it returns at once, and is not called after the destructor.
    virtual void on_plugging(std::function<void()> tell) = 0;
};

}  // namespace drivers::camera
