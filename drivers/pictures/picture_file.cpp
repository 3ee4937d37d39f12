#include "drivers/pictures/picture_file.hpp"

#include "drivers/camera/pixels.hpp"

#include <png.h>
#include <webp/decode.h>

#include <string_view>
#include <utility>

namespace drivers::pictures {

namespace {

constexpr int side_max = 8192;  // as drivers/camera has it

domain::Picture sized(int width, int height) {
    domain::Picture picture{width, height, {}};
    picture.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    return picture;
}

base::Result<domain::Picture> from_png(base::ByteView file) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0)
        return base::fail(base::FaultCode::BytesMalformed, "png: header");
    if (image.width > side_max || image.height > side_max) {
        png_image_free(&image);
        return base::fail(base::FaultCode::BytesMalformed, "png: size");
    }
    image.format = PNG_FORMAT_RGB;
    auto picture = sized(static_cast<int>(image.width), static_cast<int>(image.height));
    const png_color white{255, 255, 255};  // behind what is transparent
    if (png_image_finish_read(&image, &white, picture.rgb.data(), 0, nullptr) == 0) {
        picture.wipe();
        return base::fail(base::FaultCode::BytesMalformed, "png: content");
    }
    return picture;
}

base::Result<domain::Picture> from_webp(base::ByteView file) {
    int width = 0, height = 0;
    if (WebPGetInfo(file.data(), file.size(), &width, &height) == 0)
        return base::fail(base::FaultCode::BytesMalformed, "webp: header");
    if (width > side_max || height > side_max)
        return base::fail(base::FaultCode::BytesMalformed, "webp: size");
    auto picture = sized(width, height);
    if (WebPDecodeRGBInto(file.data(), file.size(), picture.rgb.data(), picture.rgb.size(),
                          width * 3) == nullptr) {
        picture.wipe();
        return base::fail(base::FaultCode::BytesMalformed, "webp: content");
    }
    return picture;
}

}  // namespace

base::Result<domain::Picture> decoded_picture(base::ByteView file) {
    constexpr std::string_view png_mark = "\x89PNG", riff_mark = "RIFF", webp_mark = "WEBP";
    constexpr std::size_t webp_mark_at = 8;
    const auto text = base::as_text(file);
    if (text.starts_with(png_mark)) return from_png(file);
    if (text.starts_with(riff_mark) && text.size() > webp_mark_at &&
        text.substr(webp_mark_at).starts_with(webp_mark))
        return from_webp(file);
    return camera::picture_from_jpeg(file);
}

base::Result<domain::Picture> load_picture(const std::string& path) {
    auto file = TRY(base::read_file(path));
    auto picture = decoded_picture(file);
    base::wipe(file);
    return picture;
}

}  // namespace drivers::pictures
