#include "code_scenes.hpp"

#include "drivers/qr/drawn_code.hpp"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <numbers>
#include <random>

namespace bench {

namespace {

constexpr int width = 640, height = 480, sheet_side = 400;
constexpr double ink = 30, paper = 225, sensor_noise = 5;

using Random = std::mt19937;
double between(Random& random, double low, double high) {
    return low + (high - low) * static_cast<double>(random()) / static_cast<double>(Random::max());
}

cv::Mat room(int columns, int rows) {
    cv::Mat out(rows, columns, CV_32F);
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x)
            out.at<float>(y, x) = static_cast<float>(70 + 50.0 * x / columns + 30.0 * y / rows +
                                                     (x / 53 + y / 71) % 3 * 12);
    return out;
}

domain::Picture coloured(const cv::Mat& light, Random& random) {
    domain::Picture out{light.cols, light.rows, {}};
    out.rgb.reserve(light.total() * 3);
    for (int y = 0; y < light.rows; ++y)
        for (int x = 0; x < light.cols; ++x) {
            // the sum of three is near enough to a sensor's noise
            const double noise =
                between(random, -1, 1) + between(random, -1, 1) + between(random, -1, 1);
            const double value = static_cast<double>(light.at<float>(y, x)) + sensor_noise * noise;
            out.rgb.insert(out.rgb.end(), 3, cv::saturate_cast<std::uint8_t>(value));
        }
    return out;
}

// The sheet with what is wrong with the thing itself: its paper or its screen.
cv::Mat thing(const domain::Picture& sheet, Trouble trouble, double harm, Random& random) {
    cv::Mat out(sheet.height, sheet.width, CV_32F);
    const bool faded = trouble == Trouble::faded;
    const double dark = faded ? 120 + 50 * harm : ink;
    std::vector<bool> dead(static_cast<std::size_t>(sheet.width));
    for (std::size_t x = 0; faded && x < dead.size(); ++x)
        dead[x] = between(random, 0, 1) < 0.04 * harm;  // dots of the print head
    for (int y = 0; y < sheet.height; ++y)
        for (int x = 0; x < sheet.width; ++x) {
            const auto at = static_cast<std::size_t>((y * sheet.width + x) * 3);
            const bool black = sheet.rgb[at] < 128 && !dead[static_cast<std::size_t>(x)];
            out.at<float>(y, x) = static_cast<float>(black ? dark : paper);
        }
    return out;
}

}  // namespace

Scene::Scene(unsigned seed, Trouble trouble, bool with_code)
    : seed_(seed * 31 + static_cast<unsigned>(trouble)), trouble_(trouble) {
    Random random(seed_);
    const auto letters = static_cast<int>(between(random, 12, 160));
    for (int i = 0; i < letters; ++i)
        text_ += static_cast<char>('0' + static_cast<int>(between(random, 0, 74.9)));
    side_ = between(random, 190, 290);
    turn_ = between(random, -0.35, 0.35);
    harm_ = between(random, 0.2, 1);
    sheet_ = drivers::qr::draw_code(text_, sheet_side).value();
    if (with_code) return;
    constexpr int module = 10;
    for (int y = 0; y < sheet_.height; ++y)
        for (int x = 0; x < sheet_.width; ++x) {
            Random modules(seed_ + static_cast<unsigned>(y / module * 1000 + x / module));
            const auto at = static_cast<std::size_t>((y * sheet_.width + x) * 3);
            sheet_.rgb[at] = modules() % 2 == 0 ? 20 : 235;
        }
}

domain::Picture Scene::frame(int number) const {
    Random random(seed_);
    const auto sheet = thing(sheet_, trouble_, harm_, random);
    random.seed(seed_ * 977 + static_cast<unsigned>(number));
    const double time = number / frames_per_second;
    const auto sway = [&](double hertz, double reach) {
        return reach * std::sin(2 * std::numbers::pi * hertz * time + seed_);
    };
    const double x0 = width / 2.0 + sway(0.7, 20) + between(random, -2, 2);
    const double y0 = height / 2.0 + sway(0.9, 15) + between(random, -2, 2);
    // up to 55 degrees: shorter that way, and the far edge smaller than the near one
    const bool tilted = trouble_ == Trouble::tilt;
    const double lean = tilted ? 0.05 + 0.12 * harm_ + sway(0.4, 0.02) : 0.02;
    const double shorter = tilted ? 0.95 - 0.38 * harm_ + sway(0.4, 0.03) : 1;
    const auto corner = [&](double x, double y) {
        const double depth = 1 + lean * y;  // the lower edge comes nearer
        const double u = x * side_ * depth / 2, v = y * side_ * shorter / 2;
        const double turn = turn_ + sway(0.5, 0.05);
        return cv::Point2f(static_cast<float>(x0 + u * std::cos(turn) - v * std::sin(turn)),
                           static_cast<float>(y0 + u * std::sin(turn) + v * std::cos(turn)));
    };
    const auto edge = static_cast<float>(sheet.cols);
    const std::array from{cv::Point2f(0, 0), cv::Point2f(edge, 0), cv::Point2f(edge, edge),
                          cv::Point2f(0, edge)};
    const std::array to{corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)};
    auto light = room(width, height);
    cv::warpPerspective(sheet, light, cv::getPerspectiveTransform(from.data(), to.data()),
                        light.size(), cv::INTER_AREA, cv::BORDER_TRANSPARENT);

    // every lens hunts for its focus; a hand that moves smears
    const double soft = 0.6 + 0.2 * std::sin(5 * time + seed_) +
                        (trouble_ == Trouble::blur ? (1.2 + sway(0.8, 0.6)) * (0.4 + harm_) : 0);
    cv::GaussianBlur(light, light, {}, std::max(soft, 0.3));
    if (trouble_ == Trouble::blur) cv::blur(light, light, {1 + static_cast<int>(4 * harm_), 1});
    const double period = 4 + 9 * (1 - harm_), phase = between(random, 0, 6);
    const double glare_x = x0 + sway(0.6, side_ * 0.8), glare_y = y0 + sway(0.35, side_ * 0.6);
    const double glare_reach = side_ * (0.1 + 0.15 * harm_);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            auto& value = light.at<float>(y, x);
            if (trouble_ == Trouble::moire)
                value *= static_cast<float>(
                    1 +
                    0.35 * harm_ * std::sin(phase + 2 * std::numbers::pi * (x + 0.3 * y) / period));
            if (trouble_ == Trouble::glare)
                value += static_cast<float>(
                    280 * std::exp(-(std::pow(x - glare_x, 2) + std::pow(y - glare_y, 2)) /
                                   (2 * glare_reach * glare_reach)));
        }
    return coloured(light, random);
}

domain::Picture empty_room(int columns, int rows) {
    Random random(1);
    return coloured(room(columns, rows), random);
}

}  // namespace bench
