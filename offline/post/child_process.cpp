#include "offline/post/child_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

extern "C" {  // glibc 2.36 forgets to say so itself
#include <sys/pidfd.h>
}

namespace offline::post {

namespace {

base::Result<pid_t> spawn(std::vector<std::string>& command, int output) {
    std::vector<char*> arguments;
    for (auto& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (output >= 0) {
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    } else {
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    // The post's own signals are blocked; this process ends by them.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t child = 0;
    const int error =
        ::posix_spawn(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) return base::fail(base::FaultCode::InternalError, std::strerror(error));
    return child;
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

base::Result<ChildProcess> ChildProcess::start(std::vector<std::string> command, Output output) {
    std::array<int, 2> pipe{-1, -1};
    if (output == Output::heard && ::pipe2(pipe.data(), O_CLOEXEC) != 0)
        return base::fail(base::FaultCode::InternalError, std::strerror(errno));
    Descriptor ours(pipe[0]);
    const Descriptor theirs(pipe[1]);
    const pid_t child = TRY(spawn(command, theirs.get()));
    Descriptor process(::pidfd_open(child, 0));
    if (!process.is_open()) {
        const int error = errno;
        ::kill(child, SIGKILL);  // not reaped yet: the number is still its own
        wait_for(child);
        return base::fail(base::FaultCode::InternalError, std::strerror(error));
    }
    return ChildProcess(child, std::move(process), std::move(ours));
}

void ChildProcess::tell(int signal) const {
    ::pidfd_send_signal(process_.get(), signal, nullptr, 0);
}

int ChildProcess::reap() const {
    return wait_for(number_);
}

}  // namespace offline::post
