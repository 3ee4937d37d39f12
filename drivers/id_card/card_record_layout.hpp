// The resident record's fields: where each stands among the 256 bytes, and where it goes.
#pragma once

#include "domain/id_card_record.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace drivers::id_card {

struct RecordField {
    std::size_t offset;
    std::size_t size;
    std::string domain::IdCardRecord::*place;
    const char* name;
};

inline constexpr std::array<RecordField, 9> resident_fields{{
    {0, 30, &domain::IdCardRecord::name, "name"},
    {30, 2, &domain::IdCardRecord::sex_code, "sex"},
    {32, 4, &domain::IdCardRecord::ethnicity_code, "ethnicity"},
    {36, 16, &domain::IdCardRecord::birth_yyyymmdd, "birth"},
    {52, 70, &domain::IdCardRecord::address, "address"},
    {122, 36, &domain::IdCardRecord::number, "number"},
    {158, 30, &domain::IdCardRecord::authority, "authority"},
    {188, 16, &domain::IdCardRecord::valid_from_yyyymmdd, "valid_from"},
    {204, 16, &domain::IdCardRecord::valid_until, "valid_until"},
}};

inline constexpr std::size_t type_offset = 248;

struct TypeCharacter {
    char16_t character;
    domain::CardType type;
};
inline constexpr std::array<TypeCharacter, 4> type_characters{{
    {u' ', domain::CardType::resident},
    {u'J', domain::CardType::hk_macao_taiwan},
    {u'I', domain::CardType::foreigner_2017},
    {u'Y', domain::CardType::foreigner_2023},
}};

}  // namespace drivers::id_card
