#include "drivers/usb/plug_watch.hpp"

#include "drivers/supervision/presence.hpp"

#include <libusb.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>

namespace drivers::usb {

namespace {

constexpr std::chrono::seconds look_every{1};
constexpr timeval notice_wait{60, 0};  // cut short by a notice or the end

using Place = std::pair<std::uint8_t, std::uint8_t>;  // bus, address

Place place_of(libusb_device* device) {
    return {libusb_get_bus_number(device), libusb_get_device_address(device)};
}

bool has_notices() {
    return libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) != 0;
}

}  // namespace

struct PlugWatch::Library {
    const std::vector<DeviceId> wanted;
    const std::function<void()> tell;
    libusb_context* context = nullptr;
    std::optional<libusb_hotplug_callback_handle> registration;
    bool noticed = false;  // the thread's: callbacks come from its own event handling
    std::jthread worker;

    Library(std::vector<DeviceId> ids, std::function<void()> told, Means means)
        : wanted(std::move(ids)), tell(std::move(told)) {
        if (libusb_init(&context) != 0) {
            context = nullptr;
            return;
        }
        if (means == Means::notices && enlist())
            worker = std::jthread([this](std::stop_token stop) { wait_for_notices(stop); });
        else
            // The first look is taken here: what comes from now on has come.
            worker = std::jthread([this, first = places()](std::stop_token stop) {
                look_again_and_again(stop, first);
            });
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() {
        if (context == nullptr) return;
        worker.request_stop();
        libusb_interrupt_event_handler(context);
        worker.join();
        if (registration) libusb_hotplug_deregister_callback(context, *registration);
        libusb_exit(context);
    }

    bool is_wanted(libusb_device* device) const {
        libusb_device_descriptor descriptor{};
        if (libusb_get_device_descriptor(device, &descriptor) != 0) return false;
        const DeviceId id{descriptor.idVendor, descriptor.idProduct};
        return std::find(wanted.begin(), wanted.end(), id) != wanted.end();
    }

    bool enlist() {
        constexpr int both = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT;
        libusb_hotplug_callback_handle handle{};
        if (libusb_hotplug_register_callback(
                context, both, LIBUSB_HOTPLUG_NO_FLAGS, LIBUSB_HOTPLUG_MATCH_ANY,
                LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, &on_notice, this, &handle) != 0)
            return false;
        registration = handle;
        return true;
    }
    // No input or output may be made in here: it only notes that something happened.
    static int on_notice(libusb_context*, libusb_device* device, libusb_hotplug_event,
                         void* library) {
        auto* self = static_cast<Library*>(library);
        if (self->is_wanted(device)) self->noticed = true;
        return 0;  // anything else would end the registration
    }
    void wait_for_notices(std::stop_token stop) {
        while (!stop.stop_requested()) {
            auto wait = notice_wait;
            libusb_handle_events_timeout_completed(context, &wait, nullptr);
            if (std::exchange(noticed, false)) tell();
        }
    }

    std::set<Place> places() const {
        std::set<Place> found;
        libusb_device** list = nullptr;
        const auto count = libusb_get_device_list(context, &list);
        if (count < 0) return found;
        for (ssize_t i = 0; i < count; ++i)
            if (is_wanted(list[i])) found.insert(place_of(list[i]));
        libusb_free_device_list(list, 1);
        return found;
    }
    void look_again_and_again(std::stop_token stop, const std::set<Place>& first) {
        std::map<Place, supervision::Presence> known;
        for (const auto& place : first) known[place].seen();
        std::mutex mutex;
        std::condition_variable_any ended;
        std::unique_lock lock(mutex);
        while (!ended.wait_for(lock, stop, look_every, [&] { return stop.stop_requested(); })) {
            const auto found = places();
            bool changed = false;
            for (const auto& place : found) changed = known[place].seen() || changed;
            for (auto& [place, presence] : known)
                if (!found.contains(place)) changed = presence.missed() || changed;
            std::erase_if(known, [](const auto& one) { return !one.second.is_there(); });
            if (changed) tell();
        }
    }
};

PlugWatch::PlugWatch(std::vector<DeviceId> wanted, std::function<void()> tell)
    : PlugWatch(std::move(wanted), std::move(tell),
                has_notices() ? Means::notices : Means::looking) {}
PlugWatch::PlugWatch(std::vector<DeviceId> wanted, std::function<void()> tell, Means means)
    : library_(std::make_unique<Library>(std::move(wanted), std::move(tell), means)) {}
PlugWatch::~PlugWatch() = default;

}  // namespace drivers::usb
