#include "drivers/id_card/emulated/emulated_id_card_reader.hpp"

#include "drivers/id_card/wires/usb_pipes.hpp"

#include <algorithm>

namespace drivers::id_card {

namespace {

using usb::TransferKind;

bool in_reports(PipeShape shape) {
    return shape == PipeShape::reports || shape == PipeShape::reports_by_request;
}

usb::DeviceId id_of(PipeShape shape) {
    return in_reports(shape) ? usb::DeviceId{0x2B8B, 0x2721} : usb::DeviceId{0x0400, 0xC35A};
}

std::vector<usb::Endpoint> endpoints_of(PipeShape shape) {
    switch (shape) {
        case PipeShape::two_pairs:
            return {{0x02, TransferKind::bulk, 64},
                    {0x06, TransferKind::bulk, 64},
                    {0x81, TransferKind::bulk, 64},
                    {0x85, TransferKind::bulk, 64}};
        case PipeShape::one_pair:
            return {{0x01, TransferKind::bulk, 64}, {0x82, TransferKind::bulk, 64}};
        case PipeShape::reports:
            return {{0x84, TransferKind::interrupt, report_size},
                    {0x03, TransferKind::interrupt, report_size}};
        case PipeShape::reports_by_request:
            return {{0x84, TransferKind::interrupt, report_size}};
    }
    return {};
}

}  // namespace

EmulatedIdCardReader::EmulatedIdCardReader(PipeShape shape, std::optional<usb::DeviceId> id)
    : EmulatedUsbDevice(id.value_or(id_of(shape)), endpoints_of(shape)), shape_(shape) {}

void EmulatedIdCardReader::delay_reading(int polls) {
    std::lock_guard lock(mutex_);
    reading_delay_ = polls;
}

void EmulatedIdCardReader::host_wrote(std::uint8_t, base::ByteView bytes) {
    // A report of another size is none: the module never sees it.
    if (in_reports(shape_) && bytes.size() != report_size) return;
    auto answer = sam_.hear(bytes);
    if (!answer) return;
    if (answer->to == read_text_and_photo && reading_delay_ > 0) hold_reply(reading_delay_);
    send(std::move(answer->frame));
}

void EmulatedIdCardReader::send(base::Bytes frame) {
    switch (shape_) {
        case PipeShape::two_pairs: {
            // A frame that lost a byte lost it in the first pipe.
            const auto head =
                static_cast<std::ptrdiff_t>(frame[3] == 0x69 ? header_size - 1 : header_size);
            answer(0x81, base::Bytes(frame.begin(), frame.begin() + head));
            return answer(0x85, base::Bytes(frame.begin() + head, frame.end()));
        }
        case PipeShape::one_pair:
            return answer(0x82, std::move(frame));
        case PipeShape::reports:
        case PipeShape::reports_by_request:
            // The device's buffer is not cleared behind a frame: what stands there is old.
            frame.resize((frame.size() + report_size - 1) / report_size * report_size, 0xA5);
            return answer(0x84, std::move(frame));
    }
}

}  // namespace drivers::id_card
