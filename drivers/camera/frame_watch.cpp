#include "drivers/camera/frame_watch.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace drivers::camera {

namespace {

constexpr base::Millis frame_age_max{2000};
constexpr base::Millis same_age_max{10000};
constexpr base::Millis black_age_max{2000};
constexpr base::Millis steady_after{10000};

// Luma, 0…255. A covered sensor shows its own noise, which automatic gain lifts.
constexpr int black_mean_max = 12;
constexpr int black_bright_max = 40;  // what one pixel in a hundred may be brighter than

}  // namespace

bool is_black(const domain::Picture& picture) {
    constexpr std::size_t step = 3 * 7;  // every seventh pixel is enough
    long sum = 0, count = 0, bright = 0;
    for (std::size_t i = 0; i + 2 < picture.rgb.size(); i += step) {
        const auto* p = picture.rgb.data() + i;
        const int luma = (77 * p[0] + 150 * p[1] + 29 * p[2]) >> 8;
        sum += luma;
        bright += luma > black_bright_max ? 1 : 0;
        ++count;
    }
    return count > 0 && sum <= count * black_mean_max && bright * 100 <= count;
}

void FrameWatch::seen(const domain::Picture& picture, base::ByteView raw, base::Millis now) {
    newest_ = now;
    damaged_ = false;
    if (!first_) first_ = now;
    const bool black = is_black(picture);
    if (!black)
        black_since_.reset();
    else if (!black_since_)
        black_since_ = now;
    const auto print = std::hash<std::string_view>{}(base::as_text(raw));
    if (black || print != print_)
        same_since_.reset();
    else if (!same_since_)
        same_since_ = now;
    print_ = print;
}

bool FrameWatch::is_frozen(base::Millis now) const {
    return now - newest_ > frame_age_max || (same_since_ && now - *same_since_ > same_age_max);
}

bool FrameWatch::is_covered(base::Millis now) const {
    return black_since_ && now - *black_since_ >= black_age_max;
}

bool FrameWatch::is_steady(base::Millis now) const {
    return first_ && now - *first_ >= steady_after;
}

}  // namespace drivers::camera
