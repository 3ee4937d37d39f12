// Health of one device as the main thread sees it: the worker says what it is, HealthChanged goes
// to the app only when it differs from before.
#pragma once

#include "base/bounded_queue.hpp"
#include "drivers/device_set.hpp"

#include <utility>

namespace drivers {

class HealthReport {
  public:
    HealthReport(domain::DeviceKind device, DeviceSink sink)
        : device_(device), sink_(std::move(sink)) {}

    void say(domain::DeviceHealth health) {
        if (health_.get() == health) return;
        health_.put(health);
        sink_(HealthChanged{device_, std::move(health)});
    }
    void ready() { say({domain::DeviceState::ready, domain::Supply::unknown, std::nullopt}); }
    void unavailable(base::Fault fault) {
        say({domain::DeviceState::unavailable, domain::Supply::unknown, std::move(fault)});
    }
    domain::DeviceHealth now() const { return health_.get().value_or(domain::DeviceHealth{}); }

  private:
    const domain::DeviceKind device_;
    const DeviceSink sink_;
    base::LatestValue<domain::DeviceHealth> health_;
};

}  // namespace drivers
