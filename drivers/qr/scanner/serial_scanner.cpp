#include "drivers/qr/scanner/serial_scanner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace drivers::qr {

namespace {

constexpr base::Millis look_again{1000};
constexpr int wait_ms = 20;  // well below the silence that ends a code

class Port {
  public:
    // Bytes as they are, at 115200 (CDC takes any), the terminal ready.
    explicit Port(const std::string& path)
        : number_(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) {
        termios settings{};
        if (number_ < 0) return;
        if (::tcgetattr(number_, &settings) == 0) {
            ::cfmakeraw(&settings);
            settings.c_cflag |= CLOCAL | CREAD;
            ::cfsetspeed(&settings, B115200);
            if (::tcsetattr(number_, TCSANOW, &settings) == 0) {
                const int ready = TIOCM_DTR;
                ::ioctl(number_, TIOCMBIS, &ready);  // a port without the line needs none
                return;
            }
        }
        ::close(std::exchange(number_, -1));  // no serial port
    }
    ~Port() {
        if (number_ >= 0) ::close(number_);
    }
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};

}  // namespace

SerialScanner::SerialScanner(std::string path, const base::Clock& clock, DeviceSink sink)
    : path_(std::move(path)),
      clock_(clock),
      sink_(std::move(sink)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void SerialScanner::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        if (const Port port(path_); port.number() >= 0) listen(port.number(), stop);
        codes_.forget();
        if (const auto change = wanted_.wait_change(stop, seen_, look_again))
            asked_ = change->request;
    }
}

void SerialScanner::listen(int port, std::stop_token stop) {
    std::array<std::uint8_t, 512> buffer{};
    while (!stop.stop_requested()) {
        pollfd ready{port, POLLIN, 0};
        const int found = ::poll(&ready, 1, wait_ms);
        if (const auto change = wanted_.wait_change(stop, seen_, base::Millis{0})) {
            asked_ = change->request;
            codes_.forget();
            ::tcflush(port, TCIFLUSH);
            continue;
        }
        std::size_t size = 0;
        if (found > 0) {
            const auto got = ::read(port, buffer.data(), buffer.size());
            const bool again = got < 0 && (errno == EAGAIN || errno == EINTR);
            if (got <= 0 && !again) return;  // unplugged
            if (got > 0) size = static_cast<std::size_t>(got);
        }
        say(codes_.take(base::ByteView(buffer).first(size), clock_.steady()));
        base::wipe_memory(buffer.data(), size);
    }
}

void SerialScanner::say(std::vector<base::SecretText> codes) {
    if (!asked_) return;
    for (auto& code : codes)
        wanted_.while_current(seen_, [&] { sink_(CodeSeen{*asked_, std::move(code)}); });
}

}  // namespace drivers::qr
