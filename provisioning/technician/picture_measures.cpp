#include "provisioning/technician/picture_measures.hpp"

#include <cmath>

namespace provisioning::technician {

namespace {

// ITU-R BT.601, as the cameras' own YUV.
double luma_at(const domain::Picture& picture, std::size_t pixel) {
    const auto* rgb = picture.rgb.data() + 3 * pixel;
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
}

}  // namespace

double mean_luma(const domain::Picture& picture) {
    const auto pixels = picture.rgb.size() / 3;
    double sum = 0;
    for (std::size_t i = 0; i < pixels; ++i) sum += luma_at(picture, i);
    return pixels == 0 ? 0 : sum / static_cast<double>(pixels);
}

double sharpness(const domain::Picture& picture) {
    const auto width = static_cast<std::size_t>(picture.width);
    const auto pixels = picture.rgb.size() / 3;
    double sum = 0;
    std::size_t pairs = 0;
    for (std::size_t i = 1; i < pixels; ++i) {
        if (i % width == 0) continue;
        sum += std::abs(luma_at(picture, i) - luma_at(picture, i - 1));
        ++pairs;
    }
    return pairs == 0 ? 0 : sum / static_cast<double>(pairs);
}

}  // namespace provisioning::technician
