// The devices of a terminal while a technician looks at them: what they say comes in one line, and
// the newest health of each is kept. One thread.
#pragma once

#include "base/bounded_queue.hpp"
#include "drivers/device_set.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace provisioning::technician {

using MakeDevices = std::function<drivers::DeviceSet(drivers::DeviceSink)>;

class DevicesAtWork {
  public:
    explicit DevicesAtWork(const MakeDevices& make);

    drivers::DeviceSet& devices() { return devices_; }
    const domain::TerminalHealth& health() const { return health_; }
    domain::DeviceHealth health_of(domain::DeviceKind kind) const;

    // What came next; none when `limit` passed or the stop was asked.
    std::optional<drivers::DeviceEvent> next(std::stop_token stop, base::Millis limit);
    // The next event of one kind; the others pass.
    template <class Event>
    std::optional<Event> next_of(std::stop_token stop, base::Millis limit,
                                 const base::Clock& clock) {
        const auto until = clock.steady() + limit;
        for (auto left = limit; left.count() > 0; left = until - clock.steady())
            if (auto event = next(stop, left)) {
                if (auto* wanted = std::get_if<Event>(&*event)) return std::move(*wanted);
            } else {
                break;
            }
        return std::nullopt;
    }
    // Waits until every device has said how it is, at most `limit`.
    void settle(std::stop_token stop, base::Millis limit, const base::Clock& clock);
    // The same for one that not every terminal has.
    void hear_of(domain::DeviceKind kind, std::stop_token stop, base::Millis limit,
                 const base::Clock& clock);

  private:
    template <class Said>
    void wait_until(Said said, std::stop_token stop, base::Millis limit, const base::Clock& clock);
    static constexpr std::size_t line_length = 1024;
    std::shared_ptr<base::BoundedQueue<drivers::DeviceEvent>> line_ =
        std::make_shared<base::BoundedQueue<drivers::DeviceEvent>>(line_length);
    domain::TerminalHealth health_;
    drivers::DeviceSet devices_;
};

}  // namespace provisioning::technician
