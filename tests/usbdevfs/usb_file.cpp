#include "usb_file.hpp"

#include <linux/usb/ch9.h>
#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

namespace usbdevfs {

using base::FaultCode;

namespace {

constexpr std::string_view another_program = "usbfs";

// The value of a plain argument: the memory behind the pointer that every ioctl hands over.
template <class T>
T value_of(UMockdevIoctlData* argument) {
    T value{};
    if (const auto data = behind_pointer(argument, 0, sizeof(T)))
        std::memcpy(&value, data->data, sizeof(T));
    return value;
}

const usbdevfs_urb& urb_of(const Data& data) {
    return *reinterpret_cast<const usbdevfs_urb*>(data->data);
}

bool is_in(const usbdevfs_urb& urb) {
    return (urb.endpoint & 0x80u) != 0;
}

}  // namespace

void UsbFile::bind(std::string driver) {
    std::lock_guard lock(mutex_);
    driver_ = std::move(driver);
}
std::string UsbFile::driver() const {
    std::lock_guard lock(mutex_);
    return driver_;
}
Asked UsbFile::asked() const {
    std::lock_guard lock(mutex_);
    return asked_;
}
std::size_t UsbFile::in_flight() const {
    std::lock_guard lock(mutex_);
    return in_flight_.size();
}

void UsbFile::disconnect() {
    std::lock_guard lock(mutex_);
    gone_ = true;
    end_all(-ESHUTDOWN);
    wake_.hang_up();
}

void UsbFile::closed(Opening opening) {
    std::lock_guard lock(mutex_);
    const auto theirs = [&](const Transfer& transfer) { return transfer.opening == opening; };
    in_flight_.remove_if(theirs);
    finished_.remove_if(theirs);
    if (owner_ == opening) owner_ = nullptr;
    show_readiness();
}

int UsbFile::ioctl(Opening opening, unsigned long request, UMockdevIoctlData* argument) {
    std::lock_guard lock(mutex_);
    const int error = dispatch(opening, request, argument);
    show_readiness();
    return error;
}

int UsbFile::dispatch(Opening opening, unsigned long request, UMockdevIoctlData* argument) {
    // What has ended may be fetched even when the device is gone.
    if (request == USBDEVFS_REAPURBNDELAY) return reap(opening, argument);
    if (gone_) return ENODEV;
    switch (request) {
        case USBDEVFS_GET_CAPABILITIES: {
            constexpr std::uint32_t all = USBDEVFS_CAP_ZERO_PACKET |
                                          USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                                          USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
            const auto answer = behind_pointer(argument, 0, sizeof all);
            if (!answer) return EFAULT;
            overwrite(answer.get(), 0, &all, sizeof all);
            return 0;
        }
        case USBDEVFS_DISCONNECT_CLAIM:
            return claim(opening, true);
        case USBDEVFS_CLAIMINTERFACE:
            return claim(opening, false);
        case USBDEVFS_RELEASEINTERFACE:
            return release(opening);
        case USBDEVFS_IOCTL:
            return driver_ioctl(argument);
        case USBDEVFS_CLEAR_HALT:
            return clear_halt(argument);
        case USBDEVFS_SUBMITURB:
            return submit(opening, argument);
        case USBDEVFS_DISCARDURB:
            return discard(argument);
        default:
            return ENOTTY;
    }
}

int UsbFile::claim(Opening opening, bool detach) {
    if (owner_ == opening) return 0;
    if (owner_ != nullptr || driver_ == another_program) return EBUSY;
    if (!driver_.empty()) {
        if (!detach) return EBUSY;
        ++asked_.drivers_detached;
        driver_.clear();
    }
    const auto handle = device_->open();
    if (!handle) return ENODEV;
    handle_ = *handle;
    owner_ = opening;
    return 0;
}

int UsbFile::release(Opening opening) {
    if (owner_ != opening) return EINVAL;
    owner_ = nullptr;
    return 0;
}

// Lets the kernel's driver back in, or says that there is none.
int UsbFile::driver_ioctl(UMockdevIoctlData* argument) {
    const auto wanted = value_of<usbdevfs_ioctl>(argument);
    if (static_cast<unsigned long>(wanted.ioctl_code) != USBDEVFS_CONNECT) return ENODATA;
    ++asked_.drivers_attached;
    return 0;
}

int UsbFile::clear_halt(UMockdevIoctlData* argument) {
    ++asked_.halts_cleared;
    halted_.erase(value_of<unsigned>(argument));
    return 0;
}

int UsbFile::submit(Opening opening, UMockdevIoctlData* argument) {
    if (owner_ != opening) return EINVAL;
    Transfer transfer{opening, behind_pointer(argument, 0, sizeof(usbdevfs_urb)), {}, 0};
    if (!transfer.urb) return EFAULT;
    const auto& urb = urb_of(transfer.urb);
    if (urb.type == USBDEVFS_URB_TYPE_ISO) return EINVAL;
    if (urb.type == USBDEVFS_URB_TYPE_CONTROL &&
        static_cast<std::size_t>(urb.buffer_length) < sizeof(usb_ctrlrequest))
        return EINVAL;
    transfer.buffer = behind_pointer(transfer.urb.get(), offsetof(usbdevfs_urb, buffer),
                                     static_cast<std::size_t>(urb.buffer_length));
    if (!transfer.buffer) return EFAULT;
    ++asked_.submitted;
    if (!try_to_finish(transfer)) in_flight_.push_back(std::move(transfer));
    return 0;
}

// A class request: the eight bytes of its setup, then what goes either way (USB 2.0, 9.3). Of those
// that bring data only output reports are known; they go where a pipe would lead.
base::Result<std::size_t> UsbFile::request(const Transfer& transfer) {
    usb_ctrlrequest setup{};
    std::memcpy(&setup, transfer.buffer->data, sizeof setup);
    const auto size = std::min<std::size_t>(
        setup.wLength, static_cast<std::size_t>(urb_of(transfer.urb).buffer_length) - sizeof setup);
    if ((setup.bRequestType & USB_TYPE_MASK) != USB_TYPE_CLASS)
        return base::fail(FaultCode::UsbStalled);
    const drivers::usb::ClassRequest asked{setup.bRequest, setup.wValue, setup.wIndex,
                                           (setup.bRequestType & USB_RECIP_MASK) == USB_RECIP_OTHER
                                               ? drivers::usb::Recipient::other
                                               : drivers::usb::Recipient::interface};
    if ((setup.bRequestType & USB_DIR_IN) != 0) {
        base::Bytes room(size);
        const auto got = device_->ask(handle_, asked, room);
        if (got) overwrite(transfer.buffer.get(), sizeof setup, room.data(), *got);
        return got;
    }
    const base::ByteView data(transfer.buffer->data + sizeof setup, size);
    if (size == 0)
        TRY_STATUS(device_->tell(handle_, asked));
    else
        TRY_STATUS(device_->write(handle_, drivers::usb::report_pipe, data));
    return size;
}

bool UsbFile::try_to_finish(Transfer& transfer) {
    const auto& urb = urb_of(transfer.urb);
    const bool by_request = urb.type == USBDEVFS_URB_TYPE_CONTROL;
    const auto size = static_cast<std::size_t>(urb.buffer_length);
    if (halted_.contains(urb.endpoint)) {
        finish(transfer, -EPIPE, 0);
        return true;
    }
    const base::Result<std::size_t> moved = [&]() -> base::Result<std::size_t> {
        if (by_request) return request(transfer);
        if (is_in(urb)) {
            base::Bytes room(size);
            const auto got = device_->read(handle_, urb.endpoint, room, base::Millis{0});
            if (got) overwrite(transfer.buffer.get(), 0, room.data(), *got);
            return got;
        }
        const base::ByteView data(transfer.buffer->data, size);
        do
            transfer.moved +=
                TRY(device_->write_some(handle_, urb.endpoint, data.subspan(transfer.moved)));
        while (transfer.moved < size);
        return size;
    }();
    if (moved) {
        finish(transfer, 0, *moved);
        if (!is_in(urb)) try_waiting();
        return true;
    }
    switch (moved.error().code) {
        case FaultCode::UsbTimedOut:
            return false;
        case FaultCode::UsbStalled:
            if (!by_request) halted_.insert(urb.endpoint);  // endpoint 0 never stays halted
            finish(transfer, -EPIPE, 0);
            return true;
        default:
            gone_ = true;  // the bus notices by itself and pulls the rest down
            finish(transfer, -ESHUTDOWN, 0);
            end_all(-ESHUTDOWN);
            return true;
    }
}

void UsbFile::try_waiting() {
    auto waiting = std::exchange(in_flight_, {});
    for (auto& transfer : waiting)
        if (gone_)
            finish(transfer, -ESHUTDOWN, 0);
        else if (!try_to_finish(transfer))
            in_flight_.push_back(std::move(transfer));
}

void UsbFile::finish(const Transfer& transfer, int status, std::size_t moved) {
    const int length = static_cast<int>(moved);
    overwrite(transfer.urb.get(), offsetof(usbdevfs_urb, status), &status, sizeof status);
    overwrite(transfer.urb.get(), offsetof(usbdevfs_urb, actual_length), &length, sizeof length);
    finished_.push_back(transfer);
}

void UsbFile::end_all(int status) {
    for (const auto& transfer : std::exchange(in_flight_, {})) finish(transfer, status, 0);
}

int UsbFile::reap(Opening opening, UMockdevIoctlData* argument) {
    const auto next =
        std::find_if(finished_.begin(), finished_.end(),
                     [&](const Transfer& transfer) { return transfer.opening == opening; });
    if (next == finished_.end()) return gone_ ? ENODEV : EAGAIN;
    const auto place = behind_pointer(argument, 0, sizeof(void*));
    if (!place) return EFAULT;
    // Hands the pointer over, and with it what has changed behind it.
    umockdev_ioctl_data_set_ptr(place.get(), 0, next->urb.get());
    finished_.erase(next);
    ++asked_.reaped;
    return 0;
}

int UsbFile::discard(UMockdevIoctlData* argument) {
    unsigned long address = 0;
    std::memcpy(&address, argument->data, sizeof address);
    const auto found = std::find_if(
        in_flight_.begin(), in_flight_.end(),
        [&](const Transfer& transfer) { return transfer.urb->client_addr == address; });
    if (found == in_flight_.end()) return EINVAL;
    ++asked_.discarded;
    finish(*found, -ENOENT, found->moved);
    in_flight_.erase(found);
    return 0;
}

void UsbFile::show_readiness() {
    wake_.set_ready(!finished_.empty());
}

}  // namespace usbdevfs
