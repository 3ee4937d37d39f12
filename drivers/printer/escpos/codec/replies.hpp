// What a receipt printer says on its IN pipe, told apart by pattern alone: automatic status,
// answers to DLE EOT, answers to a process id, single bytes. Pure; one reader per opening. A lost
// byte costs the one reply it belonged to: the next first byte is known by its fixed bits.
#pragma once

#include "drivers/printer/escpos/codec/commands.hpp"

#include <variant>
#include <vector>

namespace drivers::printer::escpos {

// Four bytes of ASB, unpacked.
struct AutomaticStatus {
    bool offline = false;
    bool cover_open = false;
    bool feeding = false;  // by its button
    bool cutter_error = false;
    bool recoverable_error = false;    // a mechanical one
    bool unrecoverable_error = false;  // switch it off, call somebody
    bool overheated = false;           // goes on by itself
    bool paper_near_end = false;
    bool paper_end = false;
    friend bool operator==(const AutomaticStatus&, const AutomaticStatus&) = default;
};
// The one byte that answers DLE EOT; what it means depends on what was asked.
struct RealtimeAnswer {
    std::uint8_t bits = 0;
    friend bool operator==(const RealtimeAnswer&, const RealtimeAnswer&) = default;
};
struct ProcessAnswer {
    ProcessId id{};
    friend bool operator==(const ProcessAnswer&, const ProcessAnswer&) = default;
};
// One byte that belongs to none of them and stands alone: the answer to GS r, when one was asked.
struct LoneByte {
    std::uint8_t bits = 0;
    friend bool operator==(const LoneByte&, const LoneByte&) = default;
};
using Reply = std::variant<AutomaticStatus, RealtimeAnswer, ProcessAnswer, LoneByte>;

class ReplyReader {
  public:
    // The replies that `bytes`, as one read gave them, complete.
    std::vector<Reply> read(base::ByteView bytes);
    void forget();  // half-read replies

    // Bytes that belonged to no reply so far.
    std::size_t strays() const { return strays_; }

  private:
    void take(std::uint8_t byte, std::vector<Reply>& out);
    void begin(std::uint8_t byte, std::vector<Reply>& out);
    void end_run(std::vector<Reply>& out);

    base::Bytes pending_;  // of ASB or a process answer that has begun
    base::Bytes run_;      // bytes in a row that fit nothing
    std::size_t strays_ = 0;
};

}  // namespace drivers::printer::escpos
