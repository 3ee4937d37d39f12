#include "provisioning/technician/loudspeaker.hpp"

#include "base/random.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <utility>

extern char** environ;

namespace provisioning::technician {

using base::FaultCode;

namespace {

// espeak-ng ends as if it were well where there is no card: it is looked for first.
bool is_there(const std::string& cards) {
    std::ifstream list(cards);
    for (std::string line; std::getline(list, line);) {
        const auto first = line.find_first_not_of(' ');
        if (first != std::string::npos && line[first] >= '0' && line[first] <= '9') return true;
    }
    return false;
}

struct Descriptor {
    int number = -1;
    explicit Descriptor(int which) : number(which) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    void close() {
        if (number >= 0) ::close(std::exchange(number, -1));
    }
};

// Waits for its end, and ends it at the limit; its exit code, or -1.
int outcome(pid_t child, base::Millis limit) {
    const Descriptor ended(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    pollfd waiting{ended.number, POLLIN, 0};
    int ready = 0;
    do {
        ready = ::poll(&waiting, 1, static_cast<int>(limit.count()));
    } while (ready < 0 && errno == EINTR);
    if (ready <= 0) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

base::Status say_aloud(const std::string& sentence, const Loudspeaker& by) {
    if (!is_there(by.cards)) return base::fail(FaultCode::AudioDeviceMissing, "no card");
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return base::fail(FaultCode::SpeechProgramMissing, by.program);
    Descriptor words(ends[0]), mouth(ends[1]);
    // A sentence fits into any pipe, so that nobody has to read yet.
    if (sentence.size() > PIPE_BUF || ::write(mouth.number, sentence.data(), sentence.size()) !=
                                          static_cast<ssize_t>(sentence.size()))
        return base::fail(FaultCode::SpeechProgramMissing, by.program);
    mouth.close();
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, words.number, STDIN_FILENO);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
        ::posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
    std::string program = by.program, voice = by.voice, flag = "-v", in = "--stdin";
    std::array<char*, 5> arguments{program.data(), flag.data(), voice.data(), in.data(), nullptr};
    pid_t child = -1;
    const int problem =
        ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (problem != 0) return base::fail(FaultCode::SpeechProgramMissing, by.program);
    switch (outcome(child, by.limit)) {
        case 0:
            return {};
        case -1:
            return base::fail(FaultCode::AudioDeviceMissing, "silent");
        default:
            return base::fail(FaultCode::SpeechVoiceMissing, by.voice);
    }
}

unsigned random_digit() {
    constexpr unsigned digits = 10, even = 250;  // above that a byte would favour the low ones
    for (;;)
        if (const unsigned byte = base::random_bytes<1>().front(); byte < even)
            return byte % digits;
}

}  // namespace provisioning::technician
