#include "drivers/document/rectify.hpp"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace drivers::document {

namespace {

constexpr double a4 = 297.0 / 210.0, card = 85.60 / 53.98;  // ISO 216; ISO/IEC 7810 ID-1
constexpr double nearly = 0.07;
constexpr int least_side = 16;

double way(const Corner& a, const Corner& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

cv::Mat view(const domain::Picture& picture) {
    return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data())};
}

domain::Picture picture_of(const cv::Mat& pixels) {
    domain::Picture out{pixels.cols, pixels.rows, {}};
    out.rgb.assign(pixels.datastart, pixels.dataend);
    return out;
}

template <class Work>
base::Result<domain::Picture> guarded(Work work) {
    try {
        return picture_of(work());
    } catch (const cv::Exception&) {
        return base::fail(base::FaultCode::InternalError, "page");
    }
}

}  // namespace

double proportion(const Corners& c, int picture_width, int picture_height) {
    const auto placed = [&](const Corner& corner) {
        return cv::Vec3d(corner.x - picture_width / 2.0, corner.y - picture_height / 2.0, 1);
    };
    const auto upper_left = placed(c[0]), upper_right = placed(c[1]), lower_left = placed(c[3]),
               lower_right = placed(c[2]);
    const auto across_all = upper_left.cross(lower_right);
    const double a = across_all.dot(lower_left) / upper_right.cross(lower_right).dot(lower_left);
    const double b = across_all.dot(upper_right) / lower_left.cross(lower_right).dot(upper_right);
    const cv::Vec3d right = a * upper_right - upper_left, down = b * lower_left - upper_left;
    // The focal length, where both pairs of sides lean together; a usual one where they do not.
    const double usual = 1.1 * picture_width;
    double focal_2 = usual * usual;
    const double lean = right[2] * down[2];
    if (std::abs(lean) > 1e-4) {
        const double told = -(right[0] * down[0] + right[1] * down[1]) / lean;
        constexpr double least = 0.25, most = 6;
        if (told > least * focal_2 && told < most * focal_2) focal_2 = told;
    }
    const auto length_2 = [&](const cv::Vec3d& v) {
        return (v[0] * v[0] + v[1] * v[1]) / focal_2 + v[2] * v[2];
    };
    const double squared = length_2(right) / length_2(down);
    return std::isfinite(squared) && squared > 0 ? std::sqrt(squared) : 1;
}

PageSize page_size(const Corners& c, int picture_width, int picture_height, int side_max) {
    const double width_by_height = proportion(c, picture_width, picture_height);
    const bool across = width_by_height > 1;
    double longer_by_shorter = across ? width_by_height : 1 / width_by_height;
    for (const double known : {a4, card})
        if (std::abs(longer_by_shorter / known - 1) < nearly) {
            longer_by_shorter = known;
            break;
        }
    const double longer =
        std::min<double>(side_max, across ? std::max(way(c[0], c[1]), way(c[3], c[2]))
                                          : std::max(way(c[0], c[3]), way(c[1], c[2])));
    const int a = std::max(least_side, static_cast<int>(std::lround(longer))),
              b = std::max(least_side, static_cast<int>(std::lround(longer / longer_by_shorter)));
    return across ? PageSize{a, b} : PageSize{b, a};
}

base::Result<domain::Picture> rectified(const domain::Picture& picture, const Corners& corners,
                                        PageSize size) {
    return guarded([&] {
        const cv::Point2f from[] = {{float(corners[0].x), float(corners[0].y)},
                                    {float(corners[1].x), float(corners[1].y)},
                                    {float(corners[2].x), float(corners[2].y)},
                                    {float(corners[3].x), float(corners[3].y)}};
        const float w = float(size.width), h = float(size.height);
        const cv::Point2f to[] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
        cv::Mat page;
        cv::warpPerspective(view(picture), page, cv::getPerspectiveTransform(from, to),
                            {size.width, size.height}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
        return page;
    });
}

base::Result<domain::Picture> enhanced(const domain::Picture& page) {
    return guarded([&] {
        // The paper's own brightness, place by place: what is left of the page without its writing.
        constexpr int writing = 15;  // pixels, wider than a stroke
        constexpr double paper_becomes = 245, sharper_by = 0.6;
        const cv::Mat pixels = view(page);
        cv::Mat grey, paper;
        cv::cvtColor(pixels, grey, cv::COLOR_RGB2GRAY);
        cv::morphologyEx(grey, paper, cv::MORPH_CLOSE, cv::Mat::ones(writing, writing, CV_8U));
        cv::blur(paper, paper, {2 * writing + 1, 2 * writing + 1});
        cv::max(paper, 60, paper);  // a dark picture on the page is no shadow
        cv::Mat light, even, soft;
        cv::divide(paper_becomes, paper, light, CV_32F);
        cv::Mat channels[] = {light, light, light};
        cv::merge(channels, 3, light);
        cv::multiply(pixels, light, even, 1, CV_8U);
        cv::GaussianBlur(even, soft, {}, 1.2);
        cv::addWeighted(even, 1 + sharper_by, soft, -sharper_by, 0, even);
        return even;
    });
}

}  // namespace drivers::document
