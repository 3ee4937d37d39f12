#include "base/pulse.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

namespace base {

namespace {

constexpr Millis::rep rests = -1;

struct Register {
    std::mutex mutex;
    std::vector<const Pulse*> pulses;
};
Register& all() {
    static Register of_this_process;
    return of_this_process;
}

// Real time also where a session lives in a training clock: a thread hangs in real time.
Millis real_now() {
    return SystemClock{}.steady();
}

thread_local std::atomic<Millis::rep>* own_working_since = nullptr;

}  // namespace

Pulse::Pulse(const char* worker, Millis limit)
    : worker_(worker), limit_(limit), working_since_(real_now().count()) {
    own_working_since = &working_since_;
    auto& here = all();
    std::lock_guard lock(here.mutex);
    here.pulses.push_back(this);
}

Pulse::~Pulse() {
    own_working_since = nullptr;
    auto& here = all();
    std::lock_guard lock(here.mutex);
    std::erase(here.pulses, this);
}

Pulse::Rest::Rest() {
    if (own_working_since != nullptr) *own_working_since = rests;
}

Pulse::Rest::~Rest() {
    if (own_working_since != nullptr) *own_working_since = real_now().count();
}

std::optional<Millis> Pulse::silent_for(Millis now) const {
    const auto since = working_since_.load();
    if (since == rests) return std::nullopt;
    const Millis silent = now - Millis{since};
    return silent > limit_ ? std::optional(silent) : std::nullopt;
}

std::optional<SilentWorker> silent_worker(Millis now) {
    auto& here = all();
    std::lock_guard lock(here.mutex);
    std::optional<SilentWorker> longest;
    for (const Pulse* pulse : here.pulses)
        if (const auto silent = pulse->silent_for(now);
            silent && (!longest || *silent > longest->silent_for))
            longest = SilentWorker{pulse->worker(), *silent};
    return longest;
}

}  // namespace base
