// Takes out of a text whatever may be about a person or a secret, and says how much of what kind it
// was: for what leaves the terminal with a technician. It looks for patterns, and for values that
// it is given. Pure; any thread.
#pragma once

#include "base/secret.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace provisioning::diagnostics {

// In place of what is taken out stands 【identity_number】, the kind's word:
//   identity_number  18 characters with a birth date inside, whether or not the check character
//   fits telephone        11 digits of a mobile number, alone card_number      16 to 19 digits that
//   pass the check of bank cards (Luhn) mail_address private_key      a PEM block, or the value of
//   a field named secret, password, pin or token long_blob        more than 200 characters of
//   base64 or hexadecimal: a picture, an envelope, a key known_value      one of the values that
//   were given
struct CleanText {
    std::string text;
    std::map<std::string, std::int64_t> removed;  // kind → how often
};

// Values of fewer than two characters are not looked for.
CleanText clean_text(std::string_view text, std::span<const base::SecretText> values = {});

// Nothing that clean_text() would take out is in it.
bool is_clean(std::string_view text, std::span<const base::SecretText> values = {});

}  // namespace provisioning::diagnostics
