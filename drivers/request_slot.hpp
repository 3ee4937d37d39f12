// The one request a device's worker serves: the newest wins. The main thread puts and clears; the
// worker waits for a change, and says results only through while_current(), so that after put() or
// clear() has returned nothing more is heard of the earlier request. nudge() wakes the worker
// without a change: something happened that it should look at now.
#pragma once

#include "base/pulse.hpp"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace drivers {

template <class Request>
class RequestSlot {
  public:
    struct Change {
        std::optional<Request> request;  // none: the earlier request is withdrawn
    };

    void put(Request request) { change({std::move(request)}); }
    void clear() { change({std::nullopt}); }
    void nudge() {
        {
            std::lock_guard lock(mutex_);
            nudged_ = true;
        }
        changed_.notify_all();
    }

    // Waits until the slot differs from what was `seen` (then updated), a nudge came, the stop is
    // asked or the time is over.
    template <class Duration>
    std::optional<Change> wait_change(std::stop_token stop, std::uint64_t& seen, Duration limit) {
        const base::Pulse::Rest rest;
        std::unique_lock lock(mutex_);
        const bool woken =
            changed_.wait_for(lock, stop, limit, [&] { return nudged_ || version_ != seen; });
        nudged_ = false;
        if (!woken || version_ == seen) return std::nullopt;
        return take(seen);
    }
    std::optional<Change> wait_change(std::stop_token stop, std::uint64_t& seen) {
        const base::Pulse::Rest rest;
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [&] { return version_ != seen; })) return std::nullopt;
        return take(seen);
    }
    bool is_current(std::uint64_t seen) const {
        std::lock_guard lock(mutex_);
        return version_ == seen;
    }
    // `say` must not block nor call this device.
    template <class Say>
    void while_current(std::uint64_t seen, Say&& say) const {
        std::lock_guard lock(mutex_);
        if (version_ == seen) std::forward<Say>(say)();
    }

  private:
    void change(Change to) {
        {
            std::lock_guard lock(mutex_);
            latest_ = std::move(to);
            ++version_;
        }
        changed_.notify_all();
    }
    Change take(std::uint64_t& seen) {
        seen = version_;
        return std::exchange(latest_, {});
    }

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    Change latest_;
    std::uint64_t version_ = 0;
    bool nudged_ = false;
};

}  // namespace drivers
