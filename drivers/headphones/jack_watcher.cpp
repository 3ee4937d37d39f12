#include "drivers/headphones/jack_watcher.hpp"

#include "base/pulse.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace drivers::headphones {

namespace {

constexpr base::Millis look_every{2000};  // each look opens every input device

}  // namespace

JackWatcher::JackWatcher(std::unique_ptr<JackSource> source, const base::Clock& clock,
                         DeviceSink sink)
    : sink_(sink),
      health_(domain::DeviceKind::headphones, std::move(sink)),
      interrupt_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      recovery_(clock, look_every),
      source_(std::move(source)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

JackWatcher::~JackWatcher() {
    worker_.request_stop();
    wake();
}

void JackWatcher::wake() const {
    ::eventfd_write(interrupt_.number(), 1);
}

void JackWatcher::run(std::stop_token stop) {
    const base::Pulse pulse("headphones");
    source_->on_plugging([this] {
        recovery_.plugging();
        wake();
    });
    while (!stop.stop_requested()) {
        if (!recovery_.is_due()) {
            wait(-1, static_cast<int>(recovery_.pause().count()));
        } else if (auto jack = source_->open()) {
            health_.ready();
            watch(std::move(*jack), stop);
        } else {
            gone(jack.error());
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
            return gone({base::FaultCode::HeadphoneJackAbsent, "gone"});  // ENODEV: pulled out
        }
    }
}

void JackWatcher::say(bool plugged) {
    if (std::exchange(plugged_, plugged) != plugged) sink_(HeadphonesChanged{plugged});
}

void JackWatcher::gone(base::Fault fault) {
    say(false);
    health_.unavailable(recovery_.absent(std::move(fault)));
}

bool JackWatcher::wait(int descriptor, int milliseconds) const {
    std::array<pollfd, 2> waiting{{{interrupt_.number(), POLLIN, 0}, {descriptor, POLLIN, 0}}};
    const base::Pulse::Rest rest;
    if (::poll(waiting.data(), waiting.size(), milliseconds) <= 0) return false;
    eventfd_t woken = 0;
    ::eventfd_read(interrupt_.number(), &woken);
    return waiting[1].revents != 0;
}

}  // namespace drivers::headphones
