#include "drivers/id_card/emulated_id_card_reader.hpp"

#include "drivers/id_card/card_record.hpp"

#include <utility>

namespace drivers::id_card {

namespace {

std::vector<usb::Endpoint> endpoints_of(PipeShape shape) {
    using usb::TransferKind;
    if (shape == PipeShape::two_pairs)
        return {{0x02, TransferKind::bulk, 64},
                {0x06, TransferKind::bulk, 64},
                {0x81, TransferKind::bulk, 64},
                {0x85, TransferKind::bulk, 64}};
    return {{0x01, TransferKind::bulk, 64}, {0x82, TransferKind::bulk, 64}};
}

constexpr std::size_t garbled_byte = 60;  // inside the birth date

Reply only(std::uint8_t sw3) {
    return {0, 0, sw3, {}};
}

}  // namespace

EmulatedIdCardReader::EmulatedIdCardReader(PipeShape shape)
    : EmulatedUsbDevice({0x0400, 0xC35A}, endpoints_of(shape)), shape_(shape) {}

void EmulatedIdCardReader::place(EmulatedCard card) {
    std::lock_guard lock(mutex_);
    just_swapped_ = just_swapped_ || card_.has_value();
    card_ = std::move(card);
    found_ = selected_ = was_read_ = false;
}

void EmulatedIdCardReader::lift() {
    std::lock_guard lock(mutex_);
    just_swapped_ = just_swapped_ || card_.has_value();
    card_.reset();
}

bool EmulatedIdCardReader::has_card() const {
    std::lock_guard lock(mutex_);
    return card_.has_value();
}

void EmulatedIdCardReader::set_fault(CardFault fault) {
    std::lock_guard lock(mutex_);
    fault_ = fault;
}

void EmulatedIdCardReader::powered() {
    incoming_.clear();
    found_ = selected_ = was_read_ = false;
}

void EmulatedIdCardReader::host_wrote(std::uint8_t, base::ByteView bytes) {
    incoming_.insert(incoming_.end(), bytes.begin(), bytes.end());
    if (incoming_.size() < header_size) return;
    const auto whole = header_size + (static_cast<std::size_t>(incoming_[5]) << 8) + incoming_[6];
    if (incoming_.size() < whole) return;
    const auto command = decode_command(std::exchange(incoming_, {}));
    if (fault_ == CardFault::silent) return;
    if (!command) return send(encode(only(0x10)));
    handle(*command);
}

void EmulatedIdCardReader::handle(Command command) {
    auto frame = encode(fault_ == CardFault::unauthorised ? only(0x66) : reply_to(command));
    if (command == read_text_and_photo && frame.size() > record_size) {
        if (fault_ == CardFault::garbled) frame[garbled_byte] ^= 0x20u;
        if (fault_ == CardFault::truncated) frame.resize(frame.size() / 2);
    }
    send(std::move(frame));
}

Reply EmulatedIdCardReader::reply_to(Command command) {
    if (command == sam_status) return only(0x90);
    if (command == read_sam_id)
        return {0,
                0,
                0x90,
                {0x05, 0, 0x01, 0, 0x31, 0xA3, 0x32, 0x01, 0x15, 0xCD, 0x5B, 0x07, 0x2A, 0, 0, 0}};
    const bool swapped = std::exchange(just_swapped_, false);
    const bool there = card_ && !swapped;
    if (command == find_card) {
        found_ = there && !was_read_;
        selected_ = false;
        return found_ ? Reply{0, 0, 0x9F, base::Bytes(4)} : only(0x80);
    }
    if (command == select_card) {
        selected_ = there && found_;
        return selected_ ? Reply{0, 0, 0x90, base::Bytes(8)} : only(0x81);
    }
    if (command == read_text_and_photo) return there && selected_ ? read_content() : only(0x41);
    if (command == read_card_management_number)
        return there ? Reply{0, 0, 0x90, base::Bytes(24)} : only(0x41);
    return only(0x21);
}

Reply EmulatedIdCardReader::read_content() {
    if (fault_ == CardFault::lifted) {
        card_.reset();
        fault_ = CardFault::none;
        return only(0x41);
    }
    was_read_ = fault_ == CardFault::none;
    auto content = join_text_and_photo(card_->text, card_->photo);
    if (fault_ == CardFault::lying_length) content[0] = 0x02;
    return {0, 0, 0x90, std::move(content)};
}

void EmulatedIdCardReader::send(base::Bytes frame) {
    if (shape_ == PipeShape::one_pair) return answer(0x82, std::move(frame));
    answer(0x81, base::Bytes(frame.begin(), frame.begin() + header_size));
    answer(0x85, base::Bytes(frame.begin() + header_size, frame.end()));
}

}  // namespace drivers::id_card
