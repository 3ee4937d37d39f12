#include "drivers/camera/pixels.hpp"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>

namespace drivers::camera {

namespace {

constexpr int side_max = 8192;

std::uint8_t clamped(int value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

// BT.601 in fixed point, 8 bits after the point.
void put_rgb(std::uint8_t* out, int y, int u, int v) {
    const int c = 298 * (y - 16) + 128, d = u - 128, e = v - 128;
    out[0] = clamped((c + 409 * e) >> 8);
    out[1] = clamped((c - 100 * d - 208 * e) >> 8);
    out[2] = clamped((c + 516 * d) >> 8);
}

}  // namespace

base::Result<domain::Picture> picture_from_yuyv(base::ByteView yuyv, int width, int height) {
    if (width <= 0 || height <= 0 || width > side_max || height > side_max || width % 2 != 0 ||
        yuyv.size() < static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 2)
        return base::fail(base::FaultCode::BytesMalformed, "yuyv: size");
    domain::Picture out{width, height, {}};
    const auto pairs = static_cast<std::size_t>(width / 2) * static_cast<std::size_t>(height);
    out.rgb.resize(pairs * 6);
    const auto* in = yuyv.data();
    auto* rgb = out.rgb.data();
    for (std::size_t i = 0; i < pairs; ++i, in += 4, rgb += 6) {
        put_rgb(rgb, in[0], in[1], in[3]);
        put_rgb(rgb + 3, in[2], in[1], in[3]);
    }
    return out;
}

base::Bytes yuyv_from_picture(const domain::Picture& picture) {
    const auto width = static_cast<std::size_t>(picture.width), pairs = width / 2;
    base::Bytes out;
    out.reserve(pairs * 4 * static_cast<std::size_t>(picture.height));
    for (std::size_t row = 0; row < static_cast<std::size_t>(picture.height); ++row) {
        const auto* rgb = picture.rgb.data() + row * width * 3;
        for (std::size_t i = 0; i < pairs; ++i, rgb += 6) {
            const auto luma = [](const std::uint8_t* p) {
                return clamped(((66 * p[0] + 129 * p[1] + 25 * p[2] + 128) >> 8) + 16);
            };
            const int r = (rgb[0] + rgb[3]) / 2, g = (rgb[1] + rgb[4]) / 2,
                      b = (rgb[2] + rgb[5]) / 2;
            out.push_back(luma(rgb));
            out.push_back(clamped(((-38 * r - 74 * g + 112 * b + 128) >> 8) + 128));
            out.push_back(luma(rgb + 3));
            out.push_back(clamped(((112 * r - 94 * g - 18 * b + 128) >> 8) + 128));
        }
    }
    return out;
}

base::Result<domain::Picture> picture_from_jpeg(base::ByteView jpeg) {
    const std::unique_ptr<void, int (*)(tjhandle)> decoder(tjInitDecompress(), tjDestroy);
    int width = 0, height = 0, sampling = 0, space = 0;
    const auto size = static_cast<unsigned long>(jpeg.size());
    if (!decoder || tjDecompressHeader3(decoder.get(), jpeg.data(), size, &width, &height,
                                        &sampling, &space) != 0)
        return base::fail(base::FaultCode::BytesMalformed, "jpeg: header");
    if (width <= 0 || height <= 0 || width > side_max || height > side_max)
        return base::fail(base::FaultCode::BytesMalformed, "jpeg: size");
    domain::Picture out{width, height, {}};
    out.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    if (tjDecompress2(decoder.get(), jpeg.data(), size, out.rgb.data(), width, 0, height, TJPF_RGB,
                      TJFLAG_STOPONWARNING) != 0) {
        out.wipe();
        return base::fail(base::FaultCode::BytesMalformed, "jpeg: content");
    }
    return out;
}

base::Bytes jpeg_from_picture(const domain::Picture& picture, int quality) {
    const std::unique_ptr<void, int (*)(tjhandle)> encoder(tjInitCompress(), tjDestroy);
    if (!encoder || picture.empty()) return {};
    unsigned char* jpeg = nullptr;
    unsigned long size = 0;
    const int failed = tjCompress2(encoder.get(), picture.rgb.data(), picture.width, 0,
                                   picture.height, TJPF_RGB, &jpeg, &size, TJSAMP_420, quality, 0);
    base::Bytes out;
    if (failed == 0) out.assign(jpeg, jpeg + size);
    if (jpeg != nullptr) {
        base::wipe_memory(jpeg, size);
        tjFree(jpeg);
    }
    return out;
}

base::Result<domain::Picture> picture_from_frame(const RawFrame& frame) {
    if (frame.format == PixelFormat::mjpeg) return picture_from_jpeg(frame.bytes);
    return picture_from_yuyv(frame.bytes, frame.width, frame.height);
}

}  // namespace drivers::camera
