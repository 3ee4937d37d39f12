#include "drivers/face/measures/light.hpp"

#include <algorithm>

namespace drivers::face {

namespace {
constexpr double dark_below = 55;
constexpr double bright_above = 225;
constexpr int step = 2;  // every other pixel is enough
}  // namespace

double mean_luma(const domain::Picture& picture, const FaceBox& area) {
    const int left = std::clamp(static_cast<int>(area.left), 0, picture.width);
    const int top = std::clamp(static_cast<int>(area.top), 0, picture.height);
    const int right = std::clamp(static_cast<int>(area.left + area.width), left, picture.width);
    const int bottom = std::clamp(static_cast<int>(area.top + area.height), top, picture.height);
    double sum = 0;
    long count = 0;
    for (int y = top; y < bottom; y += step)
        for (int x = left; x < right; x += step) {
            const auto* p = picture.rgb.data() +
                            (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                             static_cast<std::size_t>(x)) *
                                3;
            sum += 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
            ++count;
        }
    return count > 0 ? sum / static_cast<double>(count) : 0;
}

Light judge_light(double luma) {
    if (luma < dark_below) return Light::too_dark;
    return luma > bright_above ? Light::too_bright : Light::good;
}

}  // namespace drivers::face
