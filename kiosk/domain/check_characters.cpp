#include "domain/check_characters.hpp"

#include <array>

namespace domain {

char mod_11_2(std::string_view seventeen_digits) {
    constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += (seventeen_digits[i] - '0') * weights[i];
    return std::string_view("10X98765432")[static_cast<std::size_t>(sum % 11)];
}

char mod_37_36(std::string_view text) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int product = 36;
    for (const char c : text) {
        int sum = product + static_cast<int>(alphabet.find(c));
        sum %= 36;
        if (sum == 0) sum = 36;
        product = (sum * 2) % 37;
    }
    return alphabet[static_cast<std::size_t>((37 - product) % 36)];
}

char mod_31_3(std::string_view seventeen) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0, weight = 1;
    for (const char c : seventeen) {
        sum += static_cast<int>(alphabet.find(c)) * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

bool luhn_holds(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (auto it = digits.rbegin(); it != digits.rend(); ++it, twice = !twice) {
        int value = *it - '0';
        if (twice) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

}  // namespace domain
