// What people type as numbers and dates: is it right, and if not, what exactly is wrong; and how it
// is shown, also while half of it is typed (UX-036). Spaces and dashes are already gone. Pure;
// texts are valid UTF-8; nothing is kept.
#pragma once

#include "base/locale.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace domain {

enum class TypedFault {
    too_short,      // `by` characters are missing of `of`
    too_long,       // `by` characters are too many
    odd_character,  // one that does not belong there
    wrong_start,
    no_such_date,
    wrong_check,  // some character is wrong: the check character does not fit
};
struct Wrong {
    TypedFault fault = TypedFault::odd_character;
    int by = 0, of = 0;
    friend bool operator==(const Wrong&, const Wrong&) = default;
};

// GB 11643, upper-case X.
std::optional<Wrong> fault_of_id_number(std::string_view text);
// A mobile number of the mainland: 11 digits from 13 to 19.
std::optional<Wrong> fault_of_mobile(std::string_view digits);
// Unified social credit code, GB 32100: 18 of 0-9A-Z without I O Z S V, division in digits, check
// character MOD 31-3.
std::optional<Wrong> fault_of_credit_code(std::string_view text);
// Yuan with at most two decimals, less than a thousand million: 1200.50.
std::optional<Wrong> fault_of_money(std::string_view text);
// 20260820 or 2026-08-20, a day of the calendar between 1900 and 2199.
std::optional<Wrong> fault_of_date(std::string_view text);
// GA 36: 湘A12345 and the eight characters of electric cars; no I and no O.
std::optional<Wrong> fault_of_plate(std::string_view text);
// Hanzi, Latin letters, spaces and ·; no digits and signs.
std::optional<Wrong> fault_of_name(std::string_view text);

std::string grouped_money(std::string_view text);                        // ¥1,200.50 元
std::string grouped_date(std::string_view digits, base::Locale locale);  // 2026年8月20日, 2026年08
std::string grouped_plate(std::string_view text);                        // 湘A·12345
std::string date_as_iso(std::string_view text);  // 2026-08-20 from 20260820, else unchanged

}  // namespace domain
