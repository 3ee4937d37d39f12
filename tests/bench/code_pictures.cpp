#include "code_pictures.hpp"

#include "drivers/pictures/picture_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace bench {

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
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
                        drivers::pictures::load_picture(file).value_or(domain::Picture()),
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
