// What a driver's worker asks about its one device: Reconnection with a clock, a seed of its own
// and the news of plugging. All but plugging() is the worker's. Faults: DeviceKeepsFailing, whose
// detail is the last fault.
#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "drivers/supervision/reconnection.hpp"

#include <atomic>

namespace drivers::supervision {

class Recovery {
  public:
    // `clock` must outlive it.
    explicit Recovery(const base::Clock& clock, base::Millis look_every = Reconnection::look_pause);

    // From any thread: something was plugged in or pulled out. Who calls it wakes the worker.
    void plugging() { news_ = untried_ = true; }
    // Whether that happened since it was asked last: a look that now misses the device is certain.
    bool heard() { return news_.exchange(false); }

    // Until the next try; 0 when it is due.
    base::Millis pause() const;
    // Each plugging makes one try due at once, the first one after it.
    bool is_due();
    // Whether somebody who asks for the device may have it tried before it is due.
    bool may_try_early() const { return reconnection_.may_try_early(); }
    bool has_given_up() const { return reconnection_.has_given_up(); }

    // It was opened, or it has answered.
    void worked() { reconnection_.worked(clock_.steady()); }
    // Nothing is there, or it failed; what is to be said of the device now.
    [[nodiscard]] base::Fault absent(base::Fault fault);
    [[nodiscard]] base::Fault failed(base::Fault fault);

  private:
    const base::Clock& clock_;
    Reconnection reconnection_;
    std::atomic<bool> news_ = false, untried_ = false;
};

}  // namespace drivers::supervision
