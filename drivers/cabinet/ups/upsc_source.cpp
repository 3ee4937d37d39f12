#include "drivers/cabinet/ups/upsc_source.hpp"

#include "base/clock.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

namespace drivers::cabinet {

namespace {

constexpr base::Millis patience{3000};
constexpr std::size_t longest = 64 * 1024;

auto silent(const char* why) {
    return base::fail(base::FaultCode::UpsSilent, why);
}

// The reading end of a child's stdout, and the child: both are gone on every way out.
struct Child {
    pid_t pid = -1;
    int output = -1;

    Child() = default;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (output >= 0) ::close(output);
        if (pid > 0) end();
    }
    int end() {
        ::kill(pid, SIGKILL);  // no effect on one that has ended
        int status = 0;
        while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
        pid = -1;
        return status;
    }
};

base::Status start(Child& child, std::string program, std::string name) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return silent("pipe");
    child.output = pipe[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    std::array<char*, 3> arguments{program.data(), name.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    const int error = ::posix_spawn(&child.pid, program.c_str(), &actions, nullptr,
                                    arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    if (error != 0) {
        child.pid = -1;
        return silent("start");
    }
    return {};
}

}  // namespace

base::Result<std::string> UpscSource::ask() {
    Child child;
    TRY_STATUS(start(child, program_, name_));
    const base::SystemClock clock;
    const auto until = clock.steady() + patience;
    std::string text;
    for (;;) {
        pollfd waiting{child.output, POLLIN, 0};
        const auto left = std::max(base::Millis{0}, until - clock.steady());
        const int polled = ::poll(&waiting, 1, static_cast<int>(left.count()));
        if (polled < 0 && errno == EINTR) continue;
        if (polled <= 0) return silent("timeout");
        std::array<char, 4096> bytes{};
        const auto got = ::read(child.output, bytes.data(), bytes.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return silent("read");
        if (got == 0) break;
        text.append(bytes.data(), static_cast<std::size_t>(got));
        if (text.size() > longest) return silent("too long");
    }
    // A child that has closed its output and not ended is cut off; its words stand for themselves,
    // for without a status among them they are refused.
    return text;
}

}  // namespace drivers::cabinet
