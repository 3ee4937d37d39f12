// The two shared things threads meet in. Everything else is owned by one thread.
#pragma once

#include "base/pulse.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace base {

// First in, first out; a push to a full queue says so and the caller decides.
template <class T>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    [[nodiscard]] bool push(T item) {
        {
            std::lock_guard lock(mutex_);
            if (items_.size() >= capacity_) return false;
            items_.push_back(std::move(item));
        }
        ready_.notify_one();
        return true;
    }
    std::optional<T> try_pop() {
        std::lock_guard lock(mutex_);
        return take();
    }
    // Waits until an item comes, the stop is asked, or the time is over.
    template <class Duration>
    std::optional<T> pop_for(std::stop_token stop, Duration limit) {
        const Pulse::Rest rest;
        std::unique_lock lock(mutex_);
        ready_.wait_for(lock, stop, limit, [this] { return !items_.empty(); });
        return take();
    }
    std::optional<T> pop(std::stop_token stop) {
        const Pulse::Rest rest;
        std::unique_lock lock(mutex_);
        ready_.wait(lock, stop, [this] { return !items_.empty(); });
        return take();
    }
    std::size_t size() const {
        std::lock_guard lock(mutex_);
        return items_.size();
    }

  private:
    std::optional<T> take() {
        if (items_.empty()) return std::nullopt;
        std::optional<T> item(std::move(items_.front()));
        items_.pop_front();
        return item;
    }

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<T> items_;
};

// Only the newest value counts: camera frames are overwritten, never queued.
template <class T>
class LatestValue {
  public:
    void put(T value) {
        {
            std::lock_guard lock(mutex_);
            value_ = std::move(value);
            ++version_;
        }
        changed_.notify_all();
    }
    void clear() {
        std::lock_guard lock(mutex_);
        value_.reset();
        ++version_;
    }
    std::optional<T> get() const {
        std::lock_guard lock(mutex_);
        return value_;
    }
    std::uint64_t version() const {
        std::lock_guard lock(mutex_);
        return version_;
    }
    // Waits for a value newer than `seen`, which is then updated.
    template <class Duration>
    std::optional<T> wait_newer(std::stop_token stop, std::uint64_t& seen, Duration limit) {
        const Pulse::Rest rest;
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, stop, limit,
                               [&] { return version_ != seen && value_.has_value(); }))
            return std::nullopt;
        seen = version_;
        return value_;
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<T> value_;
    std::uint64_t version_ = 0;
};

}  // namespace base
