#include "ui/shell/png.hpp"

#include <png.h>

namespace ui::shell {

namespace {
// libpng's simplified interface takes a description of the picture by value of its fields.
png_image describe(int width, int height) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGB;
    return image;
}
}  // namespace

base::Status write_png(const std::filesystem::path& path, const domain::Picture& picture) {
    png_image image = describe(picture.width, picture.height);
    // Flat colours: trying every filter takes five times as long and saves nothing.
    image.flags |= PNG_IMAGE_FLAG_FAST;
    if (png_image_write_to_file(&image, path.c_str(), 0, picture.rgb.data(), 0, nullptr) == 0)
        return base::fail(base::FaultCode::FileUnwritable, image.message);
    return {};
}

base::Result<domain::Picture> read_png(const std::filesystem::path& path) {
    png_image image = describe(0, 0);
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0)
        return base::fail(base::FaultCode::FileUnreadable, image.message);
    image.format = PNG_FORMAT_RGB;
    domain::Picture picture;
    picture.width = static_cast<int>(image.width);
    picture.height = static_cast<int>(image.height);
    picture.rgb.resize(PNG_IMAGE_SIZE(image));
    if (png_image_finish_read(&image, nullptr, picture.rgb.data(), 0, nullptr) == 0)
        return base::fail(base::FaultCode::FileUnreadable, image.message);
    return picture;
}

}  // namespace ui::shell
