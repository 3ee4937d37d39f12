// The three schemas the composer runs, written into the private folder that librime takes for its
// own. Dictionaries and their compiled tables stay in Debian's folder; only the small index of the
// nine keys is computed at run time (a few milliseconds). No schema has a user dictionary.
#pragma once

#include <filesystem>

namespace ui::ime {

inline constexpr const char* pinyin_schema = "luna_pinyin_simp";
inline constexpr const char* nine_key_schema = "nine_key";
inline constexpr const char* strokes_schema = "five_strokes";

// False when the pinyin schema of Debian is not there or the folder cannot be written. `built` is
// Debian's folder of compiled schemas and tables.
bool write_schemas(const std::filesystem::path& built, const std::filesystem::path& own);

}  // namespace ui::ime
