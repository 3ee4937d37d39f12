#include "drivers/face/face_models.hpp"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace drivers::face {

namespace {

constexpr std::array<const char*, 6> files{"fr_detect.onnx",  "fr_landmark.onnx",
                                           "fr_feature.onnx", "fr_liveness.onnx",
                                           "fr_pose.onnx",    "fr_eye.onnx"};
constexpr float face_score_min = 0.7F;
constexpr float overlap_max = 0.3F;
const cv::Size detect_size{320, 240}, landmark_size{64, 64}, feature_size{112, 112},
    liveness_size{128, 128}, pose_size{224, 224}, eye_size{24, 24};

cv::Mat view(const domain::Picture& picture) {
    return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data())};
}

// The box grown around its middle to a square of `factor` times its longer side.
cv::Rect2f grown(const FaceBox& box, float factor) {
    const float side = std::max(box.width, box.height) * factor;
    return {box.left + box.width / 2 - side / 2, box.top + box.height / 2 - side / 2, side, side};
}

// Cuts and scales in one step; outside the picture the edge goes on.
cv::Mat cut(const cv::Mat& picture, const cv::Rect2f& area, cv::Size size) {
    const double x = double(area.width) / size.width, y = double(area.height) / size.height;
    const cv::Matx23d to_source{x, 0, area.x + (x - 1) / 2, 0, y, area.y + (y - 1) / 2};
    cv::Mat out;
    cv::warpAffine(picture, out, to_source, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
    return out;
}

// Library exceptions end here.
template <class Work>
auto guarded(Work work) -> base::Result<decltype(work())> {
    try {
        return work();
    } catch (const cv::Exception&) {
        return base::fail(base::FaultCode::FaceModelsAbsent, "inference");
    }
}

Point mean_of(const Landmarks& points, std::size_t first, std::size_t last) {
    Point sum;
    for (auto i = first; i <= last; ++i) sum.x += points[i].x, sum.y += points[i].y;
    const auto count = static_cast<float>(last - first + 1);
    return {sum.x / count, sum.y / count};
}

// The similarity transform that brings five points closest to where the feature net wants them.
cv::Matx23d alignment(const Landmarks& points) {
    constexpr std::array<Point, 5> wanted{
        {{38.3F, 51.7F}, {73.5F, 51.5F}, {56.0F, 71.7F}, {41.5F, 92.4F}, {70.7F, 92.2F}}};
    const std::array<Point, 5> have{mean_of(points, 36, 41), mean_of(points, 42, 47), points[30],
                                    points[48], points[54]};
    double hx = 0, hy = 0, wx = 0, wy = 0;
    for (std::size_t i = 0; i < 5; ++i)
        hx += have[i].x / 5.0, hy += have[i].y / 5.0, wx += wanted[i].x / 5.0,
            wy += wanted[i].y / 5.0;
    double along = 0, across = 0, spread = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        const double ax = have[i].x - hx, ay = have[i].y - hy;
        const double bx = wanted[i].x - wx, by = wanted[i].y - wy;
        along += ax * bx + ay * by;
        across += ax * by - ay * bx;
        spread += ax * ax + ay * ay;
    }
    const double a = along / spread, b = across / spread;
    return {a, -b, wx - a * hx + b * hy, b, a, wy - b * hx - a * hy};
}

// The expected angle over bins of three degrees.
double expected_angle(const cv::Mat& bins) {
    const auto* values = bins.ptr<float>();
    const auto count = static_cast<int>(bins.total());
    const float top = *std::max_element(values, values + count);
    double sum = 0, weighted = 0;
    for (int i = 0; i < count; ++i) {
        const double weight = std::exp(double(values[i]) - double(top));
        sum += weight;
        weighted += weight * i;
    }
    return weighted / sum * 3 - 99;
}

}  // namespace

