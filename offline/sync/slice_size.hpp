// How many bytes of an attachment go into the next request: what the link carries in 15 s, so that
// a cut costs little and small work can step in between; halved after a failure, doubled again
// after four good ones. Pure. Source: offline-sync.md 2.3, 5.3.
#pragma once

#include "base/clock.hpp"
#include "offline/papers/upload.hpp"

namespace offline::sync {

class SliceSize {
  public:
    // Not more than the centre takes now (a hello's slice_bytes_max; 0: not said).
    std::int64_t next(std::int64_t centre_takes) const;
    void good(std::int64_t bytes, base::Millis took);
    void failed(std::int64_t bytes);

  private:
    std::int64_t rate_ = 0;  // bytes per second, smoothed; 0: not measured
    std::int64_t ceiling_ = papers::upload::slice_bytes_max;
    int good_in_a_row_ = 0;
};

}  // namespace offline::sync
