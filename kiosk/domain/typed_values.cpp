#include "domain/typed_values.hpp"

#include "base/bytes.hpp"
#include "domain/check_characters.hpp"
#include "domain/dates.hpp"

#include <algorithm>
#include <array>

namespace domain {

namespace {

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
bool is_capital(char32_t c) {
    return c >= U'A' && c <= U'Z';
}
bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_digit(static_cast<unsigned char>(c)); });
}

std::optional<Wrong> fault_of_length(std::size_t length, std::size_t wanted) {
    const int of = static_cast<int>(wanted), by = of - static_cast<int>(length);
    if (by > 0) return Wrong{TypedFault::too_short, by, of};
    if (by < 0) return Wrong{TypedFault::too_long, -by, of};
    return std::nullopt;
}

bool is_hanzi(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}

constexpr std::u32string_view provinces =
    U"京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";
constexpr std::u32string_view last_of_a_plate = U"挂学警港澳";

}  // namespace

std::optional<Wrong> fault_of_id_number(std::string_view text) {
    const bool odd = text.find_first_not_of("0123456789X") != std::string_view::npos ||
                     (text.find('X') != std::string_view::npos && text.find('X') != 17);
    if (odd) return Wrong{TypedFault::odd_character};
    if (const auto wrong = fault_of_length(text.size(), 18)) return wrong;
    if (fault_of_date(text.substr(6, 8))) return Wrong{TypedFault::no_such_date};
    if (mod_11_2(text.substr(0, 17)) != text.back()) return Wrong{TypedFault::wrong_check};
    return std::nullopt;
}

std::optional<Wrong> fault_of_mobile(std::string_view digits) {
    if (!all_digits(digits)) return Wrong{TypedFault::odd_character};
    if (digits.size() >= 2 && (digits[0] != '1' || digits[1] < '3'))
        return Wrong{TypedFault::wrong_start};
    return fault_of_length(digits.size(), 11);
}

std::optional<Wrong> fault_of_credit_code(std::string_view text) {
    if (text.find_first_not_of("0123456789ABCDEFGHJKLMNPQRTUWXY") != std::string_view::npos)
        return Wrong{TypedFault::odd_character};
    if (const auto wrong = fault_of_length(text.size(), 18)) return wrong;
    if (!all_digits(text.substr(2, 6))) return Wrong{TypedFault::odd_character};
    if (mod_31_3(text.substr(0, 17)) != text.back()) return Wrong{TypedFault::wrong_check};
    return std::nullopt;
}

std::optional<Wrong> fault_of_money(std::string_view text) {
    const auto point = text.find('.');
    const auto yuan = text.substr(0, point);
    const auto rest = point == std::string_view::npos ? "0" : text.substr(point + 1);
    if (yuan.empty() || rest.empty() || rest.size() > 2 || !all_digits(yuan) || !all_digits(rest))
        return Wrong{TypedFault::odd_character};
    if (yuan.size() > 9) return Wrong{TypedFault::too_long, static_cast<int>(yuan.size()) - 9, 9};
    if (yuan.size() > 1 && yuan.front() == '0') return Wrong{TypedFault::wrong_start};
    return std::nullopt;
}

std::optional<Wrong> fault_of_date(std::string_view text) {
    std::string digits(text);
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') std::erase(digits, '-');
    if (!all_digits(digits)) return Wrong{TypedFault::odd_character};
    if (const auto wrong = fault_of_length(digits.size(), 8)) return wrong;
    if (digits < "19000101" || digits > "21991231" || !date_from_yyyymmdd(digits))
        return Wrong{TypedFault::no_such_date};
    return std::nullopt;
}

std::optional<Wrong> fault_of_plate(std::string_view text) {
    const std::u32string plate = base::code_points(text);
    if (plate.empty() || provinces.find(plate.front()) == std::u32string_view::npos)
        return Wrong{TypedFault::wrong_start};
    for (std::size_t i = 1; i < plate.size(); ++i) {
        const char32_t c = plate[i];
        const bool letter = is_capital(c) && c != U'I' && c != U'O';
        const bool last = i == 6 && last_of_a_plate.find(c) != std::u32string_view::npos;
        // The office's letter may be an O, as in 京O.
        if (i == 1 ? !is_capital(c) || c == U'I' : !(letter || is_digit(c) || last))
            return Wrong{TypedFault::odd_character};
    }
    return plate.size() == 8 ? std::nullopt : fault_of_length(plate.size(), 7);
}

std::optional<Wrong> fault_of_name(std::string_view text) {
    for (const char32_t c : base::code_points(text)) {
        const bool latin = (c >= U'a' && c <= U'z') || is_capital(c);
        if (!is_hanzi(c) && !latin && c != U' ' && c != U'·')
            return Wrong{TypedFault::odd_character};
    }
    return std::nullopt;
}

std::string grouped_money(std::string_view text) {
    const auto point = text.find('.');
    std::string yuan(text.substr(0, point));
    for (auto at = static_cast<std::ptrdiff_t>(yuan.size()) - 3; at > 0; at -= 3)
        yuan.insert(static_cast<std::size_t>(at), ",");
    std::string shown = "¥" + yuan;
    if (point != std::string_view::npos) shown += text.substr(point);
    return shown + (fault_of_money(text) ? "" : " 元");
}

std::string grouped_date(std::string_view text, base::Locale locale) {
    std::string digits(text);
    std::erase(digits, '-');
    if (!all_digits(digits) || digits.size() > 8) return std::string(text);
    if (digits.size() == 8 && !fault_of_date(digits))
        return in_words(date_from_yyyymmdd(digits).value(), locale);
    const bool zh = locale == base::Locale::zh;
    std::string shown = digits.substr(0, 4);
    if (digits.size() >= 4) shown += zh ? "年" : "-";
    if (digits.size() > 4) shown += digits.substr(4, 2);
    if (digits.size() >= 6) shown += zh ? "月" : "-";
    if (digits.size() > 6) shown += digits.substr(6);
    return shown;
}

std::string grouped_plate(std::string_view text) {
    std::u32string plate = base::code_points(text);
    if (plate.size() > 2) plate.insert(2, 1, U'·');
    return base::utf8_from_code_points(plate);
}

std::string date_as_iso(std::string_view text) {
    if (text.size() != 8 || fault_of_date(text)) return std::string(text);
    return iso(date_from_yyyymmdd(text).value());
}

}  // namespace domain
