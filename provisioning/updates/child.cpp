#include "provisioning/updates/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace provisioning::updates {

namespace {

using base::FaultCode;

tl::unexpected<base::Fault> could_not(const std::string& program, int error) {
    return base::fail(FaultCode::UpdateFailed, program + ": " + std::strerror(error));
}

// False: the time is over. What is more than the bound is read and forgotten.
bool read_to_end(int from, base::Millis limit, std::string& said) {
    const base::SystemClock clock;
    const auto until = clock.steady() + limit;
    for (;;) {
        const auto left = until - clock.steady();
        if (left <= base::Millis{0}) return false;
        pollfd asked{from, POLLIN, 0};
        if (::poll(&asked, 1,
                   static_cast<int>(std::min<base::Millis>(left, std::chrono::hours(1)).count())) <=
            0)
            continue;
        std::array<char, 4096> block{};
        const auto got = ::read(from, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        const auto room = said_bytes_max - said.size();
        said.append(block.data(), std::min(room, static_cast<std::size_t>(got)));
    }
}

}  // namespace

base::Result<Ended> run_child(const std::vector<std::string>& command, base::Millis limit) {
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<std::string, 3> settings{
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
        "DEBIAN_FRONTEND=noninteractive"};
    std::array<char*, 4> environment{settings[0].data(), settings[1].data(), settings[2].data(),
                                     nullptr};
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return could_not(words[0], errno);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    // A group of its own: what it started ends with it.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    pid_t child = 0;
    const int error = ::posix_spawn(&child, arguments[0], &actions, &attributes, arguments.data(),
                                    environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    if (error != 0) {
        ::close(pipe[0]);
        return could_not(words[0], error);
    }
    Ended out;
    const bool in_time = read_to_end(pipe[0], limit, out.said);
    ::close(pipe[0]);
    if (!in_time) ::kill(-child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!in_time) return could_not(words[0], ETIMEDOUT);
    out.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return out;
}

}  // namespace provisioning::updates
