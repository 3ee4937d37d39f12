#include "drivers/camera/emulated_camera.hpp"

#include "base/assert.hpp"
#include "drivers/camera/pixels.hpp"

#include <algorithm>
#include <array>

namespace drivers::camera {

namespace {

constexpr base::Millis frame_interval{66};

// People do not hold still to the pixel, and lamps flicker.
void vary(base::Bytes& yuyv, std::uint32_t sequence, int width) {
    constexpr std::array<int, 6> flicker{0, 1, 2, 1, 0, -1};
    const int add = flicker[sequence % flicker.size()];
    for (std::size_t i = 0; i < yuyv.size(); i += 2)
        yuyv[i] = static_cast<std::uint8_t>(std::clamp(yuyv[i] + add, 16, 235));
    const auto row = static_cast<std::ptrdiff_t>(width) * 2;
    if (sequence / 4 % 2 == 1) std::rotate(yuyv.begin(), yuyv.begin() + row, yuyv.end());
}

domain::Picture black(int width, int height) {
    domain::Picture out{width, height, {}};
    out.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    return out;
}

}  // namespace

void EmulatedCamera::show(domain::Picture picture) {
    KIOSK_ASSERT(picture.width == width_ && picture.height == height_);
    change([&] { picture_ = std::make_shared<const domain::Picture>(std::move(picture)); });
}

bool EmulatedCamera::is_plugged() const {
    std::lock_guard lock(mutex_);
    return plugged_;
}

void EmulatedCamera::on_plugging(const void* listener, std::function<void()> tell) {
    std::lock_guard lock(mutex_);
    if (tell)
        listeners_[listener] = std::move(tell);
    else
        listeners_.erase(listener);
}

base::Result<std::optional<EmulatedCamera::Buffer>> EmulatedCamera::wait_frame(
    std::stop_token stop, std::uint32_t sequence, base::Millis limit) {
    std::shared_ptr<const domain::Picture> picture;
    CameraTrouble trouble{};
    {
        std::unique_lock lock(mutex_);
        const bool silent = trouble_ == CameraTrouble::frozen || !picture_;
        changed_.wait_for(lock, stop, silent ? limit : std::min(limit, frame_interval),
                          [this] { return !plugged_; });
        if (!plugged_) return base::fail(base::FaultCode::CameraAbsent);
        trouble = trouble_;
        if (trouble != CameraTrouble::frozen) picture = picture_;
    }
    if (!picture || stop.stop_requested()) return std::optional<Buffer>{};
    if (trouble == CameraTrouble::damaged) {
        auto jpeg = jpeg_from_picture(*picture, 80);
        jpeg.resize(jpeg.size() / 2);
        return std::optional(Buffer{PixelFormat::mjpeg, std::move(jpeg)});
    }
    auto yuyv =
        yuyv_from_picture(trouble == CameraTrouble::black ? black(width_, height_) : *picture);
    if (trouble != CameraTrouble::stuck) vary(yuyv, sequence, width_);
    return std::optional(Buffer{PixelFormat::yuyv, std::move(yuyv)});
}

base::Status EmulatedFrameSource::open() {
    if (!camera_->is_plugged()) return base::fail(base::FaultCode::CameraAbsent);
    return {};
}

base::Result<std::optional<RawFrame>> EmulatedFrameSource::next(std::stop_token stop,
                                                                base::Millis limit) {
    auto buffer = TRY(camera_->wait_frame(stop, sequence_, limit));
    if (!buffer) return std::optional<RawFrame>{};
    buffer_ = std::move(*buffer);
    return std::optional(
        RawFrame{buffer_.format, camera_->width(), camera_->height(), sequence_++, buffer_.bytes});
}

}  // namespace drivers::camera
