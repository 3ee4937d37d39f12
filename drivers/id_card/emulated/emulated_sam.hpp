// A security module in memory and the card that lies on it: takes the host's bytes, gives the true
// bytes of its replies, whatever wire they travel on. The panel's thread places and lifts cards and
// chooses a fault at any time. Like most modules it does not answer find for a card that was read
// until the card was lifted.
#pragma once

#include "drivers/id_card/codec/card_frames.hpp"

#include <array>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace drivers::id_card {

enum class CardFault {
    none,
    garbled,        // one byte of the content is flipped in every reply
    truncated,      // the content stops half-way
    lying_length,   // the content's length words do not fit what follows, its check byte does
    lifted,         // the card goes away while it is read
    silent,         // nothing is answered any more
    unauthorised,   // the module says SW3 66 to everything
    lost_preamble,  // every reply comes without its first byte
    distrusted,     // the module refuses the card (SW3 32) until it was lifted
    two_cards,      // two cards lie there: none of them can be selected
    remembers,      // the card that was read last is given out again, whatever lies there
};
inline constexpr std::array<std::pair<std::string_view, CardFault>, 11> card_faults{{
    {"none", CardFault::none},
    {"garbled", CardFault::garbled},
    {"truncated", CardFault::truncated},
    {"lying_length", CardFault::lying_length},
    {"lifted", CardFault::lifted},
    {"silent", CardFault::silent},
    {"unauthorised", CardFault::unauthorised},
    {"lost_preamble", CardFault::lost_preamble},
    {"distrusted", CardFault::distrusted},
    {"two_cards", CardFault::two_cards},
    {"remembers", CardFault::remembers},
}};

// The content of a chip.
struct EmulatedCard {
    base::Bytes text;         // 256
    base::Bytes photo;        // 1024 or none
    base::Bytes new_address;  // 70, or none was written since the card was issued
};

class EmulatedSam {
  public:
    void place(EmulatedCard card);  // takes away what lay there before
    void lift();
    void lift_before(
        Command command);  // the card goes away just before that command is carried out
    bool has_card() const;
    void set_fault(CardFault fault);
    // Whatever lies there, that command has this result; 21: this model does not know it.
    void refuse(Command command, std::uint8_t sw3 = 0x21);
    void refuse_nothing();
    // Of a hundred replies so many come with one bit flipped, the same ones for the same seed.
    void spoil(unsigned percent, std::uint32_t seed);
    std::vector<Command> asked() const;  // every command since it was made

    void powered();  // forgets half-done conversations
    struct Answer {
        Command to;
        base::Bytes frame;
    };
    // None while the host's frame is not complete, and when nothing is answered. Zeros before a
    // frame are the padding of the last report.
    std::optional<Answer> hear(base::ByteView bytes);

  private:
    Reply reply_to(Command command);
    void spoil_now_and_then(base::Bytes& frame);
    Reply reply_about_content(Command command);
    Reply read_content(bool with_fingerprints);
    void take_away();

    mutable std::mutex mutex_;
    base::Bytes incoming_;
    std::vector<Command> asked_;
    std::vector<std::pair<Command, std::uint8_t>> refused_;
    std::optional<EmulatedCard> card_;
    std::optional<Command> lift_before_;
    CardFault fault_ = CardFault::none;
    unsigned spoiled_percent_ = 0;
    std::minstd_rand dice_;
    std::optional<EmulatedCard> last_read_;
    bool found_ = false;  // find came before select
    bool selected_ = false;
    bool was_read_ = false;
    bool just_swapped_ = false;  // for a moment nothing lay there
};

}  // namespace drivers::id_card
