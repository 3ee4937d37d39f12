#include "drivers/qr/scanner/wires/hidraw_wire.hpp"

#include "drivers/qr/scanner/codec/pos_reports.hpp"
#include "drivers/qr/scanner/scanner_models.hpp"

#include <fcntl.h>
#include <linux/hidraw.h>
#include <sys/ioctl.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace drivers::qr {

namespace {

using base::FaultCode;

base::Result<base::Bytes> report_descriptor(int device, const std::string& path) {
    int size = 0;
    hidraw_report_descriptor descriptor{};
    if (::ioctl(device, HIDIOCGRDESCSIZE, &size) < 0 || size <= 0 || size > HID_MAX_DESCRIPTOR_SIZE)
        return base::fail(FaultCode::CodeScannerNotHeld, path + ": no report descriptor");
    descriptor.size = static_cast<std::uint32_t>(size);
    if (::ioctl(device, HIDIOCGRDESC, &descriptor) < 0)
        return base::fail(FaultCode::CodeScannerNotHeld, path + ": " + std::strerror(errno));
    return base::Bytes(descriptor.value, descriptor.value + size);
}

bool route_to_reports(int device) {
    std::array<std::uint8_t, 2> feature{254, 1};  // the report's id, its value
    return ::ioctl(device, HIDIOCSFEATURE(feature.size()), feature.data()) >= 0;
}

}  // namespace

bool HidrawWire::may_be(usb::DeviceId id) const {
    if (only_) return id == *only_;
    const auto* model = scanner_model_of(id);
    return model != nullptr &&
           (model->mode == ScannerMode::hid_pos || model->mode == ScannerMode::by_descriptor);
}

base::Result<OpenScanner> HidrawWire::open_node(const DeviceNode& node) const {
    FileDescriptor device(::open(node.path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
    if (!device)
        return base::fail(FaultCode::CodeScannerNotHeld, node.path + ": " + std::strerror(errno));
    const auto descriptor = TRY(report_descriptor(device.number(), node.path));
    const auto layout = pos_layout(TRY(input_fields(descriptor)));
    if (!layout) return base::fail(FaultCode::CodeScannerWrongMode, in_words(node.id));
    if (routes_output(node.id) && !route_to_reports(device.number()))
        return base::fail(FaultCode::CodeScannerNotHeld,
                          in_words(node.id) + ": feature report 254 refused");
    OpenScanner open;
    open.lines.push_back(std::move(device));
    open.decoder = std::make_unique<PosReports>(*layout);
    return open;
}

std::optional<usb::DeviceId> HidrawWire::in_another_mode() const {
    for (const auto& id : usb_devices(folders_)) {
        if (only_ ? id == *only_ : scanner_model_of(id) != nullptr) return id;
    }
    return std::nullopt;
}

// What it types meanwhile, if it types at all, goes nowhere. What cannot be held is said instead.
base::Fault HidrawWire::silence(usb::DeviceId id) {
    if (!silenced_ || !(silenced_->id() == id)) silenced_.emplace(id, folders_);
    if (const auto held = silenced_->hold();
        !held && held.error().code == FaultCode::CodeScannerNotHeld)
        return held.error();
    return {FaultCode::CodeScannerWrongMode, in_words(id)};
}

base::Result<OpenScanner> HidrawWire::open() {
    std::optional<usb::DeviceId> other_mode;
    for (const auto& node : hidraw_nodes(folders_)) {
        if (!may_be(node.id)) continue;
        auto opened = open_node(node);
        if (opened) silenced_.reset();
        if (opened || opened.error().code != FaultCode::CodeScannerWrongMode) return opened;
        other_mode = node.id;
    }
    if (!other_mode) other_mode = in_another_mode();
    if (other_mode) return base::fail(silence(*other_mode));
    silenced_.reset();
    return base::fail(FaultCode::CodeScannerAbsent, "no HID scanner");
}

}  // namespace drivers::qr
