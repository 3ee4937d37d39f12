// Whether a reader gives out the card before this one, from its own memory: the content is the same
// although another card lies there. Of the card before only two marks are kept, made with a key
// that is drawn at the start and leaves this object nowhere: nobody is found again by them. One
// thread.
#pragma once

#include "base/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace drivers::id_card {

class CardMemory {
  public:
    CardMemory();
    // `content` as the module gave it out, text and photo.
    bool is_content_of_the_last(base::ByteView content) const;
    bool is_number_known() const { return number_.has_value(); }  // of the last card
    // `number`: of the card that lies there. A last card whose number is not known is no other.
    bool is_another_card(base::ByteView number) const;
    void read(base::ByteView content);     // a card was read; its number is not known yet
    void numbered(base::ByteView number);  // of that card

  private:
    std::uint64_t mark_of(base::ByteView bytes) const;
    std::array<std::uint64_t, 2> key_{};
    std::optional<std::uint64_t> content_, number_;
};

}  // namespace drivers::id_card
