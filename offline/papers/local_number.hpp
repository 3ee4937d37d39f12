// The local number: what a citizen reads over the telephone. 16 characters, four groups of four:
//   10  the terminal's 15 digits as one number, five bits a character
//    5  sequence number (22 bits) and three bits that are chosen so the check character is
//    unambiguous 1  check character, ISO 7064 MOD 37,36 over the 15 before it
// The alphabet has no 0, 1, I, O. The look-up token beside it uses the same letters. Pure.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace offline::papers {

inline constexpr std::string_view number_alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
inline constexpr std::int64_t seq_max = (std::int64_t{1} << 22) - 1;

// Preconditions: 15 digits; 1 <= seq <= seq_max.
std::string local_number(std::string_view terminal, std::int64_t seq);
bool is_local_number(std::string_view text);

// 40 bits: typed by hand from the slip, so it is short. What it opens names nobody.
using Token = std::array<std::uint8_t, 5>;
std::string token_text(const Token& token);  // 8 characters
base::Result<Token> token_from(std::string_view text);

// What a person typed: upper case, without spaces and hyphens.
std::string without_grouping(std::string_view typed);

}  // namespace offline::papers
