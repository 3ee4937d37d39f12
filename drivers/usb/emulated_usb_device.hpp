// A USB device in memory, and the transport that leads to it. A concrete device answers what the
// host wrote with true bytes; the panel's thread may unplug it, stall it, cut its packets short or
// make it slow at any time. Nothing sleeps: a transfer that would wait times out at once, unless
// the device wants its reads to be waited for.
#pragma once

#include "drivers/usb/usb_class_transport.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace drivers::usb {

class EmulatedUsbDevice {
  public:
    EmulatedUsbDevice(DeviceId id, std::vector<Endpoint> endpoints);
    virtual ~EmulatedUsbDevice() = default;

    // The panel's side.
    void plug();
    void unplug();
    bool is_plugged() const;
    void stall_at(std::size_t transfer);  // that transfer from now answers STALL, 1 = the next
    void stall_next() { stall_at(1); }
    void limit_packets(std::size_t bytes);  // every IN transfer gives at most so many; 0 = no limit
    void delay_replies(int polls);          // so many reads time out before each reply comes
    void unplug_at(
        std::size_t transfer);      // the cable is pulled at that transfer from now, 1 = the next
    std::size_t transfers() const;  // so many were tried since it was made

    // When the host took the last bytes of a reply (steady clock); what it does with them comes
    // after.
    base::Millis last_read() const { return base::Millis{last_read_ms_}; }

    // The transport's side. `handle` dies with each unplugging.
    DeviceId id() const { return id_; }
    const std::vector<Endpoint>& endpoints() const { return endpoints_; }
    base::Result<std::uint64_t> open();
    base::Status write(std::uint64_t handle, std::uint8_t endpoint, base::ByteView bytes);
    base::Result<std::size_t> write_some(std::uint64_t handle, std::uint8_t endpoint,
                                         base::ByteView bytes);
    base::Result<std::size_t> read(std::uint64_t handle, std::uint8_t endpoint,
                                   std::span<std::uint8_t> into, base::Millis limit);
    // Tells `listener` of each plugging and unplugging; an empty `tell` ends it.
    void on_plugging(const void* listener, std::function<void()> tell);
    base::Result<std::size_t> ask(std::uint64_t handle, const ClassRequest& request,
                                  std::span<std::uint8_t> into);
    base::Status tell(std::uint64_t handle, const ClassRequest& request);
    virtual InterfaceSetting interface() const { return {0, 0, 0xFF, 0, 0, endpoints_}; }

  protected:
    // Called with mutex_ held; replies through answer().
    virtual void host_wrote(std::uint8_t endpoint, base::ByteView bytes) = 0;
    virtual std::size_t room_for(std::uint8_t, std::size_t size) { return size; }  // what it takes
    virtual void transfer_began() {}  // time goes on: before any transfer but an open
    virtual std::optional<base::Bytes> host_asked(const ClassRequest&) { return std::nullopt; }
    virtual bool host_told(const ClassRequest&) { return false; }
    virtual void powered() {}  // after plugging: forget half-done conversations
    void answer(std::uint8_t endpoint, base::Bytes bytes);
    void hold_reply(int polls) { polls_left_ = polls; }  // this one is slower than the others
    void reads_wait() { reads_wait_ = true; }            // from its constructor
    void pulled();

    mutable std::mutex mutex_;

  private:
    void tell_plugging() const;
    base::Status reachable(std::uint64_t handle);

    const DeviceId id_;
    const std::vector<Endpoint> endpoints_;
    bool plugged_ = true;
    bool reads_wait_ = false;
    std::condition_variable arrived_;
    std::uint64_t handle_ = 1;
    std::size_t transfers_ = 0;
    std::size_t stall_at_ = 0, unplug_at_ = 0;  // 0 = never
    std::size_t packet_limit_ = 0;
    int reply_delay_ = 0;
    int polls_left_ = 0;
    std::atomic<std::int64_t> last_read_ms_{0};
    std::map<std::uint8_t, std::deque<std::uint8_t>> waiting_;
    std::map<const void*, std::function<void()>> listeners_;
};

class EmulatedUsbTransport final : public UsbClassTransport {
  public:
    explicit EmulatedUsbTransport(std::shared_ptr<EmulatedUsbDevice> device)
        : device_(std::move(device)) {}
    ~EmulatedUsbTransport() override { device_->on_plugging(this, {}); }

    base::Status open() override;
    void close() override { handle_ = 0; }
    DeviceId id() const override { return device_->id(); }
    std::vector<Endpoint> endpoints() const override { return device_->endpoints(); }
    base::Status write(std::uint8_t endpoint, base::ByteView bytes, base::Millis) override {
        return device_->write(handle_, endpoint, bytes);
    }
    base::Result<std::size_t> write_some(std::uint8_t endpoint, base::ByteView bytes,
                                         base::Millis) override {
        return device_->write_some(handle_, endpoint, bytes);
    }
    void on_plugging(std::function<void()> tell) override {
        device_->on_plugging(this, std::move(tell));
    }
    base::Result<std::size_t> read(std::uint8_t endpoint, std::span<std::uint8_t> into,
                                   base::Millis limit) override {
        return device_->read(handle_, endpoint, into, limit);
    }
    InterfaceSetting interface() const override { return device_->interface(); }
    base::Result<std::size_t> ask(const ClassRequest& request, std::span<std::uint8_t> into,
                                  base::Millis) override {
        return device_->ask(handle_, request, into);
    }
    base::Status tell(const ClassRequest& request, base::Millis) override {
        return device_->tell(handle_, request);
    }
    base::Status listen(std::uint8_t) override { return {}; }  // its answers wait in memory anyway

  private:
    std::shared_ptr<EmulatedUsbDevice> device_;
    std::uint64_t handle_ = 0;
};

}  // namespace drivers::usb
