#include "provisioning/diagnostics/machine.hpp"

#include "base/bytes.hpp"
#include "offline/sealing/suites/suite.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

namespace provisioning::diagnostics {

namespace {

constexpr std::int64_t mib = std::int64_t{1} << 20;
// Room for the outbox's quota of a quiet week, logs and an update.
constexpr std::int64_t disk_needed = 512 * mib, disk_wished = 2048 * mib;
// The app with its models takes about 400 MiB (tests/bench start).
constexpr std::int64_t memory_needed = 128 * mib, memory_wished = 384 * mib;
// No terminal was set up before this; a clock that says so has lost its battery.
constexpr base::Instant first_day{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

std::string trimmed(std::string_view text) {
    const auto end = text.find_last_not_of(" \n\r\t\0");
    return std::string(end == std::string_view::npos ? std::string_view{}
                                                     : text.substr(0, end + 1));
}

std::string text_of(const std::string& path) {
    const auto bytes = base::read_file(path);
    return bytes ? trimmed(base::as_text(*bytes)) : std::string{};
}

// The number behind a word at the beginning of a line: "MemTotal:       16384 kB".
std::int64_t number_behind(std::string_view text, std::string_view word) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        at = end + 1;
        if (!line.starts_with(word)) continue;
        line.remove_prefix(std::min(line.find_first_of("0123456789", word.size()), line.size()));
        std::int64_t out = 0;
        std::from_chars(line.data(), line.data() + line.size(), out);
        return out;
    }
    return 0;
}

// PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
std::string system_name(const std::string& os_release) {
    constexpr std::string_view key = "PRETTY_NAME=\"";
    const auto at = os_release.find(key);
    std::string name = "?";
    if (at != std::string::npos) {
        const auto from = at + key.size();
        name = os_release.substr(from, os_release.find('"', from) - from);
    }
    utsname kernel{};
    return uname(&kernel) == 0 ? name + ", Linux " + kernel.release : name;
}

// Lines of /proc/swaps behind the heading: name, kind, size in kB, …
std::int64_t swap_on_disks(const std::string& swaps) {
    std::int64_t out = 0;
    for (auto at = swaps.find('\n'); at != std::string::npos && at + 1 < swaps.size();
         at = swaps.find('\n', at + 1)) {
        const auto line = std::string_view(swaps).substr(at + 1);
        if (line.starts_with("/dev/zram")) continue;
        const auto kind = line.find_first_not_of(" \t", line.find_first_of(" \t"));
        const auto size = kind == std::string_view::npos ? kind : line.find_first_of(" \t", kind);
        if (size == std::string_view::npos) continue;
        out += number_behind(line.substr(size), "") * 1024;
    }
    return out;
}

std::optional<int> error_of_a_trial(const std::string& folder) {
    // Root tries it where others may write, too: a name that nobody could have put a link at.
    std::string path = folder + "/.trial-XXXXXX";
    const int file = mkostemp(path.data(), O_CLOEXEC);
    if (file < 0) return errno;
    unlink(path.c_str());
    std::optional<int> error;
    constexpr std::array<char, 4096> nothing{};
    if (write(file, nothing.data(), nothing.size()) != static_cast<ssize_t>(nothing.size()) ||
        fsync(file) != 0)
        error = errno;
    close(file);
    return error;
}

std::string megabytes(std::int64_t bytes) {
    return bytes >= 10 * 1024 * mib ? fmt::format("{} GB", bytes / (1024 * mib))
                                    : fmt::format("{} MB", bytes / mib);
}

Check disk_check(const MachineFacts& facts) {
    Check out{"disk", "硬盘"};
    if (facts.write_error) {
        out.verdict = Verdict::failed;
        out.found = fmt::format("写不进去（{}）", std::strerror(*facts.write_error));
        out.mend = *facts.write_error == EROFS ? "系统盘变成了只读：检查硬盘，必要时更换"
                   : *facts.write_error == ENOSPC ? "硬盘满了：看是什么占满的，清理或更换"
                                                  : "检查存放文件夹的权限和硬盘";
        return out;
    }
    out.found =
        fmt::format("共 {}，可用 {}", megabytes(facts.disk_bytes), megabytes(facts.disk_free));
    out.verdict = facts.disk_free < disk_needed   ? Verdict::failed
                  : facts.disk_free < disk_wished ? Verdict::attention
                                                  : Verdict::passed;
    if (out.verdict != Verdict::passed) out.mend = "清理硬盘或换大一些的";
    return out;
}

// Nothing can be said of it from where this program runs.
Check not_seen(Check check) {
    check.verdict = Verdict::unsupported;
    check.found = "从程序的沙箱里看不到";
    return check;
}

Check memory_check(const MachineFacts& facts) {
    Check out{"memory", "内存"};
    if (!facts.sees_kernel) {
        out.found =
            fmt::format("共 {}，可用多少从程序的沙箱里看不到", megabytes(facts.memory_bytes));
        out.verdict = facts.memory_bytes < memory_wished ? Verdict::attention : Verdict::passed;
        if (out.verdict != Verdict::passed) out.mend = "内存太小，换大一些的";
        return out;
    }
    out.found = fmt::format("共 {}，可用 {}", megabytes(facts.memory_bytes),
                            megabytes(facts.memory_available));
    out.verdict = facts.memory_available < memory_needed   ? Verdict::failed
                  : facts.memory_available < memory_wished ? Verdict::attention
                                                           : Verdict::passed;
    if (out.verdict != Verdict::passed) out.mend = "看是什么程序占用的，重启机器";
    return out;
}

Check clock_check(const MachineFacts& facts) {
    Check out{"clock", "时钟"};
    out.found = base::iso8601_local(facts.now);
    if (facts.now < first_day) {
        out.verdict = Verdict::failed;
        out.mend = "时间不对：连上网校时，或手工设时；主板电池可能没电了";
    } else if (!facts.clock_synchronised) {
        out.verdict = Verdict::attention;
        out.found += "，没有和时间服务器对过";
        out.mend = "检查网络和校时服务";
    } else {
        out.verdict = Verdict::passed;
        out.found += "，已校时";
    }
    return out;
}

Check swap_check(const MachineFacts& facts) {
    Check out{"swap", "交换区"};
    if (!facts.sees_kernel) return not_seen(std::move(out));
    out.verdict = facts.swap_bytes == 0 ? Verdict::passed : Verdict::attention;
    out.found = facts.swap_bytes == 0 ? "没有" : "在硬盘上，" + megabytes(facts.swap_bytes);
    if (facts.swap_bytes > 0) out.mend = "关掉：内存里的内容会被写到硬盘上";
    return out;
}

// A dump of a program's memory would hold what a citizen typed.
Check dumps_check(const MachineFacts& facts) {
    Check out{"core_dumps", "崩溃转储"};
    if (!facts.sees_kernel) return not_seen(std::move(out));
    const bool off = facts.core_pattern.empty() || facts.core_pattern == "|/bin/false";
    out.verdict = off ? Verdict::passed : Verdict::attention;
    out.found = off ? "已关闭" : "没有关闭（" + facts.core_pattern + "）";
    if (!off) out.mend = "装上 citizen-window-kiosk 的 sysctl 设置并重启";
    return out;
}

}  // namespace

