#include "drivers/qr/reading/looks.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>

namespace drivers::qr {

namespace {

constexpr int smallest_side = 21;  // pixels: no QR code has fewer modules
// Pixels. Beyond these a look costs more time than it is worth.
constexpr int largest_enlarged = 200 * 200;
constexpr int largest_evened = 300 * 300;  // a larger one at its half
constexpr double enlarging = 1.5;

// OpenCV has no matrix of what is only read; none of the functions below writes into it.
cv::Mat matrix_of(const domain::GreyPicture& picture) {
    return {picture.height, picture.width, CV_8UC1,
            const_cast<std::uint8_t*>(picture.grey.data())};  // NOLINT
}

domain::GreyPicture picture_of(const cv::Mat& matrix) {
    return {matrix.cols, matrix.rows, {matrix.datastart, matrix.dataend}};
}

cv::Mat scaled(const cv::Mat& from, double factor) {
    cv::Mat to;
    cv::resize(from, to, {}, factor, factor, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    return to;
}

// As cv::GaussianBlur to within a rounding, whose exact arithmetic takes three times as long.
cv::Mat softened(const cv::Mat& from, double radius) {
    const int across = 2 * static_cast<int>(std::lround(3 * radius)) + 1;  // as cv::GaussianBlur
    const auto weights = cv::getGaussianKernel(across, radius, CV_32F);
    cv::Mat to;
    cv::sepFilter2D(from, to, -1, weights, weights);
    return to;
}

cv::Mat sharpened(const cv::Mat& from) {
    constexpr double radius = 2, amount = 1.5;
    const auto soft = softened(from, radius);
    cv::Mat to;
    cv::addWeighted(from, 1 + amount, soft, -amount, 0, to);
    return to;
}

// What is as bright as the paper becomes white, and what is half as bright black. The paper is
// taken for the brightness that only one pixel in fifty passes.
cv::Mat bright_half(const cv::Mat& from) {
    constexpr double radius = 1, gain = 2;
    constexpr int white = 255, passed_by_one_in = 50;
    const auto soft = softened(from, radius);
    std::array<int, white + 1> count{};
    std::for_each(soft.datastart, soft.dataend, [&](std::uint8_t value) { ++count[value]; });
    int paper = white;
    for (int above = 0; paper > 0; --paper) {
        above += count.at(static_cast<std::size_t>(paper));
        if (above > soft.rows * soft.cols / passed_by_one_in) break;
    }
    cv::Mat to;
    soft.convertTo(to, -1, gain, white - gain * paper);
    return to;
}

cv::Mat evened(const cv::Mat& from) {
    constexpr double limit = 3;
    constexpr int tiles = 8;
    cv::Mat to;
    cv::createCLAHE(limit, {tiles, tiles})->apply(from, to);
    return to;
}

// The other cores draw; and a look is so short that waiting for helpers costs more than they do.
void stay_on_one_core() {
    static const bool done = (cv::setNumThreads(1), true);
    static_cast<void>(done);
}

cv::Mat looked(const cv::Mat& from, Look look) {
    stay_on_one_core();
    const int pixels = from.rows * from.cols;
    switch (look) {
        case Look::half:
            return scaled(from, 1.0 / 2);
        case Look::half_sharpened:
            return sharpened(scaled(from, 1.0 / 2));
        case Look::inverted:
            return 255 - from;
        case Look::third:
            return scaled(from, 1.0 / 3);
        case Look::evened:
            return evened(pixels > largest_evened ? scaled(from, 1.0 / 2) : from);
        case Look::bright_half:
            return bright_half(from);
        case Look::enlarged:
            return pixels > largest_enlarged ? cv::Mat() : scaled(from, enlarging);
        case Look::quarter:
            return scaled(from, 1.0 / 4);
    }
    return {};
}

}  // namespace

domain::GreyPicture grey_of(const domain::Picture& picture) {
    const auto pixels =
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    if (picture.width <= 0 || picture.height <= 0 || picture.rgb.size() < pixels * 3) return {};
    domain::GreyPicture out{picture.width, picture.height, std::vector<std::uint8_t>(pixels)};
    try {
        // OpenCV has no matrix of what is only read, and writes into `grey` alone.
        const cv::Mat rgb(picture.height, picture.width, CV_8UC3,
                          const_cast<std::uint8_t*>(picture.rgb.data()));  // NOLINT
        cv::Mat grey(picture.height, picture.width, CV_8UC1, out.grey.data());
        cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);  // ITU-R BT.601
    } catch (const std::exception&) {
        return {};
    }
    return out;
}

std::optional<domain::GreyPicture> look_at(const domain::GreyPicture& picture, Look look) {
    if (picture.width < smallest_side || picture.height < smallest_side) return std::nullopt;
    if (picture.grey.size() <
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height))
        return std::nullopt;
    try {
        const auto seen = looked(matrix_of(picture), look);
        if (seen.cols < smallest_side || seen.rows < smallest_side) return std::nullopt;
        return picture_of(seen);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace drivers::qr
