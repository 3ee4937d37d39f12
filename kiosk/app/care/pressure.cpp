#include "app/care/pressure.hpp"

#include "base/bytes.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

namespace app {

namespace {

constexpr std::int64_t mib = 1024;  // in KiB
// How much better than its border a value must be before a step is left.
constexpr std::int64_t leave_percent = 5;

// Three borders, from low to critical, in percent of `whole` that are used.
Pressure step_of(std::int64_t used, std::int64_t whole, const std::int64_t (&borders)[3],
                 Pressure before) {
    if (whole <= 0) return Pressure::ample;
    const auto over = [&](int step, std::int64_t slack) {
        return used * 100 >= (borders[step - 1] - slack) * whole;
    };
    for (int step = 3; step > 0; --step) {
        const bool was_there = static_cast<int>(before) >= step;
        if (over(step, was_there ? leave_percent : 0)) return static_cast<Pressure>(step);
    }
    return Pressure::ample;
}

// The number behind a word at the beginning of a line of /proc/meminfo.
std::int64_t number_of(std::string_view text, std::string_view word) {
    const auto at = text.find(word);
    if (at == std::string_view::npos) return 0;
    auto rest = text.substr(at + word.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    std::int64_t out = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), out);
    return out;
}

}  // namespace

std::string_view name(Pressure step) {
    constexpr std::string_view names[] = {"ample", "low", "short", "critical"};
    return names[static_cast<int>(step)];
}

Pressure memory_pressure(const MemoryFacts& facts, int limit_mb, Pressure before) {
    const auto own = step_of(facts.resident_kib, limit_mb * mib, {60, 80, 95}, before);
    // A machine whose memory others have eaten is no better for our end, but what can be given up
    // is.
    const auto machine = step_of(facts.total_kib - facts.available_kib, facts.total_kib,
                                 {90, 200, 200}, std::min(before, Pressure::low));
    return std::max(own, machine);
}

Pressure disk_pressure(const DiskFacts& facts, Pressure before) {
    return step_of(facts.total_kib - facts.free_kib, facts.total_kib, {90, 95, 99}, before);
}

std::optional<MemoryFacts> read_memory() {
    const auto own = base::read_file("/proc/self/statm");
    const auto machine = base::read_file("/proc/meminfo");
    if (!own || !machine) return std::nullopt;
    MemoryFacts out;
    const auto text = base::as_text(*machine);
    out.total_kib = number_of(text, "MemTotal:");
    out.available_kib = number_of(text, "MemAvailable:");
    const auto statm = base::as_text(*own);  // pages: size resident …
    const auto pages = number_of(statm.substr(std::min(statm.find(' '), statm.size())), " ");
    out.resident_kib = pages * (::sysconf(_SC_PAGESIZE) / 1024);
    return out.total_kib > 0 ? std::optional(out) : std::nullopt;
}

std::optional<DiskFacts> read_disk(const std::string& folder) {
    struct statvfs of {};
    if (::statvfs(folder.c_str(), &of) != 0 || of.f_blocks == 0) return std::nullopt;
    const auto block = static_cast<std::int64_t>(of.f_frsize);
    return DiskFacts{static_cast<std::int64_t>(of.f_bavail) * block / 1024,
                     static_cast<std::int64_t>(of.f_blocks) * block / 1024};
}

}  // namespace app
