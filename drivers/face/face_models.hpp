// The neural nets behind six small functions: where faces are, 68 points, a feature, liveness,
// head pose, open eyes. One worker thread; loading takes about a tenth of a second and happens on
// demand. A missing file or one that does not run is FaceModelsAbsent. Inputs and outputs of each
// net: README.md.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/picture.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace drivers::face {

struct Point {
    float x = 0;
    float y = 0;
};
struct FaceBox {  // in pixels of the picture
    float left = 0;
    float top = 0;
    float width = 0;
    float height = 0;
    float score = 0;
};
using Landmarks = std::array<Point, 68>;  // iBUG order, in pixels of the picture
struct HeadPose {                         // degrees
    double yaw = 0;
    double pitch = 0;
    double roll = 0;
};
struct EyesOpen {  // how sure it is that each eye is open, 0…1; sides as in the picture
    double left = 0;
    double right = 0;
};
using Feature = std::vector<float>;  // 512 numbers of unit length; biometric, keep in Secret

double cosine(const Feature& a, const Feature& b);

class FaceModels {
  public:
    // Whether all files are there, without loading.
    static bool are_present(const std::string& folder);
    static base::Result<FaceModels> load(const std::string& folder);
    FaceModels(FaceModels&&) noexcept;
    FaceModels& operator=(FaceModels&&) noexcept;
    ~FaceModels();

    base::Result<std::vector<FaceBox>> detect(const domain::Picture& picture);  // largest first
    base::Result<Landmarks> landmarks(const domain::Picture& picture, const FaceBox& box);
    base::Result<base::Secret<Feature>> feature(const domain::Picture& picture,
                                                const Landmarks& points);
    base::Result<double> liveness(const domain::Picture& picture, const FaceBox& box);  // 0…1
    base::Result<HeadPose> pose(const domain::Picture& picture, const FaceBox& box);
    base::Result<EyesOpen> eyes(const domain::Picture& picture, const Landmarks& points);

  private:
    struct Nets;
    explicit FaceModels(std::unique_ptr<Nets> nets);
    std::unique_ptr<Nets> nets_;
};

}  // namespace drivers::face
