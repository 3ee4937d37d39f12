// What a service can be done with at this terminal now: whole, without something ("apply yes, print
// no"), or not at all. Pure. A device that has not said yet how it is is not called broken, and the
// network is never among what is needed: what is handed in waits in the terminal.
#pragma once

#include "domain/cabinet.hpp"
#include "domain/device_health.hpp"
#include "domain/post_status.hpp"

#include <vector>

namespace domain {

struct ServiceNeeds {
    bool card = false;      // the resident's card is read
    bool hands_in = false;  // something is kept for the centre
    bool paper = false;     // a slip or a letter is printed, if that can be
    bool face = false;      // the face is compared; without it a visit is owed
    friend bool operator==(const ServiceNeeds&, const ServiceNeeds&) = default;
};

enum class Lack { power, card_reader, room, paper, printer, face };

struct Missing {
    Lack lack{};
    base::Mender mender{};  // who can mend it
    friend bool operator==(const Missing&, const Missing&) = default;
};

struct Readiness {
    std::vector<Missing> prevents;  // with any of these it is not possible here
    std::vector<Missing> spared;    // it goes without these
    bool is_possible() const { return prevents.empty(); }
    bool is_whole() const { return prevents.empty() && spared.empty(); }
    friend bool operator==(const Readiness&, const Readiness&) = default;
};

Readiness readiness(const ServiceNeeds& needs, const TerminalHealth& health, const PostStatus& post,
                    PowerLevel power = PowerLevel::mains);

}  // namespace domain
