// kiosk-photo-decoder-training: the plug-in for emulated cards, whose photo is a zero-padded WebP.
// Contract: README.md of drivers/id_card. Before the first byte is read the process gives up
// everything but reading, writing and memory; anything else kills it. It links nothing of the
// project.
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <webp/decode.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace {

constexpr std::size_t chip_photo_size = 1024;
constexpr int width = 102;
constexpr int height = 126;
constexpr std::size_t rgb_size = std::size_t{width} * height * 3;

bool lock_in() {
    constexpr rlimit no_files{0, 0}, one_second{1, 1}, memory{64u << 20, 64u << 20};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        ::setrlimit(RLIMIT_FSIZE, &no_files) != 0 || ::setrlimit(RLIMIT_CPU, &one_second) != 0 ||
        ::setrlimit(RLIMIT_AS, &memory) != 0)
        return false;
    auto* const filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == nullptr) return false;
    bool allowed = true;
    for (const int call : {SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(exit), SCMP_SYS(exit_group),
                           SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap),
                           SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(getrandom)})
        allowed = allowed && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    allowed = allowed && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return allowed;
}

template <std::size_t Size>
bool read_all(std::array<std::uint8_t, Size>& into) {
    std::size_t have = 0;
    while (have < into.size()) {
        const auto got = ::read(STDIN_FILENO, into.data() + have, into.size() - have);
        if (got <= 0) return false;
        have += static_cast<std::size_t>(got);
    }
    return true;
}

template <std::size_t Size>
bool write_all(const std::array<std::uint8_t, Size>& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto put = ::write(STDOUT_FILENO, bytes.data() + done, bytes.size() - done);
        if (put <= 0) return false;
        done += static_cast<std::size_t>(put);
    }
    return true;
}

}  // namespace

int main() {
    static std::array<std::uint8_t, chip_photo_size> photo;
    static std::array<std::uint8_t, rgb_size> rgb;
    if (!lock_in() || !read_all(photo)) return 1;
    int has_width = 0, has_height = 0;
    if (WebPGetInfo(photo.data(), photo.size(), &has_width, &has_height) == 0 ||
        has_width != width || has_height != height ||
        WebPDecodeRGBInto(photo.data(), photo.size(), rgb.data(), rgb.size(), width * 3) == nullptr)
        return 2;
    return write_all(rgb) ? 0 : 3;
}
