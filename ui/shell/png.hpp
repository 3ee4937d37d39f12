// Pixels to a PNG file and back (libpng). Any thread. Faults: FileUnwritable, FileUnreadable.
#pragma once

#include "base/result.hpp"
#include "domain/picture.hpp"

#include <filesystem>

namespace ui::shell {

base::Status write_png(const std::filesystem::path& path, const domain::Picture& picture);
base::Result<domain::Picture> read_png(const std::filesystem::path& path);

}  // namespace ui::shell
