#include "drivers/printer/escpos/codec/replies.hpp"

#include <algorithm>

namespace drivers::printer::escpos {

namespace {

constexpr std::size_t automatic_size = 4, process_size = 7;
constexpr std::uint8_t process_head = 0x37, process_kind = 0x22;

bool begins_automatic(std::uint8_t byte) {
    return (byte & 0x93u) == 0x10u;
}
bool goes_on_automatic(std::uint8_t byte) {
    return (byte & 0x90u) == 0;
}
bool answers_realtime(std::uint8_t byte) {
    return (byte & 0x93u) == 0x12u;
}
// Whether `byte` fits at this place of a process answer: head, kind, four of the id, zero.
bool fits_process(std::size_t place, std::uint8_t byte) {
    if (place == 1) return byte == process_kind;
    return place == process_size - 1 ? byte == 0 : true;
}
bool bit(std::uint8_t byte, unsigned number) {
    return (byte >> number & 1u) != 0;
}

AutomaticStatus unpacked(const base::Bytes& bytes) {
    AutomaticStatus out;
    out.offline = bit(bytes[0], 3);
    out.cover_open = bit(bytes[0], 5);
    out.feeding = bit(bytes[0], 6);
    out.recoverable_error = bit(bytes[1], 2);
    out.cutter_error = bit(bytes[1], 3);
    out.unrecoverable_error = bit(bytes[1], 5);
    out.overheated = bit(bytes[1], 6);
    out.paper_near_end = bit(bytes[2], 0) && bit(bytes[2], 1);
    out.paper_end = bit(bytes[2], 2) && bit(bytes[2], 3);
    return out;
}

}  // namespace

std::vector<Reply> ReplyReader::read(base::ByteView bytes) {
    std::vector<Reply> out;
    for (const auto byte : bytes) take(byte, out);
    end_run(out);
    return out;
}

void ReplyReader::forget() {
    pending_.clear();
    run_.clear();
}

void ReplyReader::take(std::uint8_t byte, std::vector<Reply>& out) {
    if (pending_.empty()) return begin(byte, out);
    const bool automatic = begins_automatic(pending_.front());
    const bool fits = automatic ? goes_on_automatic(byte) : fits_process(pending_.size(), byte);
    if (!fits) {
        // What was begun lost a byte. The one at hand begins the next reply, or is the answer to
        // DLE EOT, which a printer may put between.
        strays_ += pending_.size();
        pending_.clear();
        return begin(byte, out);
    }
    pending_.push_back(byte);
    if (automatic && pending_.size() == automatic_size) {
        out.emplace_back(unpacked(pending_));
        pending_.clear();
    } else if (!automatic && pending_.size() == process_size) {
        ProcessAnswer answer;
        std::copy_n(pending_.begin() + 2, answer.id.size(), answer.id.begin());
        out.emplace_back(answer);
        pending_.clear();
    }
}

void ReplyReader::begin(std::uint8_t byte, std::vector<Reply>& out) {
    if (answers_realtime(byte)) {
        end_run(out);
        out.emplace_back(RealtimeAnswer{byte});
    } else if (begins_automatic(byte) || byte == process_head) {
        end_run(out);
        pending_.push_back(byte);
    } else {
        run_.push_back(byte);
    }
}

// One byte alone may be an answer to GS r. Several in a row are what is left of a status that lost
// its first byte, and must not be taken for that.
void ReplyReader::end_run(std::vector<Reply>& out) {
    if (run_.size() == 1 && goes_on_automatic(run_.front()))
        out.emplace_back(LoneByte{run_.front()});
    else
        strays_ += run_.size();
    run_.clear();
}

}  // namespace drivers::printer::escpos
