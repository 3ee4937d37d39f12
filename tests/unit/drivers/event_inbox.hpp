// What devices said, for tests: waits for the next event of a kind, bounded, and lets the others
// pass.
#pragma once

#include "base/bounded_queue.hpp"
#include "drivers/device_set.hpp"

#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <variant>

namespace drivers::testing {

class EventInbox {
  public:
    DeviceSink sink() const {
        return [queue = queue_](DeviceEvent event) { (void)queue->push(std::move(event)); };
    }
    template <class Event>
    std::optional<Event> next(std::chrono::milliseconds limit = std::chrono::seconds(20)) {
        while (auto event = queue_->pop_for(std::stop_token{}, limit))
            if (auto* wanted = std::get_if<Event>(&*event)) return std::move(*wanted);
        return std::nullopt;
    }
    // The next health of one device that differs from ready, or is ready.
    std::optional<domain::DeviceHealth> next_health(domain::DeviceKind device,
                                                    domain::DeviceState state) {
        while (auto changed = next<HealthChanged>())
            if (changed->device == device && changed->health.state == state) return changed->health;
        return std::nullopt;
    }
    std::optional<DeviceEvent> next_any(std::chrono::milliseconds limit) {
        return queue_->pop_for(std::stop_token{}, limit);
    }
    std::size_t size() const { return queue_->size(); }
    std::optional<DeviceEvent> try_next() { return queue_->try_pop(); }

  private:
    std::shared_ptr<base::BoundedQueue<DeviceEvent>> queue_ =
        std::make_shared<base::BoundedQueue<DeviceEvent>>(4096);
};

}  // namespace drivers::testing
