#include "drivers/camera/v4l2_source.hpp"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

namespace drivers::camera {

namespace {

constexpr std::uint32_t buffer_count = 4;
constexpr std::uint32_t longest_side = 8192;  // of a picture

auto unusable(const char* why) {
    return base::fail(base::FaultCode::CameraUnusable, why);
}

// What errno means after a step that failed.
auto failed(const char* step) {
    switch (errno) {
        case ENOENT:
        case ENXIO:
        case ENODEV:
            return base::fail(base::FaultCode::CameraAbsent);
        case EACCES:
        case EPERM:
            return base::fail(base::FaultCode::CameraAbsent, "access");
        case EBUSY:
            return unusable("busy");
        default:
            return unusable(step);
    }
}

int control(int fd, unsigned long request, void* argument) {
    int result = 0;
    do result = ::ioctl(fd, request, argument);
    while (result == -1 && errno == EINTR);
    return result;
}

// Of one device among several that one driver has made, where the kernel tells them apart.
bool captures(const v4l2_capability& said) {
    const auto able =
        (said.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? said.device_caps : said.capabilities;
    constexpr std::uint32_t needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    return (able & needed) == needed;
}

// What the device made of the format that it was asked for.
bool is_decodable(const v4l2_pix_format& made, std::uint32_t asked) {
    if (made.pixelformat != asked || made.width == 0 || made.height == 0 ||
        made.width > longest_side || made.height > longest_side)
        return false;
    // Rows with padding are not for this driver; cameras that pad YUYV also give MJPEG.
    return asked != V4L2_PIX_FMT_YUYV || made.bytesperline == made.width * 2;
}

// A frame that is damaged, or cannot be what it says, has none.
std::size_t bytes_of(const v4l2_buffer& buffer, std::size_t size) {
    const bool damaged = (buffer.flags & V4L2_BUF_FLAG_ERROR) != 0 || buffer.bytesused > size;
    return damaged ? 0 : buffer.bytesused;
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
            if (control(fd, VIDIOC_S_FMT, &asked) != 0) {
                if (errno != EINVAL) return failed("format");
                continue;
            }
            if (!is_decodable(asked.fmt.pix, wanted.first)) continue;
            format = wanted.second;
            width = static_cast<int>(asked.fmt.pix.width);
            height = static_cast<int>(asked.fmt.pix.height);
            return {};
        }
        return unusable("format");
    }
    base::Status map_buffers() {
        v4l2_requestbuffers request{};
        request.count = buffer_count;
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        request.memory = V4L2_MEMORY_MMAP;
        if (control(fd, VIDIOC_REQBUFS, &request) != 0) return failed("buffers");
        if (request.count < 2) return unusable("buffers");
        for (std::uint32_t i = 0; i < request.count; ++i) {
            v4l2_buffer buffer = numbered(i);
            if (control(fd, VIDIOC_QUERYBUF, &buffer) != 0) return failed("buffers");
            void* start =
                ::mmap(nullptr, buffer.length, PROT_READ, MAP_SHARED, fd, buffer.m.offset);
            if (start == MAP_FAILED) return failed("mapping");
            mappings.push_back({start, buffer.length});
            TRY_STATUS(queue(i));
        }
        int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        if (control(fd, VIDIOC_STREAMON, &type) != 0) return failed("stream");
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
        if (control(fd, VIDIOC_QBUF, &buffer) != 0) return failed("queue");
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
    auto device = std::make_unique<Device>();
    device->fd = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device->fd < 0) return failed("open");
    v4l2_capability capability{};
    if (control(device->fd, VIDIOC_QUERYCAP, &capability) != 0) return failed("capability");
    if (!captures(capability)) return unusable("capability");
    TRY_STATUS(device->set_format(wanted_));
    TRY_STATUS(device->map_buffers());
    device_ = std::move(device);
    return {};
}

void V4l2Source::close() {
    device_.reset();
}

base::Result<std::optional<RawFrame>> V4l2Source::next(std::stop_token, base::Millis limit) {
    if (!device_) return unusable("closed");
    if (device_->lent) TRY_STATUS(device_->queue(*std::exchange(device_->lent, std::nullopt)));
    pollfd ready{device_->fd, POLLIN, 0};
    const int polled = ::poll(&ready, 1, static_cast<int>(limit.count()));
    if (polled == 0 || (polled < 0 && errno == EINTR)) return std::optional<RawFrame>{};
    if (polled < 0) return failed("poll");
    if ((ready.revents & POLLHUP) != 0) return base::fail(base::FaultCode::CameraAbsent);
    v4l2_buffer buffer = Device::numbered(0);
    if (control(device_->fd, VIDIOC_DQBUF, &buffer) != 0) {
        // With an error on the line there would be one again at once.
        if (errno == EAGAIN && (ready.revents & POLLERR) == 0) return std::optional<RawFrame>{};
        return failed("frame");
    }
    if (buffer.index >= device_->mappings.size()) return unusable("buffer number");
    device_->lent = buffer.index;
    const auto& mapping = device_->mappings[buffer.index];
    return std::optional(RawFrame{
        device_->format,
        device_->width,
        device_->height,
        buffer.sequence,
        {static_cast<const std::uint8_t*>(mapping.start), bytes_of(buffer, mapping.size)}});
}

void V4l2Source::on_plugging(std::function<void()> tell) {
    watch_.emplace(std::vector<std::string>{"video4linux"}, std::move(tell));
}

}  // namespace drivers::camera
