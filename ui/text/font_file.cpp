#include "ui/text/font_file.hpp"

#include <fcntl.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace ui::text {

base::Result<FontFile> FontFile::open(const std::filesystem::path& path) {
    const auto unreadable = [&] {
        return base::fail(base::FaultCode::FileUnreadable, path.filename().string());
    };
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return unreadable();
    struct stat facts {};
    void* data = MAP_FAILED;
    if (::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0) {
        data =
            ::mmap(nullptr, static_cast<std::size_t>(facts.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
    }
    ::close(fd);
    if (data == MAP_FAILED) return unreadable();
    return FontFile(data, static_cast<std::size_t>(facts.st_size));
}

FontFile::FontFile(FontFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(other.size_) {}

FontFile::~FontFile() {
    if (data_) ::munmap(data_, size_);
}

base::Result<float> FontFile::size_per_em(int face_index) const {
    FT_Library library = nullptr;
    FT_Face face = nullptr;
    if (FT_Init_FreeType(&library) != 0)
        return base::fail(base::FaultCode::InternalError, "freetype");
    const bool good = FT_New_Memory_Face(library, static_cast<const FT_Byte*>(data_),
                                         static_cast<FT_Long>(size_), face_index, &face) == 0;
    float ratio = 0;
    if (good) {
        ratio = static_cast<float>(face->ascender - face->descender) /
                static_cast<float>(face->units_per_EM);
        FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
    if (!good || ratio <= 0) return base::fail(base::FaultCode::FileUnreadable, "font face");
    return ratio;
}

}  // namespace ui::text
