// What stands on screens, slips and receipts in place of personal data (UX-082), by a policy that a
// county chooses: practice varies, and where the last digits serve as check codes elsewhere fewer
// of them may be shown. The default keeps the last character of a name, the first 3 and last 4 of
// numbers, the last 4 of bank cards. A value too short for its ends is hidden whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

struct KeptEnds {
    std::size_t first = 0, last = 0;  // characters
    friend bool operator==(const KeptEnds&, const KeptEnds&) = default;
};
// "3+4"; one digit each.
std::optional<KeptEnds> kept_ends_from(std::string_view text);

enum class KeptName { last, first };  // **兰, 王**

struct MaskingPolicy {
    KeptEnds id_number{3, 4}, phone{3, 4}, account{0, 4};
    KeptName name = KeptName::last;
    bool letter = false;  // the citizen's own copy of the letter is masked as well
    friend bool operator==(const MaskingPolicy&, const MaskingPolicy&) = default;
};

std::string masked_name(std::string_view name, const MaskingPolicy& policy);
std::string masked_id_number(std::string_view number, const MaskingPolicy& policy);
std::string masked_phone(std::string_view phone, const MaskingPolicy& policy);
std::string masked_account(std::string_view account, const MaskingPolicy& policy);

// UX-036: 6-8-4, 3-4-4, by four.
std::string grouped_id_number(std::string_view number);
std::string grouped_phone(std::string_view phone);
std::string grouped_by_four(std::string_view text);

}  // namespace domain
