#include "drivers/id_card/wires/usb_wire.hpp"

#include "base/secret.hpp"
#include "drivers/id_card/codec/card_frames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace drivers::id_card {

namespace {

using base::FaultCode;

constexpr base::Millis write_limit{1000};
constexpr base::Millis drain_slice{20};
constexpr std::size_t drain_pieces_max = 2 * frame_size_max / report_size;

base::Fault as_reader_fault(const base::Fault& fault) {
    switch (fault.code) {
        case FaultCode::UsbDeviceAbsent:
            return {FaultCode::CardReaderAbsent, {}};
        case FaultCode::UsbDeviceGone:
            return {FaultCode::CardReaderUnplugged, {}};
        case FaultCode::UsbTimedOut:
            return {FaultCode::CardReaderSilent, "timeout"};
        case FaultCode::UsbStalled:
            return {FaultCode::CardReaderSilent, "stalled"};
        case FaultCode::UsbFailed:
            return {FaultCode::CardReaderAbsent, fault.safe_detail};
        default:
            return fault;
    }
}

base::Status as_reader_status(const base::Status& status) {
    if (status) return {};
    return base::fail(as_reader_fault(status.error()));
}

}  // namespace

UsbWire::UsbWire(std::shared_ptr<usb::UsbTransport> transport) : transport_(std::move(transport)) {}
UsbWire::~UsbWire() {
    close();
}

base::Status UsbWire::open() {
    close();
    TRY_STATUS(as_reader_status(transport_->open()));
    open_ = true;
    const auto* model = model_of(transport_->id());
    // One that the table lacks was named by the configuration: its descriptors are all that is
    // known.
    const auto pipes =
        choose_pipes(model ? model->speaks : Speaks::by_descriptors, transport_->endpoints());
    if (!pipes) {
        close();
        return base::fail(pipes.error());
    }
    pipes_ = *pipes;
    pause_ = model ? model->pause : base::Millis{0};
    return {};
}

void UsbWire::close() {
    forget_report();
    if (std::exchange(open_, false)) transport_->close();
}

base::Status UsbWire::send(base::ByteView frame) {
    forget_report();
    if (pipes_.reports) return send_reports(frame);
    if (!pipes_.split()) return write(pipes_.out_header, frame);
    TRY_STATUS(write(pipes_.out_header, frame.first(header_size)));
    return write(pipes_.out_body, frame.subspan(header_size));
}

base::Status UsbWire::send_reports(base::ByteView frame) {
    for (; !frame.empty(); frame = frame.subspan(std::min(frame.size(), report_size))) {
        std::array<std::uint8_t, report_size> report{};
        std::copy_n(frame.begin(), std::min(frame.size(), report_size), report.begin());
        TRY_STATUS(write(pipes_.out_header, report));
    }
    return {};
}

base::Status UsbWire::write(std::uint8_t pipe, base::ByteView bytes) {
    return as_reader_status(transport_->write(pipe, bytes, write_limit));
}

base::Result<std::size_t> UsbWire::read(std::uint8_t pipe, std::span<std::uint8_t> into,
                                        base::Millis limit) {
    const auto got = transport_->read(pipe, into, limit);
    if (got) return *got;
    if (got.error().code == FaultCode::UsbTimedOut) return std::size_t{0};
    return base::fail(as_reader_fault(got.error()));
}

base::Result<std::size_t> UsbWire::receive(std::span<std::uint8_t> room, Awaited awaited,
                                           base::Millis limit) {
    if (pipes_.reports) return receive_report(room, awaited, limit);
    const auto pipe = awaited.header ? pipes_.in_header : pipes_.in_body;
    // Split pipes give header and body apart; a single pair may give all at once.
    if (pipes_.split()) room = room.first(std::min(room.size(), awaited.bytes));
    return read(pipe, room, limit);
}

base::Result<std::size_t> UsbWire::receive_report(std::span<std::uint8_t> room, Awaited awaited,
                                                  base::Millis limit) {
    if (report_at_ == report_end_) {
        forget_report();
        report_end_ = TRY(read(pipes_.in_header, report_, limit));
    }
    const auto size = std::min({room.size(), awaited.bytes, report_end_ - report_at_});
    std::copy_n(report_.begin() + static_cast<std::ptrdiff_t>(report_at_), size, room.begin());
    report_at_ += size;
    return size;
}

void UsbWire::forget_report() {
    base::wipe_memory(report_.data(), report_.size());
    report_at_ = report_end_ = 0;
}

std::string UsbWire::where() const {
    const auto id = transport_->id();
    return fmt::format("USB {:04X}:{:04X}", id.vendor, id.product);
}

void UsbWire::drain() {
    forget_report();
    std::array<std::uint8_t, 512> waste;
    for (const auto pipe : {pipes_.in_header, pipes_.in_body})
        for (std::size_t i = 0; i < drain_pieces_max; ++i)
            if (const auto got = read(pipe, waste, drain_slice); !got || *got == 0) break;
    base::wipe_memory(waste.data(), waste.size());
}

}  // namespace drivers::id_card
