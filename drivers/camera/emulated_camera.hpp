// A camera in memory: gives YUYV buffers of a still picture about 15 times a second, with a slight
// change from frame to frame; a damaged one gives MJPEG buffers cut off in the middle. The panel's
// thread shows another picture, unplugs or troubles it; the camera's worker reads it as a frame
// source. It waits on a condition variable, never sleeps.
#pragma once

#include "domain/picture.hpp"
#include "drivers/camera/frame_source.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace drivers::camera {

inline constexpr int emulated_width = 640;
inline constexpr int emulated_height = 480;

// frozen: no more frames; black: the lens is covered; damaged: no frame decodes; stuck: the same
// bytes again and again.
enum class CameraTrouble { none, frozen, black, damaged, stuck };

class EmulatedCamera {
  public:
    EmulatedCamera() : EmulatedCamera(emulated_width, emulated_height) {}
    EmulatedCamera(int width, int height) : width_(width), height_(height) {}

    int width() const { return width_; }
    int height() const { return height_; }
    void show(domain::Picture picture);
    void unplug() {
        change([this] { plugged_ = false, tell_plugging(); });
    }
    void plug() {  // comes without its trouble
        change([this] { plugged_ = true, trouble_ = CameraTrouble::none, tell_plugging(); });
    }
    void set_trouble(CameraTrouble trouble) {
        change([&] { trouble_ = trouble; });
    }

    // The source's side.
    bool is_plugged() const;
    // Tells `listener` of each plugging and unplugging; an empty `tell` ends it.
    void on_plugging(const void* listener, std::function<void()> tell);
    struct Buffer {
        PixelFormat format = PixelFormat::yuyv;
        base::Bytes bytes;
    };
    // None when nothing came in time; CameraAbsent when unplugged.
    base::Result<std::optional<Buffer>> wait_frame(std::stop_token stop, std::uint32_t sequence,
                                                   base::Millis limit);

  private:
    template <class Change>
    void change(Change make) {
        {
            std::lock_guard lock(mutex_);
            make();
        }
        changed_.notify_all();
    }

    // With mutex_ held, so that nobody is told after having left.
    void tell_plugging() const {
        for (const auto& [listener, tell] : listeners_) tell();
    }

    const int width_, height_;  // of every picture shown
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::shared_ptr<const domain::Picture> picture_;
    bool plugged_ = true;
    CameraTrouble trouble_ = CameraTrouble::none;
    std::map<const void*, std::function<void()>> listeners_;
};

class EmulatedFrameSource final : public FrameSource {
  public:
    explicit EmulatedFrameSource(std::shared_ptr<EmulatedCamera> camera)
        : camera_(std::move(camera)) {}
    ~EmulatedFrameSource() override { camera_->on_plugging(this, {}); }
    EmulatedFrameSource(const EmulatedFrameSource&) = delete;
    EmulatedFrameSource& operator=(const EmulatedFrameSource&) = delete;

    bool is_present() const override { return camera_->is_plugged(); }
    base::Status open() override;
    void close() override { buffer_ = {}; }
    base::Result<std::optional<RawFrame>> next(std::stop_token stop, base::Millis limit) override;
    void on_plugging(std::function<void()> tell) override {
        camera_->on_plugging(this, std::move(tell));
    }

  private:
    std::shared_ptr<EmulatedCamera> camera_;
    EmulatedCamera::Buffer buffer_;
    std::uint32_t sequence_ = 0;
};

}  // namespace drivers::camera
