#include "drivers/qr/scanner/wires/held_keyboard.hpp"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>

namespace drivers::qr {

namespace {

std::vector<DeviceNode> nodes_of(usb::DeviceId id, const DeviceFolders& folders) {
    auto nodes = event_nodes(folders);
    std::erase_if(nodes, [&](const DeviceNode& node) { return !(node.id == id); });
    return nodes;
}

base::Result<FileDescriptor> grabbed(const DeviceNode& node) {
    FileDescriptor device(::open(node.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!device || ::ioctl(device.number(), EVIOCGRAB, 1) != 0)
        return base::fail(base::FaultCode::CodeScannerNotHeld,
                          node.path + ": " + std::strerror(errno));
    // A kernel that cannot stamps with the time of day, which does for the gaps between keys, too.
    int clock = CLOCK_MONOTONIC;
    ::ioctl(device.number(), EVIOCSCLOCKID, &clock);
    return device;
}

// A device that went and came again may have its old name, but not under the old descriptor.
bool is_gone(const FileDescriptor& device) {
    int version = 0;
    return ::ioctl(device.number(), EVIOCGVERSION, &version) < 0 && errno == ENODEV;
}

}  // namespace

bool HeldKeyboard::holds(const DeviceNode& node) const {
    return std::any_of(held_.begin(), held_.end(),
                       [&](const Held& held) { return held.node == node; });
}

base::Status HeldKeyboard::hold() {
    const auto nodes = nodes_of(id_, folders_);
    std::erase_if(held_, [&](const Held& held) {
        return std::find(nodes.begin(), nodes.end(), held.node) == nodes.end() ||
               is_gone(held.descriptor);
    });
    if (nodes.empty()) return base::fail(base::FaultCode::CodeScannerAbsent, in_words(id_));
    std::optional<base::Fault> why;
    for (const auto& node : nodes) {
        if (holds(node)) continue;
        if (auto device = grabbed(node))
            held_.push_back({node, std::move(*device)});
        else
            why = device.error();
    }
    if (why) return base::fail(std::move(*why));
    if (!still_whole())
        return base::fail(base::FaultCode::CodeScannerNotHeld, in_words(id_) + ": a node came");
    return {};
}

bool HeldKeyboard::still_whole() const {
    const auto nodes = nodes_of(id_, folders_);
    return nodes.size() == held_.size() &&
           std::all_of(nodes.begin(), nodes.end(),
                       [&](const DeviceNode& node) { return holds(node); });
}

base::Result<std::vector<FileDescriptor>> HeldKeyboard::lines() const {
    std::vector<FileDescriptor> out;
    for (const auto& held : held_) {
        out.emplace_back(::fcntl(held.descriptor.number(), F_DUPFD_CLOEXEC, 0));
        if (!out.back())
            return base::fail(base::FaultCode::CodeScannerNotHeld, std::strerror(errno));
    }
    return out;
}

}  // namespace drivers::qr
