// A font's file, mapped into memory read-only: opening 20 MB of fonts costs no copy and no start-up
// time. Move-only; any thread. Fault FileUnreadable names the file.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <filesystem>

namespace ui::text {

class FontFile {
  public:
    static base::Result<FontFile> open(const std::filesystem::path& path);
    FontFile(FontFile&& other) noexcept;
    FontFile& operator=(FontFile&&) = delete;
    ~FontFile();
    void* data() const { return data_; }
    std::size_t size() const { return size_; }

    // How many em ascender - descender of a face are, which is what ImGui calls a font's size
    // (ux.md 5.1, F1).
    base::Result<float> size_per_em(int face) const;

  private:
    FontFile(void* data, std::size_t size) : data_(data), size_(size) {}
    void* data_;
    std::size_t size_;
};

}  // namespace ui::text
