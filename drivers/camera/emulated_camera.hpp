// A camera in memory: gives YUYV buffers of a still picture about 15 times a second, with a slight
// change from frame to frame. The panel's thread shows another picture, unplugs or freezes it; the
// camera's worker reads it as a frame source. It waits on a condition variable, never sleeps.
#pragma once

#include "domain/picture.hpp"
#include "drivers/camera/frame_source.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace drivers::camera {

inline constexpr int emulated_width = 640;
inline constexpr int emulated_height = 480;

class EmulatedCamera {
  public:
    // 640×480.
    void show(domain::Picture picture);
    void unplug() {
        change([this] { plugged_ = false; });
    }
    void plug() {
        change([this] { plugged_ = true, frozen_ = false; });
    }
    void freeze() {
        change([this] { frozen_ = true; });
    }

    // The source's side.
    bool is_plugged() const;
    // YUYV of the frame, none when nothing came in time; CameraAbsent when unplugged.
    base::Result<std::optional<base::Bytes>> wait_frame(std::stop_token stop,
                                                        std::uint32_t sequence, base::Millis limit);

  private:
    template <class Change>
    void change(Change make) {
        {
            std::lock_guard lock(mutex_);
            make();
        }
        changed_.notify_all();
    }

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::shared_ptr<const domain::Picture> picture_;
    bool plugged_ = true;
    bool frozen_ = false;
};

class EmulatedFrameSource final : public FrameSource {
  public:
    explicit EmulatedFrameSource(std::shared_ptr<EmulatedCamera> camera)
        : camera_(std::move(camera)) {}

    bool is_present() const override { return camera_->is_plugged(); }
    base::Status open() override;
    void close() override { bytes_.clear(); }
    base::Result<std::optional<RawFrame>> next(std::stop_token stop, base::Millis limit) override;

  private:
    std::shared_ptr<EmulatedCamera> camera_;
    base::Bytes bytes_;
    std::uint32_t sequence_ = 0;
};

}  // namespace drivers::camera
