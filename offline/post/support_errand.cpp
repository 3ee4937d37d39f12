#include "offline/post/support_errand.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace offline::post {

namespace {

constexpr int longest_ms = 5 * 60'000;

}  // namespace

base::Result<std::unique_ptr<SupportErrand>> SupportErrand::begin(std::vector<std::string> command,
                                                                  std::function<void()> wake) {
    std::vector<char*> arguments;
    for (auto& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int stream = 0; stream < 3; ++stream)
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
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
    const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    if (descriptor < 0) {
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        return base::fail(base::FaultCode::InternalError, std::strerror(errno));
    }
    return std::unique_ptr<SupportErrand>(new SupportErrand(child, descriptor, std::move(wake)));
}

SupportErrand::SupportErrand(int child, int descriptor, std::function<void()> wake)
    : child_(child), descriptor_(descriptor), wake_(std::move(wake)), thread_([this] { wait(); }) {}

SupportErrand::~SupportErrand() {
    // By its descriptor: the number may be another's by now.
    ::syscall(SYS_pidfd_send_signal, descriptor_, SIGKILL, nullptr, 0);
    thread_.join();
    ::close(descriptor_);
}

void SupportErrand::wait() {
    pollfd asked{descriptor_, POLLIN, 0};
    int ready = 0;
    while ((ready = ::poll(&asked, 1, longest_ms)) < 0 && errno == EINTR) {
    }
    if (ready <= 0) ::syscall(SYS_pidfd_send_signal, descriptor_, SIGKILL, nullptr, 0);
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
    {
        const std::lock_guard lock(mutex_);
        ended_ = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    wake_();
}

std::optional<bool> SupportErrand::ended() const {
    const std::lock_guard lock(mutex_);
    return ended_;
}

}  // namespace offline::post
