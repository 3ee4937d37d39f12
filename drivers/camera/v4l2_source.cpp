#include "drivers/camera/v4l2_source.hpp"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>
#include <vector>

namespace drivers::camera {

namespace {

constexpr std::uint32_t buffer_count = 4;

auto absent(const char* step) {
    return base::fail(base::FaultCode::CameraAbsent, errno == EBUSY ? "busy" : step);
}

int control(int fd, unsigned long request, void* argument) {
    int result = 0;
    do result = ::ioctl(fd, request, argument);
    while (result == -1 && errno == EINTR);
    return result;
}

}  // namespace

struct V4l2Source::Device {
    struct Mapping {
        void* start = nullptr;
        std::size_t size = 0;
    };

    int fd = -1;
    bool streaming = false;
    PixelFormat format = PixelFormat::yuyv;
    int width = 0;
    int height = 0;
    std::vector<Mapping> mappings;
    std::optional<std::uint32_t> lent;  // the buffer the caller is looking at

    Device() = default;
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    ~Device() {
        int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        if (streaming) control(fd, VIDIOC_STREAMOFF, &type);
        for (const auto& mapping : mappings) ::munmap(mapping.start, mapping.size);
        if (fd >= 0) ::close(fd);
    }
    base::Status set_format(const WantedPictures& pictures) {
        std::array formats{std::pair{V4L2_PIX_FMT_YUYV, PixelFormat::yuyv},
                           std::pair{V4L2_PIX_FMT_MJPEG, PixelFormat::mjpeg}};
        if (pictures.compressed_first) std::swap(formats[0], formats[1]);
        for (const auto& wanted : formats) {
            v4l2_format asked{};
            asked.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
            asked.fmt.pix.width = pictures.width;
            asked.fmt.pix.height = pictures.height;
            asked.fmt.pix.pixelformat = wanted.first;
            asked.fmt.pix.field = V4L2_FIELD_ANY;
            if (control(fd, VIDIOC_S_FMT, &asked) != 0 || asked.fmt.pix.pixelformat != wanted.first)
                continue;
            // Rows with padding are not for this driver; cameras that pad YUYV also give MJPEG.
            if (wanted.second == PixelFormat::yuyv &&
                asked.fmt.pix.bytesperline != asked.fmt.pix.width * 2)
                continue;
            format = wanted.second;
            width = static_cast<int>(asked.fmt.pix.width);
            height = static_cast<int>(asked.fmt.pix.height);
            return {};
        }
        return absent("format");
    }
    base::Status map_buffers() {
        v4l2_requestbuffers request{};
        request.count = buffer_count;
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        request.memory = V4L2_MEMORY_MMAP;
        if (control(fd, VIDIOC_REQBUFS, &request) != 0 || request.count < 2)
            return absent("buffers");
        for (std::uint32_t i = 0; i < request.count; ++i) {
            v4l2_buffer buffer = numbered(i);
            if (control(fd, VIDIOC_QUERYBUF, &buffer) != 0) return absent("buffers");
            void* start =
                ::mmap(nullptr, buffer.length, PROT_READ, MAP_SHARED, fd, buffer.m.offset);
            if (start == MAP_FAILED) return absent("mapping");
            mappings.push_back({start, buffer.length});
            TRY_STATUS(queue(i));
        }
        int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        if (control(fd, VIDIOC_STREAMON, &type) != 0) return absent("stream");
        streaming = true;
        return {};
    }
    static v4l2_buffer numbered(std::uint32_t index) {
        v4l2_buffer buffer{};
        buffer.index = index;
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        return buffer;
    }
    base::Status queue(std::uint32_t index) {
        v4l2_buffer buffer = numbered(index);
        if (control(fd, VIDIOC_QBUF, &buffer) != 0) return absent("queue");
        return {};
    }
};

V4l2Source::V4l2Source(std::string device_path, WantedPictures wanted)
    : path_(std::move(device_path)), wanted_(wanted) {}
V4l2Source::~V4l2Source() = default;

bool V4l2Source::is_present() const {
    return ::access(path_.c_str(), R_OK | W_OK) == 0;
}

base::Status V4l2Source::open() {
    errno = 0;
    auto device = std::make_unique<Device>();
    device->fd = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device->fd < 0) return absent("open");
    v4l2_capability capability{};
    if (control(device->fd, VIDIOC_QUERYCAP, &capability) != 0 ||
        (capability.device_caps & V4L2_CAP_VIDEO_CAPTURE) == 0 ||
        (capability.device_caps & V4L2_CAP_STREAMING) == 0)
        return absent("capability");
    TRY_STATUS(device->set_format(wanted_));
    TRY_STATUS(device->map_buffers());
    device_ = std::move(device);
    return {};
}

void V4l2Source::close() {
    device_.reset();
}

base::Result<std::optional<RawFrame>> V4l2Source::next(std::stop_token, base::Millis limit) {
    errno = 0;
    if (!device_) return absent("closed");
    if (device_->lent) TRY_STATUS(device_->queue(*std::exchange(device_->lent, std::nullopt)));
    pollfd ready{device_->fd, POLLIN, 0};
    const int polled = ::poll(&ready, 1, static_cast<int>(limit.count()));
    if (polled == 0 || (polled < 0 && errno == EINTR)) return std::optional<RawFrame>{};
    if (polled < 0 || (ready.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) return absent("poll");
    v4l2_buffer buffer = Device::numbered(0);
    if (control(device_->fd, VIDIOC_DQBUF, &buffer) != 0) {
        if (errno == EAGAIN) return std::optional<RawFrame>{};
        return absent("gone");
    }
    device_->lent = buffer.index;
    if ((buffer.flags & V4L2_BUF_FLAG_ERROR) != 0 || buffer.index >= device_->mappings.size())
        return std::optional<RawFrame>{};
    const auto& mapping = device_->mappings[buffer.index];
    const auto used = std::min<std::size_t>(buffer.bytesused, mapping.size);
    return std::optional(RawFrame{device_->format,
                                  device_->width,
                                  device_->height,
                                  buffer.sequence,
                                  {static_cast<const std::uint8_t*>(mapping.start), used}});
}

}  // namespace drivers::camera
