#include "drivers/usb/resident_read.hpp"

#include <libusb.h>
#include <sys/time.h>

#include <algorithm>

namespace drivers::usb {

namespace {

constexpr std::size_t buffer_size_least = 512;
constexpr std::size_t waiting_most = 16 * 1024;  // a device that only talks is cut short

timeval as_timeval(base::Millis limit) {
    timeval out{};
    out.tv_sec = static_cast<time_t>(limit.count() / 1000);
    out.tv_usec = static_cast<suseconds_t>(limit.count() % 1000 * 1000);
    return out;
}

int error_of(libusb_transfer_status status) {
    switch (status) {
        case LIBUSB_TRANSFER_COMPLETED:
        case LIBUSB_TRANSFER_TIMED_OUT:
            return 0;
        case LIBUSB_TRANSFER_STALL:
            return LIBUSB_ERROR_PIPE;
        case LIBUSB_TRANSFER_NO_DEVICE:
            return LIBUSB_ERROR_NO_DEVICE;
        case LIBUSB_TRANSFER_OVERFLOW:
            return LIBUSB_ERROR_OVERFLOW;
        case LIBUSB_TRANSFER_CANCELLED:
        case LIBUSB_TRANSFER_ERROR:
            break;
    }
    return LIBUSB_ERROR_IO;
}

}  // namespace

ResidentRead::ResidentRead(libusb_context* context, libusb_device_handle* handle,
                           std::uint8_t endpoint, std::size_t packet_size)
    : context_(context),
      handle_(handle),
      endpoint_(endpoint),
      buffer_((buffer_size_least + packet_size - 1) / packet_size * packet_size),
      transfer_(libusb_alloc_transfer(0)) {}

ResidentRead::~ResidentRead() {
    stopping_ = true;
    // Of a device that is gone the cancelling fails and the callback comes all the same.
    if (under_way_) libusb_cancel_transfer(transfer_);
    while (under_way_) {
        auto slice = as_timeval(base::Millis{100});
        if (libusb_handle_events_timeout_completed(context_, &slice, nullptr) != 0) break;
    }
    // A transfer that never came back may still be written to: it is left rather than freed.
    if (!under_way_) libusb_free_transfer(transfer_);
}

int ResidentRead::start() {
    if (transfer_ == nullptr) return LIBUSB_ERROR_NO_MEM;
    libusb_fill_bulk_transfer(transfer_, handle_, endpoint_, buffer_.data(),
                              static_cast<int>(buffer_.size()), &ResidentRead::came, this, 0);
    const int error = libusb_submit_transfer(transfer_);
    under_way_ = error == 0;
    return error;
}

void ResidentRead::came(libusb_transfer* transfer) {
    static_cast<ResidentRead*>(transfer->user_data)->ended();
}

void ResidentRead::ended() {
    under_way_ = false;
    something_came_ = 1;
    const auto got = static_cast<std::size_t>(std::max(0, transfer_->actual_length));
    const auto room = waiting_most - std::min(waiting_most, waiting_.size());
    waiting_.insert(waiting_.end(), buffer_.begin(),
                    buffer_.begin() + static_cast<std::ptrdiff_t>(std::min(got, room)));
    error_ = error_of(transfer_->status);
    if (stopping_ || error_ != 0) return;
    error_ = libusb_submit_transfer(transfer_);
    under_way_ = error_ == 0;
}

int ResidentRead::take(std::span<std::uint8_t> into, base::Millis limit) {
    something_came_ = 0;
    auto patience = as_timeval(waiting_.empty() && error_ == 0 ? limit : base::Millis{0});
    const int waited =
        libusb_handle_events_timeout_completed(context_, &patience, &something_came_);
    if (waiting_.empty()) {
        if (waited != 0) return waited;
        if (error_ == LIBUSB_ERROR_PIPE) {
            libusb_clear_halt(handle_, endpoint_);
            error_ = libusb_submit_transfer(transfer_);
            under_way_ = error_ == 0;
            return LIBUSB_ERROR_PIPE;
        }
        return error_;
    }
    const auto size = std::min(into.size(), waiting_.size());
    std::copy_n(waiting_.begin(), size, into.begin());
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(size));
    return static_cast<int>(size);
}

}  // namespace drivers::usb
