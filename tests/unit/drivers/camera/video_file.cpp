#include "video_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

namespace drivers::camera {

namespace {

constexpr std::uint32_t camera_able = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;

// Reads the caller's structure, has it answered, and writes it back.
template <class Structure, class Answer>
int exchanged(UMockdevIoctlData* argument, Answer&& answer) {
    const auto memory = usbdevfs::behind_pointer(argument, 0, sizeof(Structure));
    if (!memory) return EFAULT;
    Structure value{};
    std::memcpy(&value, memory->data, sizeof value);
    const int error = answer(value);
    if (error == 0) usbdevfs::overwrite(memory.get(), 0, &value, sizeof value);
    return error;
}

}  // namespace

VideoFile::VideoFile(std::string path)
    : path_(std::move(path)),
      capabilities_(camera_able | V4L2_CAP_DEVICE_CAPS),
      device_capabilities_(camera_able) {
    make_node();
}

void VideoFile::make_node() {
    std::ofstream(path_, std::ios::trunc).close();
    std::filesystem::resize_file(path_, std::uintmax_t{buffers} * buffer_size);
}

void VideoFile::set_capabilities(std::uint32_t all, std::uint32_t of_this_device) {
    std::lock_guard lock(mutex_);
    capabilities_ = all;
    device_capabilities_ = of_this_device;
}
void VideoFile::set_formats(std::set<std::uint32_t> formats) {
    std::lock_guard lock(mutex_);
    formats_ = std::move(formats);
}
void VideoFile::set_size(std::uint32_t width, std::uint32_t height) {
    std::lock_guard lock(mutex_);
    width_ = width;
    height_ = height;
}
void VideoFile::pad_rows(std::uint32_t bytes) {
    std::lock_guard lock(mutex_);
    padding_ = bytes;
}
void VideoFile::fail(unsigned long request, int error) {
    std::lock_guard lock(mutex_);
    errors_[request] = error;
}
void VideoFile::show(Buffer buffer) {
    std::lock_guard lock(mutex_);
    shown_.push_back(std::move(buffer));
}
std::uint32_t VideoFile::format() const {
    std::lock_guard lock(mutex_);
    return format_;
}
bool VideoFile::streams() const {
    std::lock_guard lock(mutex_);
    return streams_;
}
int VideoFile::open_buffers() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(queued_.size());
}

int VideoFile::ioctl(Opening, unsigned long request, UMockdevIoctlData* argument) {
    std::lock_guard lock(mutex_);
    const auto error = errors_.find(request);
    if (error != errors_.end() && error->second != 0) return error->second;
    return answer(request, argument);
}

void VideoFile::closed(Opening) {
    std::lock_guard lock(mutex_);
    queued_.clear();
    streams_ = false;
}

int VideoFile::answer(unsigned long request, UMockdevIoctlData* argument) {
    switch (request) {
        case VIDIOC_QUERYCAP:
            return exchanged<v4l2_capability>(argument, [&](auto& said) {
                said.capabilities = capabilities_;
                said.device_caps = device_capabilities_;
                return 0;
            });
        case VIDIOC_S_FMT:
            return exchanged<v4l2_format>(argument,
                                          [&](auto& format) { return set_format(format); });
        case VIDIOC_REQBUFS:
            return exchanged<v4l2_requestbuffers>(argument, [&](auto& asked) {
                asked.count = buffers;
                queued_.clear();
                return 0;
            });
        case VIDIOC_QUERYBUF:
            return exchanged<v4l2_buffer>(argument, [&](auto& buffer) {
                if (buffer.index >= buffers) return EINVAL;
                buffer.length = buffer_size;
                buffer.m.offset = buffer.index * buffer_size;
                return 0;
            });
        case VIDIOC_QBUF:
            return exchanged<v4l2_buffer>(argument, [&](auto& buffer) {
                if (buffer.index >= buffers) return EINVAL;
                queued_.push_back(buffer.index);
                return 0;
            });
        case VIDIOC_DQBUF:
            return exchanged<v4l2_buffer>(argument, [&](auto& buffer) { return dequeue(buffer); });
        case VIDIOC_STREAMON:
        case VIDIOC_STREAMOFF:
            streams_ = request == VIDIOC_STREAMON;
            return 0;
        default:
            return ENOTTY;
    }
}

// As drivers do: what it cannot do becomes what it can.
int VideoFile::set_format(v4l2_format& format) {
    auto& picture = format.fmt.pix;
    if (formats_.empty()) return EINVAL;
    if (!formats_.contains(picture.pixelformat)) picture.pixelformat = *formats_.begin();
    if (width_ != 0) picture.width = width_;
    if (height_ != 0) picture.height = height_;
    const bool packed = picture.pixelformat == V4L2_PIX_FMT_YUYV;
    picture.bytesperline = packed ? picture.width * 2 + padding_ : 0;
    format_ = picture.pixelformat;
    return 0;
}

int VideoFile::dequeue(v4l2_buffer& buffer) {
    if (shown_.empty() || queued_.empty() || !streams_) return EAGAIN;
    const auto shown = std::move(shown_.front());
    shown_.pop_front();
    buffer.index = queued_.front();
    queued_.pop_front();
    std::fstream pages(path_, std::ios::in | std::ios::out | std::ios::binary);
    pages.seekp(std::streamoff{buffer.index} * buffer_size);
    pages.write(reinterpret_cast<const char*>(shown.bytes.data()), std::ssize(shown.bytes));
    pages.close();
    buffer.bytesused = static_cast<std::uint32_t>(shown.bytes.size()) + shown.more_bytes;
    buffer.flags = shown.flags;
    buffer.sequence = sequence_++;
    if (shown.further != 0) buffer.index = buffers + shown.further - 1;
    return 0;
}

}  // namespace drivers::camera
