#include "ui/speech/espeak_process.hpp"

#include "base/secret.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

extern char** environ;

namespace ui::speech {

namespace {

constexpr std::size_t wav_header_bytes = 44;

struct Pipe {
    int read = -1, write = -1;
    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) read = ends[0], write = ends[1];
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close(read);
        close(write);
    }
    static void close(int& end) {
        if (end >= 0) ::close(std::exchange(end, -1));
    }
};

void write_all(int to, std::string_view text) {
    while (!text.empty()) {
        const auto put = ::write(to, text.data(), text.size());
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return;  // it ended early; its silence says so
        text.remove_prefix(static_cast<std::size_t>(put));
    }
}

}  // namespace

base::Result<EspeakProcess> EspeakProcess::start(const std::string& program,
                                                 const std::string& voice, int words_a_minute,
                                                 std::string_view text) {
    Pipe in, out;
    const auto missing = [&] { return base::fail(base::FaultCode::SpeechProgramMissing, program); };
    if (in.write < 0 || out.write < 0) return missing();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string name = program, speed = std::to_string(words_a_minute), spoken_by = voice;
    std::string voice_flag = "-v", speed_flag = "-s", in_flag = "--stdin", out_flag = "--stdout";
    std::array<char*, 8> arguments{
        name.data(),  voice_flag.data(), spoken_by.data(), speed_flag.data(),
        speed.data(), in_flag.data(),    out_flag.data(),  nullptr};
    pid_t pid = -1;
    const int failed =
        ::posix_spawnp(&pid, name.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return missing();
    Pipe::close(in.read);
    write_all(in.write, text);
    return EspeakProcess(pid, std::exchange(out.read, -1));
}

EspeakProcess::EspeakProcess(EspeakProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      bytes_(std::move(other.bytes_)),
      header_passed_(other.header_passed_) {}

EspeakProcess::~EspeakProcess() {
    if (output_ >= 0) ::close(output_);
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    base::wipe(bytes_);
}

EspeakProcess::Read EspeakProcess::read(std::vector<std::int16_t>& samples, int interrupt) {
    samples.clear();
    std::array<std::uint8_t, 8192> block;
    while (samples.empty()) {
        std::array<pollfd, 2> waiting{{{output_, POLLIN, 0}, {interrupt, POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[1].revents != 0) return Read::interrupted;
        const auto got = ::read(output_, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return Read::end;
        bytes_.insert(bytes_.end(), block.begin(), block.begin() + got);
        if (!header_passed_) {
            if (bytes_.size() < wav_header_bytes) continue;
            bytes_.erase(bytes_.begin(), bytes_.begin() + wav_header_bytes);
            header_passed_ = true;
        }
        samples.resize(bytes_.size() / sizeof(std::int16_t));
        std::memcpy(samples.data(), bytes_.data(), samples.size() * sizeof(std::int16_t));
        bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(
                                                          samples.size() * sizeof(std::int16_t)));
    }
    return Read::samples;
}

}  // namespace ui::speech
