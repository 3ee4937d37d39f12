#include "drivers/usb/emulated_usb_device.hpp"

#include "base/secret.hpp"

#include <algorithm>
#include <utility>

namespace drivers::usb {

using base::FaultCode;

EmulatedUsbDevice::EmulatedUsbDevice(DeviceId id, std::vector<Endpoint> endpoints)
    : id_(id), endpoints_(std::move(endpoints)) {}

void EmulatedUsbDevice::plug() {
    std::lock_guard lock(mutex_);
    if (std::exchange(plugged_, true)) return;
    powered();
    tell_plugging();
}

void EmulatedUsbDevice::unplug() {
    std::lock_guard lock(mutex_);
    pulled();
}

void EmulatedUsbDevice::pulled() {
    if (!std::exchange(plugged_, false)) return;
    ++handle_;
    waiting_.clear();
    arrived_.notify_all();
    tell_plugging();
}

void EmulatedUsbDevice::on_plugging(const void* listener, std::function<void()> tell) {
    std::lock_guard lock(mutex_);
    if (tell)
        listeners_[listener] = std::move(tell);
    else
        listeners_.erase(listener);
}

// With mutex_ held, so that nobody is told after having left.
void EmulatedUsbDevice::tell_plugging() const {
    for (const auto& [listener, tell] : listeners_) tell();
}

void EmulatedUsbDevice::unplug_at(std::size_t transfer) {
    std::lock_guard lock(mutex_);
    unplug_at_ = transfers_ + transfer;
}

std::size_t EmulatedUsbDevice::transfers() const {
    std::lock_guard lock(mutex_);
    return transfers_;
}

bool EmulatedUsbDevice::is_plugged() const {
    std::lock_guard lock(mutex_);
    return plugged_;
}

void EmulatedUsbDevice::stall_at(std::size_t transfer) {
    std::lock_guard lock(mutex_);
    stall_at_ = transfers_ + transfer;
}

void EmulatedUsbDevice::limit_packets(std::size_t bytes) {
    std::lock_guard lock(mutex_);
    packet_limit_ = bytes;
}

void EmulatedUsbDevice::delay_replies(int polls) {
    std::lock_guard lock(mutex_);
    reply_delay_ = polls;
}

base::Result<std::uint64_t> EmulatedUsbDevice::open() {
    std::lock_guard lock(mutex_);
    if (!plugged_) return base::fail(FaultCode::UsbDeviceAbsent);
    waiting_.clear();
    return handle_;
}

base::Status EmulatedUsbDevice::reachable(std::uint64_t handle) {
    if (++transfers_ == unplug_at_) pulled();
    if (!plugged_ || handle != handle_) return base::fail(FaultCode::UsbDeviceGone);
    if (transfers_ == stall_at_) return base::fail(FaultCode::UsbStalled);
    transfer_began();
    return {};
}

base::Status EmulatedUsbDevice::write(std::uint64_t handle, std::uint8_t endpoint,
                                      base::ByteView bytes) {
    std::lock_guard lock(mutex_);
    TRY_STATUS(reachable(handle));
    polls_left_ = reply_delay_;
    host_wrote(endpoint, bytes);
    return {};
}

base::Result<std::size_t> EmulatedUsbDevice::write_some(std::uint64_t handle, std::uint8_t endpoint,
                                                        base::ByteView bytes) {
    std::lock_guard lock(mutex_);
    TRY_STATUS(reachable(handle));
    const auto size = std::min(bytes.size(), room_for(endpoint, bytes.size()));
    if (size == 0) return base::fail(FaultCode::UsbTimedOut);
    host_wrote(endpoint, bytes.first(size));
    return size;
}

base::Result<std::size_t> EmulatedUsbDevice::ask(std::uint64_t handle, const ClassRequest& request,
                                                 std::span<std::uint8_t> into) {
    std::lock_guard lock(mutex_);
    TRY_STATUS(reachable(handle));
    const auto answered = host_asked(request);
    if (!answered) return base::fail(FaultCode::UsbStalled);
    const auto size = std::min(answered->size(), into.size());
    std::copy_n(answered->begin(), size, into.begin());
    return size;
}

base::Status EmulatedUsbDevice::tell(std::uint64_t handle, const ClassRequest& request) {
    std::lock_guard lock(mutex_);
    TRY_STATUS(reachable(handle));
    if (!host_told(request)) return base::fail(FaultCode::UsbStalled);
    return {};
}

base::Result<std::size_t> EmulatedUsbDevice::read(std::uint64_t handle, std::uint8_t endpoint,
                                                  std::span<std::uint8_t> into,
                                                  base::Millis limit) {
    std::unique_lock lock(mutex_);
    TRY_STATUS(reachable(handle));
    // What was waited for in a queue of an unplugged device is gone with it.
    if (reads_wait_ && waiting_[endpoint].empty()) {
        arrived_.wait_for(lock, limit,
                          [&] { return handle != handle_ || !waiting_[endpoint].empty(); });
        if (handle != handle_) return base::fail(FaultCode::UsbDeviceGone);
    }
    auto& bytes = waiting_[endpoint];
    if (bytes.empty() || polls_left_ > 0) {
        if (!bytes.empty()) --polls_left_;
        return base::fail(FaultCode::UsbTimedOut);
    }
    auto size = std::min(bytes.size(), into.size());
    if (packet_limit_ > 0) size = std::min(size, packet_limit_);
    // What was on the wire may be a person: nothing of it stays in the queue's own memory.
    for (std::size_t i = 0; i < size; ++i) {
        into[i] = bytes.front();
        base::wipe(bytes.front());
        bytes.pop_front();
    }
    last_read_ms_ = base::SystemClock{}.steady().count();
    return size;
}

void EmulatedUsbDevice::answer(std::uint8_t endpoint, base::Bytes bytes) {
    auto& queue = waiting_[endpoint];
    queue.insert(queue.end(), bytes.begin(), bytes.end());
    arrived_.notify_all();
}

base::Status EmulatedUsbTransport::open() {
    handle_ = TRY(device_->open());
    return {};
}

}  // namespace drivers::usb
