#include "drivers/id_card/card_link.hpp"

#include "base/secret.hpp"
#include "drivers/id_card/codec/card_content.hpp"
#include "drivers/id_card/codec/status_words.hpp"

#include <array>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace drivers::id_card {

namespace {

using base::FaultCode;

// A reply is awaited in slices, so that the worker can end; they are counted, not timed.
constexpr base::Millis read_slice{250};
constexpr int slices_of_a_read = 14;  // 3.5 s for commands 30 xx (quirk Q2)
constexpr int slices_of_others = 6;   // 1.5 s

// What a reader sounds like to whom speaks at another speed.
bool is_misunderstood(FaultCode code) {
    return code == FaultCode::CardReaderSilent || code == FaultCode::CardFrameGarbled;
}

// Ends early when the worker does.
void pause(base::Millis length, std::stop_token stop) {
    if (length.count() == 0) return;
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, length, [] { return false; });
}

}  // namespace

CardLink::CardLink(std::unique_ptr<ReaderWire> wire) : wire_(std::move(wire)) {}
CardLink::~CardLink() {
    close();
}

base::Status CardLink::open(std::stop_token stop) {
    auto up = open_once(stop);
    while (!up && !stop.stop_requested() && is_misunderstood(up.error().code) &&
           wire_->take_next_way())
        up = open_once(stop);
    return up;
}

base::Status CardLink::open_once(std::stop_token stop) {
    close();
    TRY_STATUS(wire_->open());
    open_ = true;
    leftovers_ = true;
    auto up = [&]() -> base::Status {
        TRY(ask(sam_status, stop));
        const auto id = TRY(ask(read_sam_id, stop));
        const auto text = sam_id_text(id.data);
        if (id.sw3 != sw_success || !text)
            return base::fail(FaultCode::CardReaderModuleFailed, "sam id");
        module_ = *text;
        return {};
    }();
    if (!up) close();
    return up;
}

void CardLink::close() {
    if (std::exchange(open_, false)) wire_->close();
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
    if (!reply) return reply;
    const auto word = status_word(reply->sw3);
    if (word.next == NextStep::resend || word.next == NextStep::out_of_service)
        return base::fail(word.fault, word.word);
    return reply;
}

base::Result<Reply> CardLink::ask_once(Command command, std::stop_token stop) {
    if (std::exchange(leftovers_, false)) wire_->drain();
    TRY_STATUS(wire_->send(encode(command)));
    const bool slow = command.command == read_text_and_photo.command;
    if (slow) pause(wire_->pause_before_reply(), stop);
    auto reply = receive(slow ? slices_of_a_read : slices_of_others, stop);
    leftovers_ = !reply;
    return reply;
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
        const base::ByteView so_far(buffer.data(), have);
        const auto missing = TRY(missing_from_reply(so_far));
        if (missing == 0) return decode_reply(so_far);
        const auto got = TRY(wire_->receive({buffer.data() + have, buffer.size() - have},
                                            {missing, !has_reply_header(so_far)}, read_slice));
        have += got;
        if (got == 0) --left;
    }
    if (have > 0) return base::fail(FaultCode::CardFrameGarbled, "truncated");
    return base::fail(FaultCode::CardReaderSilent, "timeout");
}

}  // namespace drivers::id_card
