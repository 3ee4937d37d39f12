// Pictures of a folder with the text each one holds beside it, for the benchmark of codes.
#pragma once

#include "domain/picture.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bench {

struct CodePicture {
    std::string name;
    domain::Picture picture;
    std::optional<std::string> text;  // none: it holds no code
};

// Every .webp, .png and .jpg below `folder`, in order of name; NAME.txt is the text of NAME's code.
// Parts of codes that are spread over several pictures are left out.
// A file that cannot be decoded is an empty picture.
std::vector<CodePicture> pictures_in(const std::filesystem::path& folder);

}  // namespace bench
