#include "drivers/headphones/emulated_jack.hpp"

#include "drivers/headphones/switch_events.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace drivers::headphones {

namespace {

constexpr std::chrono::seconds patience{1};  // UX-185

}  // namespace

void EmulatedJack::plug(bool plugged) {
    std::unique_lock lock(mutex_);
    plugged_ = plugged;
    if (to_watcher_.number() < 0) return;  // found out when it is opened
    const auto bytes = switch_event(plugged);
    if (::write(to_watcher_.number(), bytes.data(), bytes.size()) < 0) return;
    said_.wait_for(lock, patience, [&] { return told_ == plugged; });
}

void EmulatedJack::attach(bool there) {
    std::unique_lock lock(mutex_);
    there_ = there;
    if (tell_) tell_();
    if (there) return;
    to_watcher_ = Descriptor();  // the watcher reads the end
    said_.wait_for(lock, patience, [&] { return !told_; });
}

base::Result<OpenJack> EmulatedJack::open() {
    std::unique_lock lock(mutex_);
    if (!there_) return base::fail(base::FaultCode::HeadphoneJackAbsent, "emulated");
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return base::fail(base::FaultCode::HeadphoneJackAbsent, "no pipe");
    to_watcher_ = Descriptor(ends[1]);
    return OpenJack{Descriptor(ends[0]), plugged_};
}

void EmulatedJack::on_plugging(std::function<void()> tell) {
    std::lock_guard lock(mutex_);
    tell_ = std::move(tell);
}

void EmulatedJack::told(bool plugged) {
    {
        std::lock_guard lock(mutex_);
        told_ = plugged;
    }
    said_.notify_all();
}

}  // namespace drivers::headphones
