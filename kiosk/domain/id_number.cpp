#include "domain/id_number.hpp"

#include "domain/check_characters.hpp"

#include <algorithm>

namespace domain {

base::Result<IdNumber> IdNumber::parse(std::string_view text) {
    using base::FaultCode;
    if (text.size() != 18) return base::fail(FaultCode::CardNumberWrong, "length");
    std::string number(text);
    if (number.back() == 'x') number.back() = 'X';
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::all_of(number.begin(), number.end() - 1, is_digit) ||
        !(is_digit(number.back()) || number.back() == 'X'))
        return base::fail(FaultCode::CardNumberWrong, "characters");
    if (!date_from_yyyymmdd(std::string_view(number).substr(6, 8)))
        return base::fail(FaultCode::CardNumberWrong, "date");
    if (mod_11_2(std::string_view(number).substr(0, 17)) != number.back())
        return base::fail(FaultCode::CardNumberWrong, "check");
    return IdNumber(std::move(number));
}

Date IdNumber::birth_date() const {
    return date_from_yyyymmdd(std::string_view(text_).substr(6, 8)).value();
}

}  // namespace domain
