#include "drivers/usb/libusb_transport.hpp"

#include "base/secret.hpp"
#include "drivers/usb/resident_read.hpp"

#include <libusb.h>

#include <algorithm>
#include <utility>

namespace drivers::usb {

namespace {

base::Fault fault_of(int error) {
    using base::FaultCode;
    switch (error) {
        case LIBUSB_ERROR_NO_DEVICE:
        case LIBUSB_ERROR_NOT_FOUND:
            return {FaultCode::UsbDeviceGone, {}};
        case LIBUSB_ERROR_TIMEOUT:
            return {FaultCode::UsbTimedOut, {}};
        case LIBUSB_ERROR_PIPE:
            return {FaultCode::UsbStalled, {}};
        case LIBUSB_ERROR_BUSY:
            return {FaultCode::UsbFailed, "busy"};
        case LIBUSB_ERROR_ACCESS:
            return {FaultCode::UsbFailed, "access"};
        case LIBUSB_ERROR_OVERFLOW:
            return {FaultCode::UsbFailed, "overflow"};
        default:
            return {FaultCode::UsbFailed, libusb_error_name(error)};
    }
}

std::vector<Endpoint> endpoints_of(const libusb_interface_descriptor& setting) {
    std::vector<Endpoint> out;
    for (int i = 0; i < setting.bNumEndpoints; ++i) {
        const auto& endpoint = setting.endpoint[i];
        const int type = endpoint.bmAttributes & LIBUSB_TRANSFER_TYPE_MASK;
        if (type != LIBUSB_ENDPOINT_TRANSFER_TYPE_BULK &&
            type != LIBUSB_ENDPOINT_TRANSFER_TYPE_INTERRUPT)
            continue;
        out.push_back({endpoint.bEndpointAddress,
                       type == LIBUSB_ENDPOINT_TRANSFER_TYPE_BULK ? TransferKind::bulk
                                                                  : TransferKind::interrupt,
                       endpoint.wMaxPacketSize});
    }
    return out;
}

std::vector<InterfaceSetting> settings_of(libusb_device* device) {
    std::vector<InterfaceSetting> out;
    libusb_config_descriptor* config = nullptr;
    if (libusb_get_active_config_descriptor(device, &config) != 0) return out;
    for (int i = 0; i < config->bNumInterfaces; ++i)
        for (int k = 0; k < config->interface[i].num_altsetting; ++k) {
            const auto& setting = config->interface[i].altsetting[k];
            out.push_back({setting.bInterfaceNumber, setting.bAlternateSetting,
                           setting.bInterfaceClass, setting.bInterfaceSubClass,
                           setting.bInterfaceProtocol, endpoints_of(setting)});
        }
    libusb_free_config_descriptor(config);
    return out;
}

std::uint8_t request_type(Recipient recipient, std::uint8_t direction) {
    const unsigned to =
        recipient == Recipient::interface ? LIBUSB_RECIPIENT_INTERFACE : LIBUSB_RECIPIENT_OTHER;
    return static_cast<std::uint8_t>(direction | LIBUSB_REQUEST_TYPE_CLASS | to);
}

unsigned as_timeout(base::Millis limit) {
    return static_cast<unsigned>(std::max<std::int64_t>(1, limit.count()));
}

}  // namespace

struct LibusbTransport::Library {
    libusb_context* context = nullptr;
    libusb_device_handle* handle = nullptr;
    DeviceId id;
    InterfaceSetting setting;
    std::unique_ptr<ResidentRead> resident;

