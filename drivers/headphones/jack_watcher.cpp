#include "drivers/headphones/jack_watcher.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace drivers::headphones {

namespace {

constexpr int look_again_ms = 2000;  // for a jack that is not there

}  // namespace

JackWatcher::JackWatcher(std::unique_ptr<JackSource> source, DeviceSink sink)
    : source_(std::move(source)),
      sink_(sink),
      health_(domain::DeviceKind::headphones, std::move(sink)),
      interrupt_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

JackWatcher::~JackWatcher() {
    worker_.request_stop();
    ::eventfd_write(interrupt_.number(), 1);
}

void JackWatcher::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        if (auto jack = source_->open()) {
            health_.ready();
            watch(std::move(*jack), stop);
        } else {
            say(false);
            health_.unavailable(jack.error());
            wait(-1, look_again_ms);
        }
    }
}

void JackWatcher::watch(OpenJack jack, std::stop_token stop) {
    SwitchEvents events;
    say(jack.plugged);
    while (!stop.stop_requested()) {
        if (!wait(jack.events.number(), -1)) continue;
        std::array<std::uint8_t, 1024> bytes;
        const auto got = ::read(jack.events.number(), bytes.data(), bytes.size());
        if (got > 0) {
            if (const auto said = events.take({bytes.data(), static_cast<std::size_t>(got)}))
                say(*said);
        } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            say(false);  // ENODEV: it was pulled out
            health_.unavailable({base::FaultCode::HeadphoneJackAbsent, "gone"});
            wait(-1, look_again_ms);
            return;
        }
    }
}

void JackWatcher::say(bool plugged) {
    if (std::exchange(plugged_, plugged) != plugged) sink_(HeadphonesChanged{plugged});
}

bool JackWatcher::wait(int descriptor, int milliseconds) const {
    std::array<pollfd, 2> waiting{{{interrupt_.number(), POLLIN, 0}, {descriptor, POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), milliseconds) <= 0) return false;
    return waiting[1].revents != 0;
}

}  // namespace drivers::headphones
