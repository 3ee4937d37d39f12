#include "offline/post/courier_errand.hpp"

#include "base/bytes.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

extern "C" {  // glibc 2.36 forgets to say so itself
#include <sys/pidfd.h>
}

namespace offline::post {

namespace {

using base::FaultCode;

constexpr std::size_t line_bytes_max = 400;  // of a message's text
constexpr std::size_t lines_max = 200;       // that nobody has taken yet
constexpr int patience_ms = 3000;            // with one that was told to end
constexpr int refused_something = 4;         // exit of the command

const char* command_of(domain::CourierWork work) {
    switch (work) {
        case domain::CourierWork::register_stick:
            return "register-stick";
        case domain::CourierWork::export_bundle:
            return "export";
        case domain::CourierWork::import_returns:
            return "import";
        case domain::CourierWork::list:
            break;
    }
    return "bundles";
}

base::Fault fault_in(std::string_view told) {
    const auto space = std::min(told.find(' '), told.size());
    for (int i = 0; i < base::fault_code_count; ++i) {
        const auto code = static_cast<FaultCode>(i);
        if (base::name(code) == told.substr(0, space))
            return {code, std::string(told.substr(std::min(space + 1, told.size())))};
    }
    return {FaultCode::InternalError, "courier"};
}

}  // namespace

base::Result<std::unique_ptr<CourierErrand>> CourierErrand::begin(std::vector<std::string> command,
                                                                  domain::CourierWork work,
                                                                  const std::string& stick_folder,
                                                                  std::function<void()> wake) {
    command.emplace_back("--for-program");
    command.emplace_back(command_of(work));
    if (work != domain::CourierWork::list) command.push_back(stick_folder);
    std::vector<char*> arguments;
    for (auto& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
        return base::fail(FaultCode::InternalError, std::strerror(errno));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1);
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
    ::close(pipe[1]);
    if (error != 0) {
        ::close(pipe[0]);
        return base::fail(FaultCode::InternalError, std::strerror(error));
    }
    return std::unique_ptr<CourierErrand>(new CourierErrand(child, pipe[0], std::move(wake)));
}

CourierErrand::CourierErrand(pid_t child, int output, std::function<void()> wake)
    : child_(child),
      process_(::pidfd_open(child, 0)),
      output_(output),
      wake_(std::move(wake)),
      thread_([this] { read(); }) {}

CourierErrand::~CourierErrand() {
    // By its descriptor: never another process that got the same number.
    if (process_.is_open()) ::pidfd_send_signal(process_.get(), SIGTERM, nullptr, 0);
    stop_.ring();
    thread_.join();
}

void CourierErrand::take_line(std::string line) {
    if (line.empty()) return;
    if (line.front() == courier_fault_mark) {
        fault_ = fault_in(std::string_view(line).substr(1));
        return;
    }
    if (!base::is_valid_utf8(line)) return;
    {
        const std::lock_guard lock(mutex_);
        if (news_.lines.size() >= lines_max) news_.lines.erase(news_.lines.begin());
        news_.lines.push_back(std::move(line));
    }
    wake_();
}

// True while more may come.
bool CourierErrand::read_some(std::string& line) {
    std::array<char, 4096> block{};
    const auto got = ::read(output_.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) return false;
    for (const char c : std::string_view(block.data(), static_cast<std::size_t>(got))) {
        if (c == '\n')
            take_line(std::exchange(line, {}));
        else if (line.size() < line_bytes_max)
            line += c;
    }
    return true;
}

void CourierErrand::read() {
    std::string line;
    bool speaking = true, stopping = false;
    for (;;) {
        std::array<pollfd, 3> waits{{{process_.get(), POLLIN, 0},
                                     {speaking ? output_.get() : -1, POLLIN, 0},
                                     {stopping ? -1 : stop_.descriptor(), POLLIN, 0}}};
        const int ready = ::poll(waits.data(), waits.size(), stopping ? patience_ms : -1);
        // One that a hanging stick holds does not hold up the post: whoever is left when it ends
        // at last reaps it.
        if (ready == 0) return;
        if (ready < 0) continue;
        stopping = stopping || waits[2].revents != 0;
        if (waits[1].revents != 0) speaking = read_some(line);
        if (waits[0].revents != 0 && waits[1].revents == 0) break;  // ended, and all was read
    }
    take_line(std::move(line));
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    {
        const std::lock_guard lock(mutex_);
        if (code == 0 || code == refused_something)
            news_.ended = base::Result<bool>(code == 0);
        else
            news_.ended =
                base::fail(fault_.value_or(base::Fault{FaultCode::InternalError, "courier ended"}));
    }
    wake_();
}

CourierErrand::News CourierErrand::take_news() {
    const std::lock_guard lock(mutex_);
    News out{std::move(news_.lines), news_.ended};
    news_.lines.clear();
    return out;
}

}  // namespace offline::post
