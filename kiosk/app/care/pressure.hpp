// How short memory and disk are, in steps, each with what is done about it. Pure, but for the two
// readings at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace app {

// low: what can be made again is given up. short_: the program begins anew as soon as nobody is
// there (memory), old files go (disk). critical: the same, and the technician's page says so first.
enum class Pressure { ample, low, short_, critical };
std::string_view name(Pressure step);

struct MemoryFacts {
    std::int64_t resident_kib = 0;   // of this program
    std::int64_t available_kib = 0;  // of the machine
    std::int64_t total_kib = 0;
};
// `limit_mb`: what the program may hold. A step is left only when it is well behind: a value that
// dances on a border is no news.
Pressure memory_pressure(const MemoryFacts& facts, int limit_mb, Pressure before);

struct DiskFacts {
    std::int64_t free_kib = 0, total_kib = 0;
};
Pressure disk_pressure(const DiskFacts& facts, Pressure before);

// From /proc and statvfs(3). None: they cannot be read.
std::optional<MemoryFacts> read_memory();
std::optional<DiskFacts> read_disk(const std::string& folder);

}  // namespace app
