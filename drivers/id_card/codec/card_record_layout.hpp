// The four text records: where each field stands among the 256 bytes, and where it goes. A record
// type is a character at byte 248. Sources: GA/T 490 for residents, two or more public ones for the
// others.
#pragma once

#include "domain/id_card_record.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace drivers::id_card {

// A stretch of the record that belongs to a field.
struct Stretch {
    std::size_t offset;
    std::size_t size;
};

struct RecordField {
    Stretch first;
    std::string domain::IdCardRecord::*place;
    const char* name;
    Stretch rest{0, 0};  // where a long field goes on
};

using RecordFields = std::vector<RecordField>;

inline constexpr std::size_t type_offset = 248;

struct RecordLayout {
    char16_t character;
    domain::CardType type;
    RecordFields fields;
};

inline const std::array<RecordLayout, 4>& record_layouts() {
    using Card = domain::IdCardRecord;
    using domain::CardType;
    static const std::array<RecordLayout, 4> layouts{{
        {u' ',
         CardType::resident,
         {{{0, 30}, &Card::name, "name"},
          {{30, 2}, &Card::sex_code, "sex"},
          {{32, 4}, &Card::ethnicity_code, "ethnicity"},
          {{36, 16}, &Card::birth_yyyymmdd, "birth"},
          {{52, 70}, &Card::address, "address"},
          {{122, 36}, &Card::number, "number"},
          {{158, 30}, &Card::authority, "authority"},
          {{188, 16}, &Card::valid_from_yyyymmdd, "valid_from"},
          {{204, 16}, &Card::valid_until, "valid_until"}}},
        {u'J',
         CardType::hk_macao_taiwan,  // bytes 32 to 35: nobody says what they mean here
         {{{0, 30}, &Card::name, "name"},
          {{30, 2}, &Card::sex_code, "sex"},
          {{36, 16}, &Card::birth_yyyymmdd, "birth"},
          {{52, 70}, &Card::address, "address"},
          {{122, 36}, &Card::number, "number"},
          {{158, 30}, &Card::authority, "authority"},
          {{188, 16}, &Card::valid_from_yyyymmdd, "valid_from"},
          {{204, 16}, &Card::valid_until, "valid_until"},
          {{220, 18}, &Card::pass_number, "pass_number"},
          {{238, 4}, &Card::issue_count, "issue_count"}}},
        {u'I',
         CardType::foreigner_2017,
         {{{0, 120}, &Card::english_name, "english_name"},
          {{120, 2}, &Card::sex_code, "sex"},
          {{122, 30}, &Card::number, "number"},
          {{152, 6}, &Card::nationality, "nationality"},
          {{158, 30}, &Card::name, "name"},
          {{188, 16}, &Card::valid_from_yyyymmdd, "valid_from"},
          {{204, 16}, &Card::valid_until, "valid_until"},
          {{220, 16}, &Card::birth_yyyymmdd, "birth"},
          {{236, 4}, &Card::card_version, "card_version"},
          {{240, 8}, &Card::authority, "authority"}}},
        {u'Y',
         CardType::foreigner_2023,
         {{{0, 30}, &Card::name, "name"},
          {{30, 2}, &Card::sex_code, "sex"},
          {{32, 4}, &Card::issue_count, "issue_count"},
          {{36, 16}, &Card::birth_yyyymmdd, "birth"},
          {{52, 70}, &Card::english_name, "english_name", {220, 22}},
          {{122, 36}, &Card::number, "number"},
          {{188, 16}, &Card::valid_from_yyyymmdd, "valid_from"},
          {{204, 16}, &Card::valid_until, "valid_until"},
          {{242, 6}, &Card::nationality, "nationality"},
          {{250, 6}, &Card::former_number_link, "former_number_link"}}},
    }};
    return layouts;
}

}  // namespace drivers::id_card
