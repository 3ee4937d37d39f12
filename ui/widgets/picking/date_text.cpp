#include "ui/widgets/picking/date_text.hpp"

namespace ui::widgets {

namespace {
constexpr std::size_t month_at = 4, day_at = 6, all = 8;
}

std::string date_digits(std::string_view value) {
    std::string digits;
    for (const char c : value)
        if (c >= '0' && c <= '9' && digits.size() < all) digits.push_back(c);
    return digits;
}

std::string date_value(std::string_view typed) {
    std::string digits;
    for (const char c : typed) {
        if (c < '0' || c > '9' || digits.size() == all) continue;
        if ((digits.size() == month_at && c > '1') || (digits.size() == day_at && c > '3'))
            digits.push_back('0');
        digits.push_back(c);
    }
    std::string value = digits.substr(0, month_at);
    if (digits.size() > month_at) value += "-" + digits.substr(month_at, 2);
    if (digits.size() > day_at) value += "-" + digits.substr(day_at);
    return value;
}

}  // namespace ui::widgets
