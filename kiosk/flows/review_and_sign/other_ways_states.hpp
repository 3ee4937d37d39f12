// Signing by other ways than the finger alone, and looking at the letter before signing. Each keeps
// the letter as it stood, and going back leads to it.
#pragma once

#include "base/fault.hpp"
#include "domain/device_health.hpp"
#include "domain/thumb_print.hpp"
#include "flows/review_and_sign/review_and_sign_states.hpp"

#include <optional>
#include <vector>

namespace flows {

// 换一种方式: one tap each.
struct ChoosingWay {
    SigningLetter letter;
};
// Those the letter allows and this terminal can do now, in the order of the page.
std::vector<catalogue::SignatureWay> open_ways(const catalogue::Letter& letter,
                                               const domain::TerminalHealth& health);

// 按手印: consent, then the camera, then the picture it took.
struct TakingThumbPrint {
    SigningLetter letter;
    domain::Ticket ticket;  // of the newest picture
    bool consented = false;
    std::optional<domain::PrintQuality> refused{};  // why the last picture cannot be used
    base::Secret<domain::GreyPicture> print{};      // taken, not yet confirmed
};

// Why somebody's card does not make them the witness.
enum class WitnessProblem { none, is_the_citizen, is_a_child, card };

// The mark is drawn; the witness's own card is asked for.
struct AwaitingWitness {
    SigningLetter letter;
    domain::Ticket ticket;
    bool reading = true;  // else the card that lies there was refused
    WitnessProblem problem = WitnessProblem::none;
    std::optional<base::Fault> fault{};  // of card
    bool in_the_way = false;             // a card that has had its turn must be lifted first
};

struct WitnessSigning {
    SigningLetter letter;
    base::Secret<domain::CitizenIdentity> witness;
    base::Secret<domain::Strokes> signature;
    bool incomplete_shown = false;
};

// The letter as it will be printed.
struct ViewingLetter {
    SigningLetter letter;
    domain::Ticket ticket;
    std::vector<base::Secret<domain::Picture>> pages{};  // empty: being drawn
    bool failed = false;
};

}  // namespace flows
