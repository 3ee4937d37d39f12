#include "drivers/qr/scanner/wires/serial_wire.hpp"

#include "drivers/qr/scanner/codec/serial_codes.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <cerrno>
#include <cstring>

namespace drivers::qr {

namespace {

bool set_raw(int port) {
    termios settings{};
    if (::tcgetattr(port, &settings) != 0) return false;
    ::cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    ::cfsetspeed(&settings, B115200);
    if (::tcsetattr(port, TCSANOW, &settings) != 0) return false;
    const int ready = TIOCM_DTR;
    ::ioctl(port, TIOCMBIS, &ready);  // a port without the line needs none
    return true;
}

}  // namespace

base::Result<OpenScanner> SerialScannerWire::open() {
    FileDescriptor port(::open(path_.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!port)
        return base::fail(errno == ENOENT || errno == ENXIO || errno == ENODEV
                              ? base::FaultCode::CodeScannerAbsent
                              : base::FaultCode::CodeScannerNotHeld,
                          path_ + ": " + std::strerror(errno));
    if (!set_raw(port.number()))
        return base::fail(base::FaultCode::CodeScannerWrongMode, path_ + " is no serial port");
    OpenScanner open;
    open.lines.push_back(std::move(port));
    open.decoder = std::make_unique<SerialCodes>();
    return open;
}

}  // namespace drivers::qr
