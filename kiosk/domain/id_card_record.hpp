// What a card holds, as read: GA/T 490 fields, decoded but not judged. CitizenIdentity judges.
#pragma once

#include "base/secret.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace domain {

// By the type character at byte 248 of the text record.
enum class CardType {
    resident,
    hk_macao_taiwan,  // 港澳台居民居住证
    foreigner_2017,   // 外国人永久居留身份证, until November 2023
    foreigner_2023,   // the same, since
    unknown           // every field empty
};

// A field that a type of card does not have is empty.
struct IdCardRecord {
    CardType type = CardType::unknown;
    std::string name;            // Chinese; trailing spaces trimmed, inner ones kept
    std::string sex_code;        // GB/T 2261.1: 0 1 2 9
    std::string ethnicity_code;  // GB/T 3304: two digits
    std::string birth_yyyymmdd;
    std::string address;
    std::string number;
    std::string authority;  // its name; foreigner_2017: its code
    std::string valid_from_yyyymmdd;
    std::string valid_until;          // YYYYMMDD or 长期
    std::string english_name;         // foreigners
    std::string nationality;          // foreigners: GB/T 2659, three letters
    std::string pass_number;          // hk_macao_taiwan: of the travel permit
    std::string issue_count;          // hk_macao_taiwan, foreigner_2023
    std::string card_version;         // foreigner_2017
    std::string former_number_link;   // foreigner_2023: leads to the old number
    std::vector<std::uint8_t> photo;  // 1024 bytes as on the chip, or empty

    void wipe() {
        for (auto* field :
             {&name, &sex_code, &ethnicity_code, &birth_yyyymmdd, &address, &number, &authority,
              &valid_from_yyyymmdd, &valid_until, &english_name, &nationality, &pass_number,
              &issue_count, &card_version, &former_number_link})
            base::wipe(*field);
        base::wipe(photo);
    }
    friend bool operator==(const IdCardRecord&, const IdCardRecord&) = default;
};

}  // namespace domain
