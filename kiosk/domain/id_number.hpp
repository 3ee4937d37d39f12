// A citizen's number, GB 11643-1999: 6 digits division, birth date, 3 digits sequence (odd = male),
// check character MOD 11-2. An unknown division is never refused: divisions are abolished, numbers
// stay. 15-digit numbers are refused.
#pragma once

#include "base/result.hpp"
#include "domain/dates.hpp"

#include <string>
#include <string_view>

namespace domain {

class IdNumber {
  public:
    // Fault CardNumberWrong; the detail names the part (length, characters, date, check), never the
    // number. A lower-case x is taken as X.
    static base::Result<IdNumber> parse(std::string_view text);

    const std::string& text() const { return text_; }
    Date birth_date() const;
    bool is_male() const { return (text_[16] - '0') % 2 == 1; }

    friend bool operator==(const IdNumber&, const IdNumber&) = default;

  private:
    explicit IdNumber(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace domain
