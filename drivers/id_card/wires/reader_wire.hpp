// The way to one card reader, whatever socket it is in: whole frames go out, replies come back in
// pieces. Knows nothing of what frames mean. All calls of one wire come from one worker thread
// (quirk Q7). Faults: CardReaderAbsent (nothing there to open, or not openable: the detail says
// why), CardReaderUnplugged (close, then open again), CardReaderSilent (takes no bytes or stalls).
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace drivers::id_card {

// What is certainly still to come of the reply to the last frame.
struct Awaited {
    std::size_t bytes = 0;  // at least one
    bool header = true;     // preamble and length have not come yet
};

class ReaderWire {
  public:
    virtual ~ReaderWire() = default;
    virtual base::Status open() = 0;
    virtual void close() = 0;
    // A wire that can be spoken to in several ways (a line whose speed nobody knows) takes the next
    // one for the next open(); false: all were tried since the last false, or there is only one.
    virtual bool take_next_way() { return false; }
    virtual base::Status send(base::ByteView frame) = 0;
    // The next piece, never more than `room` holds; 0 = nothing came within `limit`.
    virtual base::Result<std::size_t> receive(std::span<std::uint8_t> room, Awaited awaited,
                                              base::Millis limit) = 0;
    // What this reader needs between a command that reads a card (30 xx) and the first look for its
    // reply.
    virtual base::Millis pause_before_reply() const { return base::Millis{0}; }
    // Throws away what is left of an earlier reply.
    virtual void drain() = 0;
    // For technicians: what it is plugged into. Of USB, once it was opened.
    virtual std::string where() const = 0;
    // See UsbTransport::on_plugging; a wire that has no such news never calls it.
    virtual void on_plugging(std::function<void()>) {}
};

}  // namespace drivers::id_card
