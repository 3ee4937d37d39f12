// What a stream of frames tells about the camera that gives it: pure measures. Times are of the
// steady clock. One thread.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "domain/picture.hpp"

#include <cstddef>
#include <optional>

namespace drivers::camera {

// Nothing is seen at all: a cap on the lens, a hand, tape. A dark room with a person in it keeps
// some light parts.
bool is_black(const domain::Picture& picture);

// Looks at frames as they come and says since when something is wrong with them.
class FrameWatch {
  public:
    explicit FrameWatch(base::Millis opened) : newest_(opened) {}

    void damaged() { damaged_ = true; }
    // A picture, and the buffer that it came from.
    void seen(const domain::Picture& picture, base::ByteView raw, base::Millis now);

    // No new frame for two seconds, or the very same bytes for ten: a sensor's noise never repeats.
    // Black pictures may be the same.
    bool is_frozen(base::Millis now) const;
    bool only_damaged() const { return damaged_; }  // what came since the newest frame
    // Black for two seconds.
    bool is_covered(base::Millis now) const;
    // Frames came for ten seconds: what went wrong before is over.
    bool is_steady(base::Millis now) const;

  private:
    base::Millis newest_;
    bool damaged_ = false;
    std::optional<base::Millis> first_, black_since_, same_since_;
    std::size_t print_ = 0;  // of the buffer before
};

}  // namespace drivers::camera
