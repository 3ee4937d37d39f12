// Check characters of ISO 7064 and of bank cards. Pure; ASCII in, nothing kept.
#pragma once

#include <string_view>

namespace domain {

// ISO 7064 MOD 11-2 over 17 digits (GB 11643): '0'…'9' or 'X'. Precondition: 17 digits.
char mod_11_2(std::string_view seventeen_digits);

// ISO 7064 MOD 37,36 over 0-9A-Z. Precondition: only those.
char mod_37_36(std::string_view text);

// MOD 31-3 of GB 32100 over 17 of 0-9A-Z without I O Z S V. Precondition: only those.
char mod_31_3(std::string_view seventeen);

// The Luhn sum of a card number of digits is a multiple of ten.
bool luhn_holds(std::string_view digits);

}  // namespace domain
