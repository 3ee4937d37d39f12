#include "drivers/qr/scanner/wires/held_keyboard.hpp"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

namespace drivers::qr {

namespace {

std::vector<DeviceNode> nodes_of(usb::DeviceId id, const DeviceFolders& folders) {
    auto nodes = event_nodes(folders);
    std::erase_if(nodes, [&](const DeviceNode& node) { return !(node.id == id); });
    return nodes;
}

base::Result<FileDescriptor> held(const DeviceNode& node) {
    FileDescriptor device(::open(node.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!device || ::ioctl(device.number(), EVIOCGRAB, 1) != 0)
        return base::fail(base::FaultCode::CodeScannerNotHeld,
                          node.path + ": " + std::strerror(errno));
    // A kernel that cannot stamps with the time of day, which does for the gaps between keys, too.
    int clock = CLOCK_MONOTONIC;
    ::ioctl(device.number(), EVIOCSCLOCKID, &clock);
    return device;
}

}  // namespace

base::Result<HeldKeyboard> HeldKeyboard::hold(usb::DeviceId id, const DeviceFolders& folders) {
    HeldKeyboard out(id, folders);
    out.nodes_ = nodes_of(id, folders);
    if (out.nodes_.empty()) return base::fail(base::FaultCode::CodeScannerAbsent, in_words(id));
    for (const auto& node : out.nodes_) out.descriptors_.push_back(TRY(held(node)));
    if (!out.still_whole())
        return base::fail(base::FaultCode::CodeScannerNotHeld, in_words(id) + ": a node came");
    return out;
}

bool HeldKeyboard::still_whole() const {
    return nodes_of(id_, folders_) == nodes_;
}

}  // namespace drivers::qr
