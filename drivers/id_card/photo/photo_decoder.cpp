#include "drivers/id_card/photo/photo_decoder.hpp"

#include "base/clock.hpp"
#include "drivers/id_card/photo/plugin_confinement.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

namespace drivers::id_card {

namespace {

constexpr int portrait_width = 102;
constexpr int portrait_height = 126;
constexpr std::size_t portrait_bytes = std::size_t{portrait_width} * portrait_height * 3;
constexpr base::Millis limit{2000};

auto undecodable(const char* why) {
    return base::fail(base::FaultCode::PhotoUndecodable, why);
}

class Descriptor {
  public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(); }
    int get() const { return fd_; }
    void reset(int fd = -1) {
        if (fd_ >= 0) ::close(fd_);
        fd_ = fd;
    }

  private:
    int fd_;
};

// The time of a real child process is real time, whatever clock the session runs on.
class Deadline {
  public:
    int left_ms() const {
        return static_cast<int>(std::max(base::Millis{0}, end_ - clock_.steady()).count());
    }

  private:
    base::SystemClock clock_;
    base::Millis end_ = clock_.steady() + limit;
};

// A started child: killed and reaped on every way out.
class Child {
  public:
    explicit Child(pid_t pid)
        : pid_(pid), exited_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (pid_ > 0) end();
    }
    bool ended_well(const Deadline& deadline) {
        pollfd waiting{exited_.get(), POLLIN, 0};
        if (::poll(&waiting, 1, deadline.left_ms()) != 1) return false;
        const int status = end();
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

  private:
    int end() {
        ::kill(pid_, SIGKILL);  // no effect on one that has ended
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return status;
    }
    pid_t pid_;
    Descriptor exited_;
};

// What the plug-in starts with is what the thread has that starts it: one of its own, which gives
// up what the plug-in may not do and then ends.
base::Result<pid_t> spawn(const std::string& program, int input, int output) {
    const Descriptor nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    posix_spawn_file_actions_adddup2(&actions, output, 1);
    posix_spawn_file_actions_adddup2(&actions, nowhere.get(), 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    std::string name = program;
    std::array<char*, 2> arguments{name.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t pid = -1;
    bool confined = false;
    int error = 0;
    try {
        std::thread([&] {
            confined = confine_this_thread();
            if (confined)
                error = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(),
                                      environment.data());
        }).join();
    } catch (const std::system_error&) {  // the machine has no thread left for it
        confined = false;
    }
    posix_spawn_file_actions_destroy(&actions);
    if (!confined) return base::fail(base::FaultCode::PhotoDecoderAbsent, "confinement");
    if (error != 0) return base::fail(base::FaultCode::PhotoDecoderAbsent, "start");
    return pid;
}

// Feeds and reads at once, so that neither side can block the other. `out` has one byte to spare,
// to notice an answer that is too long.
base::Status exchange(Descriptor& input, int output, base::ByteView send, base::Bytes& out,
                      std::size_t& have, const Deadline& deadline) {
    for (;;) {
        std::array<pollfd, 2> waiting{{{output, POLLIN, 0}, {input.get(), POLLOUT, 0}}};
        const int polled = ::poll(waiting.data(), waiting.size(), deadline.left_ms());
        if (polled < 0 && errno == EINTR) continue;
        if (polled <= 0) return undecodable("timeout");
        if (waiting[1].revents != 0 && input.get() >= 0) {
            const auto put =
                ::send(input.get(), send.data(), send.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (put > 0) send = send.subspan(static_cast<std::size_t>(put));
            if (send.empty() || (put < 0 && errno != EAGAIN && errno != EINTR)) input.reset();
        }
        if (waiting[0].revents != 0) {
            if (have == out.size()) return undecodable("too long");
            const auto got = ::read(output, out.data() + have, out.size() - have);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return undecodable("read");
            if (got == 0) return {};
            have += static_cast<std::size_t>(got);
        }
    }
}

}  // namespace

bool PhotoDecoder::is_present() const {
    return !program_.empty() && ::access(program_.c_str(), X_OK) == 0;
}

base::Result<base::Secret<domain::Picture>> PhotoDecoder::decode(base::ByteView chip_photo) const {
    if (!is_present()) return base::fail(base::FaultCode::PhotoDecoderAbsent);
    if (chip_photo.empty()) return undecodable("no photo on the card");
    std::array<int, 2> sockets{}, pipe{};
    // A socket for its stdin: writing to a child that died is an error there, not a signal here.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        return undecodable("socket");
    Descriptor input(sockets[0]), child_input(sockets[1]);
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return undecodable("pipe");
    Descriptor output(pipe[0]), child_output(pipe[1]);

    const Deadline deadline;
    Child child(TRY(spawn(program_, child_input.get(), child_output.get())));
    child_input.reset();
    child_output.reset();
    domain::Picture picture{portrait_width, portrait_height, base::Bytes(portrait_bytes + 1)};
    std::size_t have = 0;
    auto exchanged = exchange(input, output.get(), chip_photo, picture.rgb, have, deadline);
    if (exchanged && !child.ended_well(deadline)) exchanged = undecodable("program failed");
    if (exchanged && have != portrait_bytes) exchanged = undecodable("size");
    if (!exchanged) {
        picture.wipe();
        return base::fail(exchanged.error());
    }
    picture.rgb.resize(portrait_bytes);
    return base::Secret(std::move(picture));
}

}  // namespace drivers::id_card
