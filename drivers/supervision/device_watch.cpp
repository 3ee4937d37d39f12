#include "drivers/supervision/device_watch.hpp"

#include "drivers/file_descriptor.hpp"

#include <libudev.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <thread>
#include <utility>

namespace drivers::supervision {

namespace {

struct Unref {
    void operator()(udev* library) const { udev_unref(library); }
    void operator()(udev_monitor* monitor) const { udev_monitor_unref(monitor); }
    void operator()(udev_device* device) const { udev_device_unref(device); }
};
template <class Handle>
using Owned = std::unique_ptr<Handle, Unref>;

// None where notices cannot be had.
Owned<udev_monitor> listening_to(udev* library, const std::vector<std::string>& subsystems) {
    if (library == nullptr) return nullptr;
    Owned<udev_monitor> monitor(udev_monitor_new_from_netlink(library, "udev"));
    if (!monitor) return nullptr;
    for (const auto& name : subsystems)
        if (udev_monitor_filter_add_match_subsystem_devtype(monitor.get(), name.c_str(), nullptr) <
            0)
            return nullptr;
    if (udev_monitor_enable_receiving(monitor.get()) < 0) return nullptr;
    return monitor;
}

bool is_plugging(udev_device* device) {
    const char* said = udev_device_get_action(device);
    const std::string_view action = said != nullptr ? said : "";
    return action == "add" || action == "remove";
}

}  // namespace

struct DeviceWatch::Library {
    const std::function<void()> tell;
    const FileDescriptor end{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    const Owned<udev> library{udev_new()};
    const Owned<udev_monitor> monitor;
    std::jthread worker;

    Library(const std::vector<std::string>& subsystems, std::function<void()> told)
        : tell(std::move(told)), monitor(listening_to(library.get(), subsystems)) {
        if (monitor) worker = std::jthread([this](std::stop_token stop) { listen(stop); });
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() {
        worker.request_stop();
        ::eventfd_write(end.number(), 1);
    }

    void listen(std::stop_token stop) const {
        std::array<pollfd, 2> waiting{
            {{end.number(), POLLIN, 0}, {udev_monitor_get_fd(monitor.get()), POLLIN, 0}}};
        while (!stop.stop_requested()) {
            if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return;
            if ((waiting[1].revents & (POLLHUP | POLLNVAL)) != 0) return;
            if (waiting[1].revents == 0) continue;
            errno = 0;
            const Owned<udev_device> device(udev_monitor_receive_device(monitor.get()));
            // What was lost because there was too much of it may have been one of ours.
            if (device ? is_plugging(device.get()) : errno == ENOBUFS) tell();
        }
    }
};

DeviceWatch::DeviceWatch(const std::vector<std::string>& subsystems, std::function<void()> tell)
    : library_(std::make_unique<Library>(subsystems, std::move(tell))) {}
DeviceWatch::~DeviceWatch() = default;

}  // namespace drivers::supervision