MachineFacts read_machine(const std::string& state_folder, const base::Clock& clock,
                          const std::string& root) {
    MachineFacts out;
    out.now = clock.now();
    out.system = system_name(text_of(root + "etc/os-release"));
    out.model = text_of(root + "sys/class/dmi/id/product_name");
    if (out.model.empty()) out.model = text_of(root + "proc/device-tree/model");
    // The id itself is for this machine alone (machine-id(5)).
    if (const auto id = text_of(root + "etc/machine-id"); !id.empty())
        out.number = base::to_hex(
            base::ByteView(offline::sealing::digest(domain::SuiteId::one,
                                                    base::to_bytes("citizen-window " + id)))
                .first(8));
    struct statvfs disk {};
    if (statvfs(state_folder.c_str(), &disk) == 0) {
        out.disk_bytes = static_cast<std::int64_t>(disk.f_blocks * disk.f_frsize);
        out.disk_free = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
    }
    out.write_error = error_of_a_trial(state_folder);
    const std::string memory = text_of(root + "proc/meminfo");
    out.sees_kernel = !memory.empty();
    out.memory_bytes = number_behind(memory, "MemTotal:") * 1024;
    if (struct sysinfo said{}; !out.sees_kernel && ::sysinfo(&said) == 0)
        out.memory_bytes = static_cast<std::int64_t>(said.totalram) * said.mem_unit;
    out.memory_available = number_behind(memory, "MemAvailable:") * 1024;
    out.swap_bytes = swap_on_disks(text_of(root + "proc/swaps"));
    out.core_pattern = text_of(root + "proc/sys/kernel/core_pattern");
    timex asked{};
    // A sandbox may forbid the question; systemd-timesyncd leaves a mark then.
    out.clock_synchronised =
        adjtimex(&asked) >= 0
            ? (asked.status & STA_UNSYNC) == 0
            : access((root + "run/systemd/timesync/synchronized").c_str(), F_OK) == 0;
    out.up = base::Millis{number_behind(text_of(root + "proc/uptime"), "") * 1000};
    return out;
}

std::vector<Check> machine_checks(const MachineFacts& facts) {
    std::vector<Check> out{disk_check(facts), memory_check(facts), clock_check(facts),
                           swap_check(facts), dumps_check(facts)};
    for (auto& check : out) check.at = facts.now;
    return out;
}

}  // namespace provisioning::diagnostics