    Library() = default;
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() {
        release();
        if (context != nullptr) libusb_exit(context);
    }
    void release() {
        resident.reset();
        if (handle == nullptr) return;
        libusb_release_interface(handle, setting.number);
        libusb_close(std::exchange(handle, nullptr));
        setting = {};
    }
    base::Status claim(libusb_device* device, DeviceId found, Wanted wanted) {
        const auto settings = settings_of(device);
        const auto* chosen = choose_setting(settings, wanted);
        if (chosen == nullptr) return base::fail(base::FaultCode::UsbFailed, "interface");
        if (const int error = libusb_open(device, &handle); error != 0)
            return base::fail(fault_of(error));
        // Detaches only where the system can; where it cannot, claiming tells.
        libusb_set_auto_detach_kernel_driver(handle, 1);
        if (const int error = libusb_claim_interface(handle, chosen->number); error != 0) {
            libusb_close(std::exchange(handle, nullptr));
            return base::fail(fault_of(error));
        }
        id = found;
        setting = *chosen;
        // Only where it differs: setting what is set already resets the pipes of some devices.
        if (setting.alternate == 0) return {};
        const int error =
            libusb_set_interface_alt_setting(handle, chosen->number, chosen->alternate);
        if (error == 0) return {};
        release();
        return base::fail(fault_of(error));
    }
    TransferKind kind_of(std::uint8_t address) const {
        for (const auto& endpoint : setting.endpoints)
            if (endpoint.address == address) return endpoint.kind;
        return TransferKind::bulk;
    }
    std::size_t packet_size(std::uint8_t address) const {
        for (const auto& endpoint : setting.endpoints)
            if (endpoint.address == address) return std::max<std::size_t>(1, endpoint.packet_size);
        return 64;
    }
    int send_report(std::uint8_t* data, std::size_t size, int& moved, base::Millis limit) {
        constexpr std::uint8_t set_report = 0x09;
        constexpr std::uint16_t output_report = 0x0200;  // number 0
        const int done =
            libusb_control_transfer(handle, request_type(Recipient::interface, LIBUSB_ENDPOINT_OUT),
                                    set_report, output_report, setting.number, data,
                                    static_cast<std::uint16_t>(size), as_timeout(limit));
        moved = std::max(0, done);
        return std::min(0, done);
    }
    int transfer(std::uint8_t address, std::uint8_t* data, std::size_t size, int& moved,
                 base::Millis limit) {
        if (address == report_pipe) return send_report(data, size, moved, limit);
        const auto run = kind_of(address) == TransferKind::bulk ? libusb_bulk_transfer
                                                                : libusb_interrupt_transfer;
        const int error =
            run(handle, address, data, static_cast<int>(size), &moved, as_timeout(limit));
        if (error == LIBUSB_ERROR_PIPE) libusb_clear_halt(handle, address);
        return error;
    }
};

LibusbTransport::LibusbTransport(std::vector<DeviceId> ids, Wanted wanted)
    : ids_(std::move(ids)), wanted_(wanted), library_(std::make_unique<Library>()) {}
LibusbTransport::~LibusbTransport() = default;

base::Status LibusbTransport::open() {
    library_->release();
    if (library_->context == nullptr && libusb_init(&library_->context) != 0) {
        library_->context = nullptr;
        return base::fail(base::FaultCode::UsbFailed, "init");
    }
    libusb_device** list = nullptr;
    const auto count = libusb_get_device_list(library_->context, &list);
    if (count < 0) return base::fail(base::FaultCode::UsbFailed, "list");
    base::Status opened = base::fail(base::FaultCode::UsbDeviceAbsent);
    for (ssize_t i = 0; i < count; ++i) {
        libusb_device_descriptor descriptor{};
        if (libusb_get_device_descriptor(list[i], &descriptor) != 0) continue;
        const DeviceId found{descriptor.idVendor, descriptor.idProduct};
        if (std::find(ids_.begin(), ids_.end(), found) == ids_.end()) continue;
        opened = library_->claim(list[i], found, wanted_);
        if (opened) break;
    }
    libusb_free_device_list(list, 1);
    return opened;
}

void LibusbTransport::on_plugging(std::function<void()> tell) {
    watch_ = std::make_unique<PlugWatch>(ids_, std::move(tell));
}

void LibusbTransport::close() {
    library_->release();
}
DeviceId LibusbTransport::id() const {
    return library_->id;
}
std::vector<Endpoint> LibusbTransport::endpoints() const {
    return library_->setting.endpoints;
}
InterfaceSetting LibusbTransport::interface() const {
    return library_->setting;
}

base::Status LibusbTransport::write(std::uint8_t endpoint, base::ByteView bytes,
                                    base::Millis limit) {
    if (library_->handle == nullptr) return base::fail(base::FaultCode::UsbDeviceGone);
    std::vector<std::uint8_t> data(bytes.begin(), bytes.end());
    // A time-out does not mean that nothing moved: go on with what is left while something moves.
    for (std::size_t done = 0; done < data.size();) {
        int moved = 0;
        const int error =
            library_->transfer(endpoint, data.data() + done, data.size() - done, moved, limit);
        done += static_cast<std::size_t>(moved);
        if (moved > 0 && error == LIBUSB_ERROR_TIMEOUT) continue;
        if (error == 0 && moved == 0) return base::fail(base::FaultCode::UsbTimedOut);
        if (error != 0) return base::fail(fault_of(error));
    }
    return {};
}

base::Result<std::size_t> LibusbTransport::read(std::uint8_t endpoint, std::span<std::uint8_t> into,
                                                base::Millis limit) {
    if (library_->handle == nullptr) return base::fail(base::FaultCode::UsbDeviceGone);
    if (library_->resident && library_->resident->endpoint() == endpoint) {
        const int got = library_->resident->take(into, limit);
        if (got > 0) return static_cast<std::size_t>(got);
        return base::fail(got == 0 ? base::Fault{base::FaultCode::UsbTimedOut, {}} : fault_of(got));
    }
    // A buffer that is not a multiple of the packet size overflows and loses data.
    const auto packet = library_->packet_size(endpoint);
    std::vector<std::uint8_t> data((into.size() + packet - 1) / packet * packet);
    int moved = 0;
    const int error = library_->transfer(endpoint, data.data(), data.size(), moved, limit);
    const auto got = static_cast<std::size_t>(moved);
    if (got > into.size()) {
        base::wipe(data);
        return base::fail(base::FaultCode::UsbFailed, "overflow");
    }
    std::copy_n(data.begin(), got, into.begin());
    base::wipe(data);
    if (got > 0) return got;
    return base::fail(error == 0 ? base::Fault{base::FaultCode::UsbTimedOut, {}} : fault_of(error));
}

base::Result<std::size_t> LibusbTransport::write_some(std::uint8_t endpoint, base::ByteView bytes,
                                                      base::Millis limit) {
    if (library_->handle == nullptr) return base::fail(base::FaultCode::UsbDeviceGone);
    std::vector<std::uint8_t> data(bytes.begin(), bytes.end());
    int moved = 0;
    const int error = library_->transfer(endpoint, data.data(), data.size(), moved, limit);
    base::wipe(data);
    if (moved > 0) return static_cast<std::size_t>(moved);
    return base::fail(error == 0 ? base::Fault{base::FaultCode::UsbTimedOut, {}} : fault_of(error));
}

base::Status LibusbTransport::listen(std::uint8_t endpoint) {
    if (library_->handle == nullptr) return base::fail(base::FaultCode::UsbDeviceGone);
    library_->resident.reset();
    library_->resident = std::make_unique<ResidentRead>(library_->context, library_->handle,
                                                        endpoint, library_->packet_size(endpoint));
    if (const int error = library_->resident->start(); error != 0) {
        library_->resident.reset();
        return base::fail(fault_of(error));
    }
    return {};
}

base::Result<std::size_t> LibusbTransport::ask(const ClassRequest& request,
                                               std::span<std::uint8_t> into, base::Millis limit) {
    if (library_->handle == nullptr) return base::fail(base::FaultCode::UsbDeviceGone);
    const int got = libusb_control_transfer(
        library_->handle, request_type(request.recipient, LIBUSB_ENDPOINT_IN), request.request,
        request.value, request.index, into.data(), static_cast<std::uint16_t>(into.size()),
        as_timeout(limit));
    if (got < 0) return base::fail(fault_of(got));
    return static_cast<std::size_t>(got);
}

base::Status LibusbTransport::tell(const ClassRequest& request, base::Millis limit) {
    if (library_->handle == nullptr) return base::fail(base::FaultCode::UsbDeviceGone);
    const int done = libusb_control_transfer(
        library_->handle, request_type(request.recipient, LIBUSB_ENDPOINT_OUT), request.request,
        request.value, request.index, nullptr, 0, as_timeout(limit));
    if (done < 0) return base::fail(fault_of(done));
    return {};
}

}  // namespace drivers::usb
