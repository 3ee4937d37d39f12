#include "drivers/id_card/wires/serial_wire.hpp"

#include "base/secret.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

namespace drivers::id_card {

namespace {

using base::FaultCode;

constexpr base::Millis write_limit{1000};
constexpr base::Millis drain_slice{20};
constexpr std::size_t drain_pieces_max = 64;

constexpr std::array<std::pair<int, speed_t>, 5> speeds{
    {{115200, B115200}, {57600, B57600}, {38400, B38400}, {19200, B19200}, {9600, B9600}}};

std::optional<speed_t> speed_of(int baud) {
    for (const auto& [number, speed] : speeds)
        if (number == baud) return speed;
    return std::nullopt;
}

bool make_raw(int descriptor, speed_t speed) {
    termios settings{};
    if (::tcgetattr(descriptor, &settings) != 0) return false;
    ::cfmakeraw(&settings);  // 8 bits, no parity, nothing translated
    settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 0;
    return ::cfsetispeed(&settings, speed) == 0 && ::cfsetospeed(&settings, speed) == 0 &&
           ::tcsetattr(descriptor, TCSANOW, &settings) == 0;
}

const char* why_not_open() {
    switch (errno) {
        case ENOENT:
        case ENXIO:
        case ENODEV:
            return "";
        case EACCES:
        case EPERM:
            return "access";
        case EBUSY:
            return "busy";
        default:
            return "open";
    }
}

auto unplugged() {
    return base::fail(FaultCode::CardReaderUnplugged);
}

}  // namespace

SerialWire::SerialWire(SerialPort port) : port_(std::move(port)) {}
SerialWire::~SerialWire() {
    close();
}

base::Status SerialWire::open() {
    close();
    const auto speed = port_.speed == any_speed ? speeds.at(turn_).second : speed_of(port_.speed);
    if (!speed) return base::fail(FaultCode::CardReaderAbsent, "speed");
    descriptor_ = ::open(port_.path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor_ < 0) return base::fail(FaultCode::CardReaderAbsent, why_not_open());
    // Two programs on one line would read each other's people.
    if (::ioctl(descriptor_, TIOCEXCL) != 0 || !make_raw(descriptor_, *speed)) {
        close();
        return base::fail(FaultCode::CardReaderAbsent, "not a serial port");
    }
    return {};
}

void SerialWire::close() {
    if (descriptor_ < 0) return;
    ::ioctl(descriptor_, TIOCNXCL);
    ::close(std::exchange(descriptor_, -1));
}

bool SerialWire::take_next_way() {
    if (port_.speed != any_speed) return false;
    turn_ = (turn_ + 1) % speeds.size();
    return turn_ != 0;
}

base::Result<SerialWire::Ready> SerialWire::wait_for(short event, base::Millis limit) const {
    pollfd watched{descriptor_, event, 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(limit.count()));
    if (ready < 0 && errno != EINTR) return unplugged();
    if (ready <= 0) return Ready::not_yet;
    if ((watched.revents & event) == 0) return unplugged();  // hung up
    return Ready::now;
}

base::Status SerialWire::send(base::ByteView frame) {
    // One command, one reply: what waits here answers nothing that is still asked.
    if (::tcflush(descriptor_, TCIFLUSH) != 0) return unplugged();
    while (!frame.empty()) {
        if (TRY(wait_for(POLLOUT, write_limit)) == Ready::not_yet)
            return base::fail(FaultCode::CardReaderSilent, "timeout");
        const auto put = ::write(descriptor_, frame.data(), frame.size());
        if (put < 0 && errno != EAGAIN && errno != EINTR) return unplugged();
        if (put > 0) frame = frame.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

base::Result<std::size_t> SerialWire::receive(std::span<std::uint8_t> room, Awaited awaited,
                                              base::Millis limit) {
    if (TRY(wait_for(POLLIN, limit)) == Ready::not_yet) return std::size_t{0};
    const auto got = ::read(descriptor_, room.data(), std::min(room.size(), awaited.bytes));
    if (got > 0) return static_cast<std::size_t>(got);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::size_t{0};
    return unplugged();
}

void SerialWire::drain() {
    std::array<std::uint8_t, 512> waste;
    for (std::size_t i = 0; i < drain_pieces_max; ++i)
        if (const auto got = receive(waste, {waste.size(), true}, drain_slice); !got || *got == 0)
            break;
    base::wipe_memory(waste.data(), waste.size());
}

}  // namespace drivers::id_card
