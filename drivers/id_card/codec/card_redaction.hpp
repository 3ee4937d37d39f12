// Takes the person out of a recording of a card reader: in every reply that tells something of a
// card, the text becomes an invented person's of the same kind of card, photo and fingerprints a
// pattern, numbers of the card zeros; lengths stay, check bytes fit again, so that a driver reads
// the recording as before. What cannot be understood is blotted out whole. Pure.
#pragma once

#include "domain/id_card_record.hpp"
#include "drivers/usb/recording/recording.hpp"

namespace drivers::id_card {

usb::Recording without_people(usb::Recording recording);

// Who stands in everybody's place: invented, of a division that does not exist.
domain::IdCardRecord stand_in(domain::CardType type);

}  // namespace drivers::id_card
