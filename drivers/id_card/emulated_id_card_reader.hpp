// A reader in memory that speaks the true SDT bytes for the card that lies on it: two pairs of
// pipes (U1) or one (U2). The panel's thread places and lifts cards and chooses a fault; the driver
// under test is the real one. Like most modules it does not answer find for a card that was read
// until the card was lifted.
#pragma once

#include "drivers/id_card/card_frames.hpp"
#include "drivers/usb/emulated_usb_device.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace drivers::id_card {

enum class CardFault {
    none,
    garbled,       // one byte of the content is flipped in every reply
    truncated,     // the content stops half-way
    lying_length,  // the content's length words do not fit what follows, its check byte does
    lifted,        // the card goes away while it is read
    silent,        // nothing is answered any more
    unauthorised,  // the module says SW3 66 to everything
};
inline constexpr std::array<std::pair<std::string_view, CardFault>, 7> card_faults{{
    {"none", CardFault::none},
    {"garbled", CardFault::garbled},
    {"truncated", CardFault::truncated},
    {"lying_length", CardFault::lying_length},
    {"lifted", CardFault::lifted},
    {"silent", CardFault::silent},
    {"unauthorised", CardFault::unauthorised},
}};

enum class PipeShape { two_pairs, one_pair };

// The content of a chip.
struct EmulatedCard {
    base::Bytes text;   // 256
    base::Bytes photo;  // 1024 or none
};

class EmulatedIdCardReader final : public usb::EmulatedUsbDevice {
  public:
    explicit EmulatedIdCardReader(PipeShape shape = PipeShape::two_pairs);

    void place(EmulatedCard card);  // takes away what lay there before
    void lift();
    bool has_card() const;
    void set_fault(CardFault fault);

  private:
    void host_wrote(std::uint8_t endpoint, base::ByteView bytes) override;
    void powered() override;
    void handle(Command command);
    Reply reply_to(Command command);
    Reply read_content();
    void send(base::Bytes frame);

    const PipeShape shape_;
    base::Bytes incoming_;
    std::optional<EmulatedCard> card_;
    CardFault fault_ = CardFault::none;
    bool found_ = false;  // find came before select
    bool selected_ = false;
    bool was_read_ = false;
    bool just_swapped_ = false;  // for a moment nothing lay there
};

}  // namespace drivers::id_card
