#include "code_pictures.hpp"

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

namespace bench {

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

domain::Picture sized(int width, int height) {
    return {width, height,
            Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3)};
}

std::optional<domain::Picture> from_webp(const Bytes& file) {
    int width = 0, height = 0;
    if (WebPGetInfo(file.data(), file.size(), &width, &height) == 0) return std::nullopt;
    auto picture = sized(width, height);
    if (WebPDecodeRGBInto(file.data(), file.size(), picture.rgb.data(), picture.rgb.size(),
                          width * 3) == nullptr)
        return std::nullopt;
    return picture;
}

std::optional<domain::Picture> from_png(const Bytes& file) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0)
        return std::nullopt;
    image.format = PNG_FORMAT_RGB;
    auto picture = sized(static_cast<int>(image.width), static_cast<int>(image.height));
    const png_color paper{255, 255, 255};  // behind what is transparent
    if (png_image_finish_read(&image, &paper, picture.rgb.data(), 0, nullptr) == 0)
        return std::nullopt;
    return picture;
}

std::optional<domain::Picture> from_jpeg(const Bytes& file) {
    const std::unique_ptr<void, int (*)(tjhandle)> decoder(tjInitDecompress(), tjDestroy);
    int width = 0, height = 0, sampling = 0, colours = 0;
    if (tjDecompressHeader3(decoder.get(), file.data(), file.size(), &width, &height, &sampling,
                            &colours) != 0)
        return std::nullopt;
    auto picture = sized(width, height);
    if (tjDecompress2(decoder.get(), file.data(), file.size(), picture.rgb.data(), width, 0, height,
                      TJPF_RGB, 0) != 0)
        return std::nullopt;
    return picture;
}

std::optional<domain::Picture> decoded(const std::filesystem::path& file) {
    const auto kind = file.extension();
    if (kind == ".webp") return from_webp(bytes_of(file));
    if (kind == ".png") return from_png(bytes_of(file));
    return from_jpeg(bytes_of(file));
}

// 01-02.webp is the second part of the code whose text is 01.txt: no whole code, and no picture
// without one either.
bool is_part(const std::filesystem::path& file) {
    const auto name = file.stem().string();
    const auto dash = name.find('-');
    if (dash == std::string::npos) return false;
    return std::filesystem::exists(file.parent_path() / (name.substr(0, dash) + ".txt"));
}

bool is_picture(const std::filesystem::path& file) {
    const auto kind = file.extension();
    return kind == ".webp" || kind == ".png" || kind == ".jpg";
}

}  // namespace

std::vector<CodePicture> pictures_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (is_picture(entry.path()) && !is_part(entry.path())) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<CodePicture> out;
    for (const auto& file : files) {
        CodePicture one{file.lexically_relative(folder).string(),
                        decoded(file).value_or(domain::Picture()),
                        {}};
        auto text = file;
        text.replace_extension(".txt");
        if (std::filesystem::exists(text)) {
            const auto bytes = bytes_of(text);
            one.text.emplace(bytes.begin(), bytes.end());
        }
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace bench
