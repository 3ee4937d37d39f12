#include "offline/intake/applier.hpp"

#include <chrono>

namespace offline::intake {

namespace {

// Between two looks at an empty outbox: an effect is not urgent, a database has other work.
constexpr auto pause = std::chrono::milliseconds(500),
               longer_pause = std::chrono::milliseconds(1000);

}  // namespace

Applier::Applier(IntakeService& service)
    : service_(service), thread_([this](const std::stop_token& stop) { work(stop); }) {}

Applier::~Applier() {
    thread_.request_stop();
    thread_.join();
}

void Applier::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto applied = service_.apply_next();
        if (applied && *applied) continue;
        std::unique_lock lock(mutex_);
        pause_.wait_for(lock, stop, applied ? pause : longer_pause, [] { return false; });
    }
}

}  // namespace offline::intake
