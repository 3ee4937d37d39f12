// The county's table of administrative divisions (区划), part of the signed pack: GB/T 2260 down to
// the county (6 digits: XX0000 province, XXXX00 prefecture), 3 digits more for the town, 3 more for
// the village. What lies above a unit follows from its code. Values and pure functions; any thread.
#pragma once

#include "catalogue/text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace catalogue {

struct Division {
    std::string code;
    Text name;              // 示例村, without what is above it
    std::string initial{};  // S, of its pinyin; empty when its name has none
    friend bool operator==(const Division&, const Division&) = default;
};
// Its code still stands on cards and in old cases, so it resolves for display (UX-134).
struct AbolishedDivision {
    std::string code;
    Text name;
    std::string successor;  // code of the unit it became part of
    friend bool operator==(const AbolishedDivision&, const AbolishedDivision&) = default;
};

// The code above a unit's: 000101001001 → 000101001 → 000101 → 000100 → 000000 → "".
std::string code_above(std::string_view code);

struct DivisionTable {
    std::string edition;  // ISO date of the official list
    std::vector<Division> units;
    std::vector<AbolishedDivision> abolished;

    const Division* find(std::string_view code) const;
    // What lies directly within a unit, by initials; the provinces of "".
    std::vector<const Division*> within(std::string_view code) const;
    // From the county down: 示例县 · 示例镇 · 示例村; an abolished unit with what it is now. Empty
    // for a code of which nothing is known.
    Text full_name(std::string_view code) const;
    bool knows(std::string_view code) const;
    friend bool operator==(const DivisionTable&, const DivisionTable&) = default;
};

// The answer to a question for a place, and how it is written: code, space, the name read by the
// citizen. A village of the table has its 12 digits; a place written by hand has the code of the
// nearest unit that is in the table, or `elsewhere`.
struct Place {
    std::string code, name;
    friend bool operator==(const Place&, const Place&) = default;
};
inline constexpr std::string_view elsewhere = "elsewhere";
inline constexpr std::string_view between_names = " · ";
std::string place_text(const Place& place);
// Both parts empty when the text is no place.
Place place_from(std::string_view text);
// The place of a code of the table; empty parts when the table does not know it.
Place place_of_code(const DivisionTable& table, std::string_view code);
Place place_by_hand(const DivisionTable& table, std::string_view under, std::string_view typed);
// Whether code and name are such as the table makes them.
bool agrees(const DivisionTable& table, const Place& place);

// The village an address of a card begins with, or empty: 示例县示例镇示例村三组 → 000101001001.
// Province and prefecture may be missing, as they are on many cards; a county whose name is not the
// only one of its kind then says nothing.
std::string village_of_address(const DivisionTable& table, std::string_view address);

}  // namespace catalogue
