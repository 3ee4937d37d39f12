#include "drivers/id_card/emulated/emulated_serial_reader.hpp"

#include "base/assert.hpp"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace drivers::id_card {

namespace {

constexpr int look_every_ms = 20;  // whether the reader is to be unplugged

speed_t as_speed(int baud) {
    switch (baud) {
        case 57600:
            return B57600;
        case 38400:
            return B38400;
        case 19200:
            return B19200;
        case 9600:
            return B9600;
        default:
            return B115200;
    }
}

// On Linux the settings of a pseudo-terminal's near end can be read from its far end.
bool is_at(int line, int baud) {
    termios settings{};
    return ::tcgetattr(line, &settings) == 0 && ::cfgetospeed(&settings) == as_speed(baud);
}

}  // namespace

EmulatedSerialReader::EmulatedSerialReader(std::string path, int speed)
    : path_(std::move(path)), speed_(speed) {
    plug();
}
EmulatedSerialReader::~EmulatedSerialReader() {
    unplug();
}

void EmulatedSerialReader::plug() {
    if (worker_.joinable()) unplug();
    const int line = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    std::array<char, 128> name{};
    KIOSK_ASSERT(line >= 0 && ::grantpt(line) == 0 && ::unlockpt(line) == 0 &&
                 ::ptsname_r(line, name.data(), name.size()) == 0);
    sam_.powered();
    ::unlink(path_.c_str());
    KIOSK_ASSERT(::symlink(name.data(), path_.c_str()) == 0);
    worker_ = std::jthread([this, line](std::stop_token stop) { serve(stop, line); });
}

void EmulatedSerialReader::unplug() {
    ::unlink(path_.c_str());
    worker_ = std::jthread();  // stops, ends, closes the line
}

void EmulatedSerialReader::cut_replies(std::size_t bytes) {
    cut_ = bytes;
}
void EmulatedSerialReader::drip(std::size_t bytes) {
    drip_ = bytes;
}

void EmulatedSerialReader::serve(std::stop_token stop, int line) {
    while (!stop.stop_requested()) {
        pollfd watched{line, POLLIN, 0};
        // While nobody has the near end open, poll says so at once.
        if (::poll(&watched, 1, look_every_ms) <= 0) continue;
        if ((watched.revents & POLLIN) == 0) {
            ::poll(nullptr, 0, look_every_ms);
            continue;
        }
        std::array<std::uint8_t, 256> heard;
        const auto got = ::read(line, heard.data(), heard.size());
        if (got <= 0 || !is_at(line, speed_)) continue;
        const auto reply = sam_.hear({heard.data(), static_cast<std::size_t>(got)});
        if (reply && !answer(line, *reply)) break;
    }
    ::close(line);
}

bool EmulatedSerialReader::answer(int line, const EmulatedSam::Answer& answer) {
    base::ByteView left(answer.frame);
    const auto cut = cut_.load();
    const bool pulled = cut > 0 && answer.to == read_text_and_photo && cut < left.size();
    if (pulled) left = left.first(cut);
    const auto piece = drip_ == 0 ? left.size() : drip_.load();
    while (!left.empty()) {
        const auto put = ::write(line, left.data(), std::min(piece, left.size()));
        if (put <= 0) return false;
        left = left.subspan(static_cast<std::size_t>(put));
        if (drip_ != 0) ::poll(nullptr, 0, 1);
    }
    return !pulled;
}

}  // namespace drivers::id_card