double cosine(const Feature& a, const Feature& b) {
    if (a.size() != b.size()) return 0;
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

struct FaceModels::Nets {
    cv::dnn::Net detect, landmark, feature, liveness, pose, eye;

    // One eye from its two corners; the middle is that of the four points of its lids.
    double open_share(const cv::Mat& picture, const Landmarks& points, std::size_t corner) {
        constexpr float air = 1.6F;
        const Point upper = mean_of(points, corner + 1, corner + 2),
                    lower = mean_of(points, corner + 4, corner + 5);
        const float x = (upper.x + lower.x) / 2, y = (upper.y + lower.y) / 2;
        const float side = std::hypot(points[corner + 3].x - points[corner].x,
                                      points[corner + 3].y - points[corner].y) *
                           air;
        cv::Mat grey;
        cv::cvtColor(cut(picture, {x - side / 2, y - side / 2, side, side}, eye_size), grey,
                     cv::COLOR_RGB2GRAY);
        eye.setInput(cv::dnn::blobFromImage(grey, 1.0 / 255));
        const cv::Mat out = eye.forward();
        const auto* values = out.ptr<float>();
        return 1 / (1 + std::exp(double(values[0]) - double(values[1])));
    }
};

FaceModels::FaceModels(std::unique_ptr<Nets> nets) : nets_(std::move(nets)) {}
FaceModels::FaceModels(FaceModels&&) noexcept = default;
FaceModels& FaceModels::operator=(FaceModels&&) noexcept = default;
FaceModels::~FaceModels() = default;

bool FaceModels::are_present(const std::string& folder) {
    return !folder.empty() && std::all_of(files.begin(), files.end(), [&](const char* file) {
        return ::access((folder + "/" + file).c_str(), R_OK) == 0;
    });
}

base::Result<FaceModels> FaceModels::load(const std::string& folder) {
    if (!are_present(folder)) return base::fail(base::FaultCode::FaceModelsAbsent, "files");
    try {
        // The other cores draw.
        cv::setNumThreads(1);
        auto nets = std::make_unique<Nets>();
        std::size_t i = 0;
        for (auto* net : {&nets->detect, &nets->landmark, &nets->feature, &nets->liveness,
                          &nets->pose, &nets->eye})
            *net = cv::dnn::readNetFromONNX(folder + "/" + files[i++]);
        return FaceModels(std::move(nets));
    } catch (const cv::Exception&) {
        return base::fail(base::FaultCode::FaceModelsAbsent, "load");
    }
}

base::Result<std::vector<FaceBox>> FaceModels::detect(const domain::Picture& picture) {
    return guarded([&] {
        nets_->detect.setInput(cv::dnn::blobFromImage(view(picture), 1.0 / 128, detect_size,
                                                      cv::Scalar(127, 127, 127)));
        std::vector<cv::Mat> out;
        nets_->detect.forward(out, std::vector<cv::String>{"boxes", "scores"});
        const auto* corners = out[0].ptr<float>();
        const auto* scores = out[1].ptr<float>();
        std::vector<cv::Rect2d> boxes;
        std::vector<float> confidences;
        const double w = picture.width, h = picture.height;
        for (std::size_t i = 0; i < out[1].total() / 2; ++i) {
            if (scores[2 * i + 1] < face_score_min) continue;
            const auto* c = corners + 4 * i;
            boxes.emplace_back(c[0] * w, c[1] * h, (c[2] - c[0]) * w, (c[3] - c[1]) * h);
            confidences.push_back(scores[2 * i + 1]);
        }
        std::vector<int> kept;
        cv::dnn::NMSBoxes(boxes, confidences, face_score_min, overlap_max, kept);
        std::vector<FaceBox> faces;
        for (const int k : kept) {
            const auto& box = boxes[static_cast<std::size_t>(k)];
            faces.push_back({float(box.x), float(box.y), float(box.width), float(box.height),
                             confidences[static_cast<std::size_t>(k)]});
        }
        std::sort(faces.begin(), faces.end(), [](const FaceBox& a, const FaceBox& b) {
            return a.width * a.height > b.width * b.height;
        });
        return faces;
    });
}

base::Result<Landmarks> FaceModels::landmarks(const domain::Picture& picture, const FaceBox& box) {
    return guarded([&] {
        const auto area = grown(box, 1.2F);
        cv::Mat grey;
        cv::cvtColor(cut(view(picture), area, landmark_size), grey, cv::COLOR_RGB2GRAY);
        nets_->landmark.setInput(cv::dnn::blobFromImage(grey, 1.0 / 256));
        const cv::Mat out = nets_->landmark.forward();
        const auto* values = out.ptr<float>();
        Landmarks points;
        for (std::size_t i = 0; i < points.size(); ++i)
            points[i] = {area.x + values[2 * i] * area.width,
                         area.y + values[2 * i + 1] * area.height};
        return points;
    });
}

base::Result<base::Secret<Feature>> FaceModels::feature(const domain::Picture& picture,
                                                        const Landmarks& points) {
    return guarded([&] {
        cv::Mat aligned;
        cv::warpAffine(view(picture), aligned, alignment(points), feature_size, cv::INTER_LINEAR,
                       cv::BORDER_REPLICATE);
        nets_->feature.setInput(
            cv::dnn::blobFromImage(aligned, 1.0 / 128, cv::Size(), cv::Scalar(127, 127, 127)));
        cv::Mat out = nets_->feature.forward();
        cv::normalize(out, out);
        const auto* values = out.ptr<float>();
        return base::Secret(Feature(values, values + out.total()));
    });
}

base::Result<double> FaceModels::liveness(const domain::Picture& picture, const FaceBox& box) {
    return guarded([&] {
        const auto face = cut(view(picture), grown(box, 2.7F), liveness_size);
        nets_->liveness.setInput(cv::dnn::blobFromImage(face, 1, cv::Size(), cv::Scalar(), true));
        const cv::Mat out = nets_->liveness.forward();
        const auto* v = out.ptr<float>();
        const float top = std::max({v[0], v[1], v[2]});
        const double live = std::exp(double(v[0] - top));
        return live / (live + std::exp(double(v[1] - top)) + std::exp(double(v[2] - top)));
    });
}

base::Result<HeadPose> FaceModels::pose(const domain::Picture& picture, const FaceBox& box) {
    return guarded([&] {
        cv::Mat face;
        cut(view(picture), grown(box, 1.2F), pose_size).convertTo(face, CV_32F, 1.0 / 255);
        cv::subtract(face, cv::Scalar(0.485, 0.456, 0.406), face);
        cv::divide(face, cv::Scalar(0.229, 0.224, 0.225), face);
        nets_->pose.setInput(cv::dnn::blobFromImage(face));
        std::vector<cv::Mat> out;
        nets_->pose.forward(out, std::vector<cv::String>{"output", "617", "618"});
        return HeadPose{expected_angle(out.at(0)), expected_angle(out.at(1)),
                        expected_angle(out.at(2))};
    });
}

base::Result<EyesOpen> FaceModels::eyes(const domain::Picture& picture, const Landmarks& points) {
    constexpr std::size_t left_corner = 36, right_corner = 42;
    return guarded([&] {
        return EyesOpen{nets_->open_share(view(picture), points, left_corner),
                        nets_->open_share(view(picture), points, right_corner)};
    });
}

}  // namespace drivers::face
