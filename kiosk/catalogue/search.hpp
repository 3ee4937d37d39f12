// Finding a service by what somebody types, writes or says: Chinese characters of its name or of an
// everyday word, whole syllables, first letters, or any mixture ("lrbt", "laoren bt", "老人").
// Pure; looks through the whole pack each time, which takes well under a keystroke.
#pragma once

#include "catalogue/pack.hpp"

#include <string_view>
#include <vector>

namespace catalogue {

struct Found {
    const ServiceItem* item = nullptr;  // of the pack that was searched
    const Keyword* by = nullptr;        // the everyday word that fits better than the name, if any
};

// The best first; equal ones in the pack's order. Nothing for a query without a letter, digit or
// character. Upper and lower case, full-width forms and spaces make no difference. Where nothing
// Chinese fits, the words of the English names are looked through, from the third letter on.
std::vector<Found> find_services(const Pack& pack, std::string_view query, std::size_t most);

}  // namespace catalogue
