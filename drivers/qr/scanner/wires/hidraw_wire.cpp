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
        return base::fail(FaultCode::CodeScannerWrongMode,
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

// It types meanwhile, if it types at all, into nothing. What could not be held is said instead.
base::Fault HidrawWire::silence(usb::DeviceId id) {
    if (!silenced_ || !(silenced_->id() == id) || !silenced_->still_whole()) {
        silenced_.reset();
        if (auto held = HeldKeyboard::hold(id, folders_))
            silenced_.emplace(std::move(*held));
        else if (held.error().code == FaultCode::CodeScannerNotHeld)
            return held.error();
    }
    return {FaultCode::CodeScannerWrongMode, in_words(id)};
}

base::Result<OpenScanner> HidrawWire::open() {
    std::optional<base::Fault> why;
    for (const auto& node : hidraw_nodes(folders_)) {
        if (!may_be(node.id)) continue;
        auto opened = open_node(node);
        if (opened) {
            silenced_.reset();
            return opened;
        }
        why = opened.error();
    }
    if (why && why->code != FaultCode::CodeScannerWrongMode) return base::fail(*why);
    if (const auto id = in_another_mode()) {
        auto fault = silence(*id);
        return base::fail(why && fault.code == why->code ? std::move(*why) : std::move(fault));
    }
    silenced_.reset();
    return base::fail(why.value_or(base::Fault{FaultCode::CodeScannerAbsent, "no HID scanner"}));
}

}  // namespace drivers::qr
