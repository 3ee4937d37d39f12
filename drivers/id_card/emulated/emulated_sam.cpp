#include "drivers/id_card/emulated/emulated_sam.hpp"

#include "drivers/id_card/codec/card_content.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/codec/status_words.hpp"

#include <algorithm>

namespace drivers::id_card {

namespace {

constexpr std::size_t garbled_byte = 60;  // inside the birth date
constexpr std::size_t fingerprints_size = 1024;
constexpr std::size_t management_number_size = 24;

Reply only(std::uint8_t sw3) {
    return {0, 0, sw3, {}};
}

// Another one for each card, the same at each read.
base::Bytes management_number(const EmulatedCard& card) {
    base::Bytes number(management_number_size);
    std::size_t at = 0;
    for (const auto byte : card.text) {
        auto& part = number[at++ % management_number_size];
        part = static_cast<std::uint8_t>(part * 31 + byte);
    }
    return number;
}

bool is_content(Command command) {
    return command == read_text_and_photo || command == read_text_photo_and_fingerprints;
}

}  // namespace

void EmulatedSam::place(EmulatedCard card) {
    std::lock_guard lock(mutex_);
    take_away();
    card_ = std::move(card);
}

void EmulatedSam::lift() {
    std::lock_guard lock(mutex_);
    take_away();
}

void EmulatedSam::take_away() {
    just_swapped_ = just_swapped_ || card_.has_value();
    card_.reset();
    found_ = selected_ = was_read_ = false;
}

void EmulatedSam::lift_before(Command command) {
    std::lock_guard lock(mutex_);
    lift_before_ = command;
}

bool EmulatedSam::has_card() const {
    std::lock_guard lock(mutex_);
    return card_.has_value();
}

void EmulatedSam::set_fault(CardFault fault) {
    std::lock_guard lock(mutex_);
    fault_ = fault;
}

void EmulatedSam::refuse(Command command, std::uint8_t sw3) {
    std::lock_guard lock(mutex_);
    refused_.emplace_back(command, sw3);
}

void EmulatedSam::refuse_nothing() {
    std::lock_guard lock(mutex_);
    refused_.clear();
}

void EmulatedSam::spoil(unsigned percent, std::uint32_t seed) {
    std::lock_guard lock(mutex_);
    spoiled_percent_ = percent;
    dice_.seed(seed);
}

void EmulatedSam::spoil_now_and_then(base::Bytes& frame) {
    constexpr unsigned hundred = 100, bits = 8;
    if (spoiled_percent_ == 0 || dice_() % hundred >= spoiled_percent_) return;
    auto& byte = frame[dice_() % frame.size()];
    byte = static_cast<std::uint8_t>(byte ^ 1U << dice_() % bits);
}

std::vector<Command> EmulatedSam::asked() const {
    std::lock_guard lock(mutex_);
    return asked_;
}

void EmulatedSam::powered() {
    std::lock_guard lock(mutex_);
    incoming_.clear();
    last_read_.reset();
    found_ = selected_ = was_read_ = false;
}

std::optional<EmulatedSam::Answer> EmulatedSam::hear(base::ByteView bytes) {
    std::lock_guard lock(mutex_);
    // A preamble begins a command anew: the one before it was given up half-way.
    if (bytes.size() >= preamble.size() &&
        std::equal(preamble.begin(), preamble.end(), bytes.begin()))
        incoming_.clear();
    incoming_.insert(incoming_.end(), bytes.begin(), bytes.end());
    const auto begins = std::find_if(incoming_.begin(), incoming_.end(),
                                     [](std::uint8_t byte) { return byte != 0; });
    incoming_.erase(incoming_.begin(), begins);
    if (incoming_.size() < header_size) return std::nullopt;
    const auto whole = header_size + (static_cast<std::size_t>(incoming_[5]) << 8) + incoming_[6];
    if (incoming_.size() < whole) return std::nullopt;
    const auto command = decode_command(base::ByteView(incoming_).first(whole));
    incoming_.clear();  // half-duplex: what follows is padding
    if (fault_ == CardFault::silent) return std::nullopt;
    if (!command) return Answer{{}, encode(only(0x10))};
    asked_.push_back(*command);
    if (lift_before_ == *command) {
        take_away();
        lift_before_.reset();
    }
    auto frame = encode(fault_ == CardFault::unauthorised ? only(0x66) : reply_to(*command));
    if (is_content(*command) && frame.size() > record_size) {
        if (fault_ == CardFault::garbled) frame[garbled_byte] ^= 0x20u;
        if (fault_ == CardFault::truncated) frame.resize(frame.size() / 2);
    }
    if (fault_ == CardFault::lost_preamble) frame.erase(frame.begin());
    spoil_now_and_then(frame);
    return Answer{*command, std::move(frame)};
}

Reply EmulatedSam::reply_to(Command command) {
    for (const auto& [refused, sw3] : refused_)
        if (refused == command) return only(sw3);
    if (command == reset_sam || command == sam_status || command == set_largest_radio_frame)
        return only(sw_success);
    if (command == read_sam_id)
        return {0,
                0,
                sw_success,
                {0x05, 0, 0x01, 0, 0x31, 0xA3, 0x32, 0x01, 0x15, 0xCD, 0x5B, 0x07, 0x2A, 0, 0, 0}};
    const bool swapped = std::exchange(just_swapped_, false);
    const bool there = card_ && !swapped;
    if (command == find_card) {
        found_ = there && !was_read_;
        selected_ = false;
        return found_ ? Reply{0, 0, sw_card_found, base::Bytes(4)} : only(sw_no_card);
    }
    if (command == select_card) {
        selected_ = there && found_ && fault_ != CardFault::two_cards;
        return selected_ ? Reply{0, 0, sw_success, base::Bytes(8)} : only(0x81);
    }
    return there ? reply_about_content(command) : only(0x41);
}

Reply EmulatedSam::reply_about_content(Command command) {
    if (is_content(command))
        return selected_ ? read_content(command == read_text_photo_and_fingerprints) : only(0x41);
    if (command == read_card_management_number)
        return {0, 0, sw_success, management_number(*card_)};
    if (command == read_newest_address)
        return card_->new_address.empty() ? only(0x91)
                                          : Reply{0, 0, sw_success, card_->new_address};
    return only(sw_unknown_command);
}

Reply EmulatedSam::read_content(bool with_fingerprints) {
    if (fault_ == CardFault::lifted) {
        take_away();
        fault_ = CardFault::none;
        return only(0x41);
    }
    if (fault_ == CardFault::distrusted) return {0x69, 0x82, 0x32, {}};
    const bool remembers = fault_ == CardFault::remembers;
    was_read_ = fault_ == CardFault::none || fault_ == CardFault::lost_preamble || remembers;
    if (!remembers) last_read_.reset();  // nobody's data stays in a module that is well
    if (remembers && !last_read_) last_read_ = card_;
    const EmulatedCard& given = remembers ? *last_read_ : *card_;
    auto content = join_text_and_photo(given.text, given.photo);
    if (with_fingerprints) {
        const base::Bytes length{fingerprints_size >> 8, fingerprints_size & 0xFF};
        content.insert(content.begin() + 4, length.begin(), length.end());
        content.insert(content.end(), fingerprints_size, 0xF1);
    }
    if (fault_ == CardFault::lying_length) content[0] = 0x02;
    return {0, 0, sw_success, std::move(content)};
}

}  // namespace drivers::id_card
