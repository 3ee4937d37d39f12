#include "drivers/id_card/card_link.hpp"

#include "base/secret.hpp"
#include "drivers/id_card/status_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace drivers::id_card {

namespace {

using base::FaultCode;

constexpr base::Millis write_limit{1000};
// A reply is awaited in slices, so that the worker can end; they are counted, not timed.
constexpr base::Millis read_slice{250};
constexpr int slices_of_a_read = 14;  // 3.5 s for commands 30 xx
constexpr int slices_of_others = 6;   // 1.5 s
constexpr base::Millis drain_slice{20};
constexpr std::size_t drain_pieces_max = 2 * frame_size_max / 64;

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

}  // namespace

CardLink::CardLink(std::shared_ptr<usb::UsbTransport> transport)
    : transport_(std::move(transport)) {}
CardLink::~CardLink() {
    close();
}

base::Status CardLink::open(std::stop_token stop) {
    close();
    if (auto opened = transport_->open(); !opened)
        return base::fail(as_reader_fault(opened.error()));
    open_ = true;
    leftovers_ = true;
    auto up = [&]() -> base::Status {
        TRY_STATUS(choose_pipes());
        TRY(ask(sam_status, stop));
        const auto id = TRY(ask(read_sam_id, stop));
        if (id.sw3 != sw_success) return base::fail(FaultCode::CardReaderModuleFailed, "sam id");
        return {};
    }();
    if (!up) close();
    return up;
}

void CardLink::close() {
    if (std::exchange(open_, false)) transport_->close();
}

base::Status CardLink::choose_pipes() {
    const auto endpoints = transport_->endpoints();
    const auto has = [&](std::uint8_t address) {
        return std::any_of(endpoints.begin(), endpoints.end(),
                           [&](const auto& endpoint) { return endpoint.address == address; });
    };
    if (has(0x02) && has(0x06) && has(0x81) && has(0x85)) {
        pipes_ = {0x02, 0x06, 0x81, 0x85};
        return {};
    }
    const auto in =
        std::find_if(endpoints.begin(), endpoints.end(), [](const auto& e) { return e.is_in(); });
    const auto out =
        std::find_if(endpoints.begin(), endpoints.end(), [](const auto& e) { return !e.is_in(); });
    if (in == endpoints.end() || out == endpoints.end())
        return base::fail(FaultCode::CardReaderAbsent, "endpoints");
    pipes_ = {out->address, out->address, in->address, in->address};
    return {};
}

base::Result<Reply> CardLink::ask(Command command, std::stop_token stop) {
    // The module or the cable may garble one frame: the same command once more, then it is the end.
    auto reply = ask_once(command, stop);
    const bool again = reply ? status_word(reply->sw3).next == NextStep::resend
                             : reply.error().code == FaultCode::CardFrameGarbled;
    if (again && !stop.stop_requested()) {
        leftovers_ = true;
        reply = ask_once(command, stop);
    }
    if (!reply) return base::fail(as_reader_fault(reply.error()));
    const auto word = status_word(reply->sw3);
    if (word.next == NextStep::resend || word.next == NextStep::out_of_service)
        return base::fail(word.fault, word.word);
    return reply;
}

base::Result<Reply> CardLink::ask_once(Command command, std::stop_token stop) {
    if (std::exchange(leftovers_, false)) drain();
    TRY_STATUS(send(command));
    const bool slow = command.command == read_text_and_photo.command;
    auto reply = receive(slow ? slices_of_a_read : slices_of_others, stop);
    leftovers_ = !reply;
    return reply;
}

base::Status CardLink::send(Command command) {
    const auto frame = encode(command);
    const base::ByteView bytes(frame);
    if (!pipes_.split()) return transport_->write(pipes_.out_header, bytes, write_limit);
    TRY_STATUS(transport_->write(pipes_.out_header, bytes.first(header_size), write_limit));
    return transport_->write(pipes_.out_body, bytes.subspan(header_size), write_limit);
}

base::Result<Reply> CardLink::receive(int slices, std::stop_token stop) {
    // The frame holds a person: one buffer that never moves, wiped on every way out.
    std::array<std::uint8_t, frame_size_max> buffer;
    struct Wipe {
        std::array<std::uint8_t, frame_size_max>& buffer;
        ~Wipe() { base::wipe_memory(buffer.data(), buffer.size()); }
    } const wipe{buffer};
    std::size_t have = 0;
    for (int left = slices; left > 0 && !stop.stop_requested();) {
        const auto missing = TRY(missing_from_reply({buffer.data(), have}));
        if (missing == 0) return decode_reply({buffer.data(), have});
        const auto pipe =
            has_reply_header({buffer.data(), have}) ? pipes_.in_body : pipes_.in_header;
        // Split pipes give header and body apart; a single pair may give all at once.
        const auto room = pipes_.split() ? missing : buffer.size() - have;
        auto got = transport_->read(pipe, {buffer.data() + have, room}, read_slice);
        if (got)
            have += *got;
        else if (got.error().code == FaultCode::UsbTimedOut)
            --left;
        else
            return base::fail(got.error());
    }
    if (have > 0) return base::fail(FaultCode::CardFrameGarbled, "truncated");
    return base::fail(FaultCode::UsbTimedOut);
}

void CardLink::drain() {
    std::array<std::uint8_t, 512> waste;
    for (const auto pipe : {pipes_.in_header, pipes_.in_body})
        for (std::size_t i = 0; i < drain_pieces_max; ++i)
            if (!transport_->read(pipe, waste, drain_slice)) break;
    base::wipe_memory(waste.data(), waste.size());
}

}  // namespace drivers::id_card
