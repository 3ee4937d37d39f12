// What stands on screens, slips and receipts in place of personal data (UX-082): a name keeps its
// last character, numbers their first 3 and last 4, bank cards their last 4.
#pragma once

#include <string>
#include <string_view>

namespace domain {

std::string masked_name(std::string_view name);         // 王秀兰 -> **兰
std::string masked_id_number(std::string_view number);  // 000***********0124
std::string masked_phone(std::string_view phone);       // 138****8000
std::string masked_account(std::string_view account);   // ************1234

// UX-036: 6-8-4, 3-4-4, by four.
std::string grouped_id_number(std::string_view number);
std::string grouped_phone(std::string_view phone);
std::string grouped_by_four(std::string_view text);

}  // namespace domain
