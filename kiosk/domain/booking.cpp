#include "domain/booking.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>

namespace domain::booking {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Preconditions: letters and digits, and hyphens, which do not count.
char check_character(std::string_view text) {
    std::size_t product = 36;
    for (const char c : text) {
        if (c == '-') continue;
        std::size_t sum = (product + alphabet.find(c)) % 36;
        if (sum == 0) sum = 36;
        product = sum * 2 % 37;
    }
    return alphabet[(37 - product) % 36];
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// '9' stands for any digit.
bool looks_like(std::string_view text, std::string_view shape) {
    return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                      [](char c, char s) { return s == '9' ? is_digit(c) : c == s; });
}

int number_at(std::string_view text, std::size_t at, std::size_t length) {
    int out = 0;
    std::from_chars(text.data() + at, text.data() + at + length, out);
    return out;
}

}  // namespace

std::string booking_number(std::string_view date, long long count) {
    std::string out = "B";
    std::copy_if(date.begin(), date.end(), std::back_inserter(out), is_digit);
    std::string digits = std::to_string(count);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    out += "-" + digits;
    return out + check_character(out);
}

bool is_booking_number(std::string_view text) {
    if (text.size() < 15 || text.size() > 24) return false;
    const auto before = text.substr(0, text.size() - 1);
    const std::string shape = "B99999999-" + std::string(before.size() - 10, '9');
    return looks_like(before, shape) && check_character(before) == text.back();
}

bool is_day(std::string_view text) {
    if (!looks_like(text, "9999-99-99")) return false;
    const std::chrono::year_month_day day{
        std::chrono::year{number_at(text, 0, 4)},
        std::chrono::month{static_cast<unsigned>(number_at(text, 5, 2))},
        std::chrono::day{static_cast<unsigned>(number_at(text, 8, 2))}};
    return day.ok();
}

bool is_time(std::string_view text) {
    return looks_like(text, "99:99") && number_at(text, 0, 2) < 24 && number_at(text, 3, 2) < 60;
}

}  // namespace domain::booking
