#include "drivers/document/page_jpeg.hpp"

#include "drivers/camera/pixels.hpp"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <optional>

namespace drivers::document {

namespace {

constexpr int qualities[] = {88, 80, 70, 60, 50};
constexpr double smaller = 0.8;
constexpr int readable_side = 500;  // below this nothing on a page can be read

base::Result<domain::Picture> scaled(const domain::Picture& page, double factor) {
    try {
        const cv::Mat from(page.height, page.width, CV_8UC3,
                           const_cast<std::uint8_t*>(page.rgb.data()));
        cv::Mat to;
        cv::resize(from, to, {}, factor, factor, cv::INTER_AREA);
        domain::Picture out{to.cols, to.rows, {}};
        out.rgb.assign(to.datastart, to.dataend);
        return out;
    } catch (const cv::Exception&) {
        return base::fail(base::FaultCode::InternalError, "page size");
    }
}

}  // namespace

base::Result<domain::PhotographedPage> page_jpeg(const domain::Picture& page,
                                                 const domain::PageLimits& limits) {
    const int longer = std::max(page.width, page.height);
    double factor = std::min(1.0, double(limits.side) / std::max(1, longer));
    do {
        const base::Secret used(factor < 1 ? TRY(scaled(page, factor)) : page);
        for (const int quality : qualities) {
            base::Secret jpeg(camera::jpeg_from_picture(*used, quality));
            if (jpeg->empty()) return base::fail(base::FaultCode::InternalError, "jpeg");
            if (jpeg->size() <= limits.bytes)
                return domain::PhotographedPage{std::move(jpeg), used->width, used->height};
        }
        factor *= smaller;
    } while (longer * factor >= readable_side);
    return base::fail(base::FaultCode::PageTooLarge, "bytes");
}

}  // namespace drivers::document
