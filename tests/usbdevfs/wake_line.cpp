#include "wake_line.hpp"

#include "base/assert.hpp"

#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <utility>

namespace usbdevfs {

WakeLine::WakeLine() {
    char name[64] = {};
    termios raw{};
    ::cfmakeraw(&raw);
    KIOSK_ASSERT(::openpty(&master_, &slave_, name, &raw, nullptr) == 0);
    path_ = name;
    set_ready(false);
}

WakeLine::~WakeLine() {
    hang_up();
    ::close(slave_);
}

void WakeLine::set_ready(bool ready) {
    if (master_ >= 0) ::tcflow(slave_, ready ? TCOON : TCOOFF);
}

void WakeLine::hang_up() {
    if (master_ >= 0) ::close(std::exchange(master_, -1));
}

}  // namespace usbdevfs
