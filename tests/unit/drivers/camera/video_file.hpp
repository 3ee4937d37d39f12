// A video device as the kernel offers it (V4L2 streaming with mapped buffers), behind a device node
// that umockdev plays: a regular file, so that its pages can be mapped like a camera's buffers and
// poll() always lets the driver ask for a frame. What a test sets is what the device answers.
#pragma once

#include "base/bytes.hpp"
#include "tests/usbdevfs/ioctl_bridge.hpp"

#include <linux/videodev2.h>

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace drivers::camera {

// What the next buffer is said to be.
struct Buffer {
    base::Bytes bytes{};
    std::uint32_t flags = 0;
    std::uint32_t more_bytes = 0;  // than it holds, as `bytesused` claims
    std::uint32_t further = 0;     // its number is so much higher than that of any buffer
};

class VideoFile final : public usbdevfs::DeviceFile {
  public:
    static constexpr std::uint32_t buffers = 4, buffer_size = 64 * 1024;

    // `path`: where the node really lies.
    explicit VideoFile(std::string path);
    void make_node();

    void set_capabilities(std::uint32_t all, std::uint32_t of_this_device);
    void set_formats(std::set<std::uint32_t> formats);
    void set_size(std::uint32_t width,
                  std::uint32_t height);  // of every picture, whatever is asked
    void pad_rows(std::uint32_t bytes);
    // From now on this request ends with that errno; 0 = no longer.
    void fail(unsigned long request, int error);
    void show(Buffer buffer);

    std::uint32_t format() const;  // that was chosen last
    bool streams() const;
    int open_buffers() const;  // that the driver has given to the device
    int ioctl(Opening opening, unsigned long request, UMockdevIoctlData* argument) override;
    void closed(Opening opening) override;

  private:
    int answer(unsigned long request, UMockdevIoctlData* argument);
    int set_format(v4l2_format& format);
    int dequeue(v4l2_buffer& buffer);

    const std::string path_;
    mutable std::mutex mutex_;
    std::uint32_t capabilities_, device_capabilities_;
    std::set<std::uint32_t> formats_{V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG};
    std::uint32_t width_ = 0, height_ = 0, padding_ = 0;
    std::map<unsigned long, int> errors_;
    std::deque<Buffer> shown_;
    std::deque<std::uint32_t> queued_;
    std::uint32_t format_ = 0, sequence_ = 0;
    bool streams_ = false;
};

}  // namespace drivers::camera
