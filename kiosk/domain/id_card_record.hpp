// What a card holds, as read: GA/T 490 fields, decoded but not judged. CitizenIdentity judges.
#pragma once

#include "base/secret.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace domain {

// By the type character at byte 248 of the text record.
enum class CardType { resident, hk_macao_taiwan, foreigner_2017, foreigner_2023, unknown };

struct IdCardRecord {
    CardType type = CardType::unknown;
    std::string name;            // trailing spaces trimmed, inner ones kept
    std::string sex_code;        // GB/T 2261.1: 0 1 2 9
    std::string ethnicity_code;  // GB/T 3304: two digits
    std::string birth_yyyymmdd;
    std::string address;
    std::string number;
    std::string authority;
    std::string valid_from_yyyymmdd;
    std::string valid_until;          // YYYYMMDD or 长期
    std::vector<std::uint8_t> photo;  // 1024 bytes as on the chip, or empty

    void wipe() {
        for (auto* field : {&name, &sex_code, &ethnicity_code, &birth_yyyymmdd, &address, &number,
                            &authority, &valid_from_yyyymmdd, &valid_until})
            base::wipe(*field);
        base::wipe(photo);
    }
    friend bool operator==(const IdCardRecord&, const IdCardRecord&) = default;
};

}  // namespace domain
