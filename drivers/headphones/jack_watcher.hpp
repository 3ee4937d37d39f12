// Watches the jack on its own thread: says HeadphonesChanged when the switch moves, and once at the
// start and after the device came back when it stands otherwise than was said. A jack that goes
// away (a USB sound card) counts as unplugged: what is personal must not find a loudspeaker. One
// that is not there is looked for when something was plugged in, and every two seconds.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/headphones/jack_source.hpp"
#include "drivers/headphones/switch_events.hpp"
#include "drivers/health_report.hpp"
#include "drivers/supervision/recovery.hpp"

#include <memory>
#include <thread>

namespace drivers::headphones {

class JackWatcher final : public Headphones {
  public:
    // `clock` and what `sink` refers to must outlive it.
    JackWatcher(std::unique_ptr<JackSource> source, const base::Clock& clock, DeviceSink sink);
    ~JackWatcher() override;
    JackWatcher(const JackWatcher&) = delete;
    JackWatcher& operator=(const JackWatcher&) = delete;

    domain::DeviceHealth health() const override { return health_.now(); }

  private:
    void run(std::stop_token stop);
    void watch(OpenJack jack, std::stop_token stop);
    void say(bool plugged);
    void gone(base::Fault fault);
    // Until there is something to read (true), or the stop, a plugging or the time came first. No
    // descriptor is < 0.
    bool wait(int descriptor, int milliseconds) const;
    void wake() const;

    const DeviceSink sink_;
    HealthReport health_;
    bool plugged_ = false;  // the worker's: what was said last
    const Descriptor interrupt_;
    supervision::Recovery recovery_;
    const std::unique_ptr<JackSource> source_;  // after what it tells of plugging

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::headphones
