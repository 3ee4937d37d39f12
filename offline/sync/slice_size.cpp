#include "offline/sync/slice_size.hpp"

#include <algorithm>

namespace offline::sync {

namespace {

namespace upload = papers::upload;

constexpr std::int64_t seconds_per_slice = 15;
constexpr int good_until_doubled = 4;

}  // namespace

std::int64_t SliceSize::next(std::int64_t centre_takes) const {
    const std::int64_t by_rate = rate_ == 0 ? upload::slice_bytes_min : rate_ * seconds_per_slice;
    const std::int64_t most = centre_takes > 0 ? std::min(centre_takes, ceiling_) : ceiling_;
    return std::clamp(std::min(by_rate, most), upload::slice_bytes_min, upload::slice_bytes_max);
}

void SliceSize::good(std::int64_t bytes, base::Millis took) {
    const std::int64_t rate = bytes * 1000 / std::max<std::int64_t>(1, took.count());
    rate_ = std::max<std::int64_t>(1, rate_ == 0 ? rate : (rate_ * 3 + rate) / 4);
    if (++good_in_a_row_ < good_until_doubled) return;
    good_in_a_row_ = 0;
    ceiling_ = std::min(ceiling_ * 2, upload::slice_bytes_max);
}

void SliceSize::failed(std::int64_t bytes) {
    good_in_a_row_ = 0;
    ceiling_ =
        std::clamp(std::min(bytes, ceiling_) / 2, upload::slice_bytes_min, upload::slice_bytes_max);
}

}  // namespace offline::sync
