#pragma once

#include "base/clock.hpp"
#include "catalogue/application.hpp"
#include "flows/journey.hpp"

#include <optional>
#include <vector>

namespace flows {

struct CheckingMaterials {
    Journey journey;
};

struct Reviewing {
    Journey journey;
    catalogue::Application application;
    std::string revealed{};  // key of the one field shown unmasked; empty = none
    base::Instant revealed_at{};
};

// Pages 0 and 1 tell, page 2 asks: ticks, the choice, the signature.
struct SigningLetter {
    Journey journey;
    catalogue::Application application;
    int page = 0;
    std::vector<bool> ticks;
    std::optional<catalogue::Undertaking> undertaking;
    catalogue::SignatureWay way = catalogue::SignatureWay::touch;
    base::Secret<domain::Strokes> signature{};        // or the mark that a witness attests
    base::Secret<domain::GreyPicture> thumb_print{};  // of thumb
    // Instead of the signature: each clause is read aloud and confirmed.
    bool reading = false;                     // the page that reads is up
    bool heard = false;                       // its clause was said to the end
    std::vector<std::string> confirmed_at{};  // ISO 8601, one per clause confirmed so far
    bool confirmed_by_ear() const { return !ticks.empty() && confirmed_at.size() == ticks.size(); }
    bool incomplete_shown = false;  // 签好了 was pressed with something missing
    // A page stays up for two seconds before the next (UX-225); who pressed earlier goes on then.
    base::Instant shown_at{};
    int read_to = 0;  // pages before this one were up long enough
    bool turn_wanted = false;
};
inline constexpr std::chrono::seconds letter_page_time{2};

}  // namespace flows
