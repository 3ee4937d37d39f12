#include "drivers/document/sheet_finder.hpp"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace drivers::document {

namespace {

constexpr int looked_at_width = 640;  // lines of a sheet's edge stand out more in fewer pixels
constexpr double least_share = 0.02, most_share = 0.98;

cv::Mat view(const domain::Picture& picture) {
    return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data())};
}

// By angle round the middle, beginning with the one nearest to the picture's upper left.
Corners ordered(const std::vector<cv::Point2f>& points) {
    cv::Point2f middle(0, 0);
    for (const auto& p : points) middle += p * 0.25F;
    auto sorted = points;
    std::sort(sorted.begin(), sorted.end(), [&](const cv::Point2f& a, const cv::Point2f& b) {
        return std::atan2(a.y - middle.y, a.x - middle.x) <
               std::atan2(b.y - middle.y, b.x - middle.x);
    });
    const auto first = std::min_element(
        sorted.begin(), sorted.end(),
        [](const cv::Point2f& a, const cv::Point2f& b) { return a.x + a.y < b.x + b.y; });
    std::rotate(sorted.begin(), first, sorted.end());
    Corners out;
    for (std::size_t i = 0; i < 4; ++i) out[i] = {double(sorted[i].x), double(sorted[i].y)};
    return out;
}

// The four corners of a contour with straight sides, or none.
std::vector<cv::Point2f> corners_of(const std::vector<cv::Point>& contour) {
    std::vector<cv::Point> hull, corners;
    cv::convexHull(contour, hull);
    const double around = cv::arcLength(hull, true);
    // Rounded or damaged corners and bent sides give more points; a wider tolerance takes them in.
    for (const double tolerance : {0.02, 0.03, 0.05}) {
        cv::approxPolyDP(hull, corners, tolerance * around, true);
        if (corners.size() == 4) break;
    }
    if (corners.size() != 4) return {};
    // Mostly filled by what it goes round: two sheets that touch are no single one.
    constexpr double filled_from = 0.9;
    if (cv::contourArea(contour) < filled_from * cv::contourArea(corners)) return {};
    std::vector<cv::Point2f> out;
    for (const auto& p : corners) out.emplace_back(float(p.x), float(p.y));
    return out;
}

std::vector<FoundSheet> sheets_in(const cv::Mat& small, double scale) {
    cv::Mat grey, bright;
    cv::cvtColor(small, grey, cv::COLOR_RGB2GRAY);
    cv::GaussianBlur(grey, grey, {5, 5}, 0);
    cv::threshold(grey, bright, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    // Writing on the sheet is taken in, crumbs on the ground are left out.
    cv::morphologyEx(bright, bright, cv::MORPH_CLOSE, cv::Mat::ones(9, 9, CV_8U));
    cv::morphologyEx(bright, bright, cv::MORPH_OPEN, cv::Mat::ones(7, 7, CV_8U));
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(bright, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
    std::vector<FoundSheet> found;
    for (const auto& contour : contours) {
        const auto corners = corners_of(contour);
        if (corners.empty()) continue;
        const double share = cv::contourArea(corners) / static_cast<double>(small.total());
        if (share < least_share || share > most_share) continue;
        // Brighter than what lies round it, not merely one half of an even picture.
        cv::Mat inside = cv::Mat::zeros(small.size(), CV_8U);
        std::vector<cv::Point> filled;
        for (const auto& p : corners) filled.emplace_back(p);
        cv::fillConvexPoly(inside, filled, cv::Scalar(255));
        constexpr double times_brighter = 1.15, brighter_by = 6;
        if (cv::mean(grey, inside)[0] <
            cv::mean(grey, 255 - inside)[0] * times_brighter + brighter_by)
            continue;
        auto placed = ordered(corners);
        for (auto& corner : placed) corner.x *= scale, corner.y *= scale;
        found.push_back({placed, share});
    }
    std::sort(found.begin(), found.end(),
              [](const FoundSheet& a, const FoundSheet& b) { return a.share > b.share; });
    return found;
}

}  // namespace

base::Result<std::vector<FoundSheet>> find_sheets(const domain::Picture& picture) {
    if (picture.empty()) return std::vector<FoundSheet>{};
    try {
        const double scale = std::max(1.0, double(picture.width) / looked_at_width);
        cv::Mat small;
        cv::resize(view(picture), small, {}, 1 / scale, 1 / scale, cv::INTER_AREA);
        return sheets_in(small, scale);
    } catch (const cv::Exception&) {
        return base::fail(base::FaultCode::InternalError, "sheet");
    }
}

}  // namespace drivers::document
