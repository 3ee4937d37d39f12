#include "provisioning/diagnostics/plain_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>

namespace provisioning::diagnostics {

namespace {

std::optional<std::string> read_plain(int folder, const char* name, std::size_t bytes_max) {
    const int file = ::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    std::optional<std::string> out;
    struct stat state {};
    if (::fstat(file, &state) == 0 && S_ISREG(state.st_mode) &&
        static_cast<std::size_t>(state.st_size) <= bytes_max) {
        std::string text(static_cast<std::size_t>(state.st_size), '\0');
        std::size_t filled = 0;
        while (filled < text.size()) {
            const auto got = ::read(file, text.data() + filled, text.size() - filled);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) break;
            filled += static_cast<std::size_t>(got);
        }
        text.resize(filled);
        out = std::move(text);
    }
    ::close(file);
    return out;
}

}  // namespace

std::vector<PlainFile> plain_files_in(const std::string& folder, const std::string& ending,
                                      std::size_t bytes_max) {
    std::vector<PlainFile> out;
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (opened < 0) return out;
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(opened), ::closedir);
    if (!entries) {
        ::close(opened);
        return out;
    }
    while (const auto* entry = ::readdir(entries.get())) {
        const std::string name = &entry->d_name[0];
        if (!name.ends_with(ending)) continue;
        if (auto text = read_plain(opened, name.c_str(), bytes_max))
            out.push_back({name, std::move(*text)});
    }
    std::ranges::sort(out, {}, &PlainFile::name);
    return out;
}

}  // namespace provisioning::diagnostics
