#include "domain/masking.hpp"

#include "base/bytes.hpp"

namespace domain {

namespace {

std::string keep_ends(std::string_view text, const KeptEnds& ends) {
    if (text.size() <= ends.first + ends.last) return std::string(text.size(), '*');
    return std::string(text.substr(0, ends.first)) +
           std::string(text.size() - ends.first - ends.last, '*') +
           std::string(text.substr(text.size() - ends.last));
}

std::string grouped(std::string_view text, std::initializer_list<std::size_t> sizes) {
    std::string out;
    std::size_t at = 0;
    for (const std::size_t size : sizes) {
        if (at >= text.size()) break;
        if (!out.empty()) out += ' ';
        out += text.substr(at, size);
        at += size;
    }
    if (at < text.size()) out += text.substr(at);
    return out;
}

}  // namespace

std::optional<KeptEnds> kept_ends_from(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 3 || !is_digit(text[0]) || text[1] != '+' || !is_digit(text[2]))
        return std::nullopt;
    return KeptEnds{static_cast<std::size_t>(text[0] - '0'),
                    static_cast<std::size_t>(text[2] - '0')};
}

std::string masked_name(std::string_view name, const MaskingPolicy& policy) {
    const auto points = base::code_points(name);
    if (points.size() < 2) return "*";
    const std::string stars(points.size() - 1, '*');
    if (policy.name == KeptName::first)
        return base::utf8_from_code_points(std::u32string_view(points).substr(0, 1)) + stars;
    return stars +
           base::utf8_from_code_points(std::u32string_view(points).substr(points.size() - 1));
}

std::string masked_id_number(std::string_view number, const MaskingPolicy& policy) {
    return keep_ends(number, policy.id_number);
}
std::string masked_phone(std::string_view phone, const MaskingPolicy& policy) {
    return keep_ends(phone, policy.phone);
}
std::string masked_account(std::string_view account, const MaskingPolicy& policy) {
    return keep_ends(account, policy.account);
}

std::string grouped_id_number(std::string_view number) {
    return grouped(number, {6, 8, 4});
}
std::string grouped_phone(std::string_view phone) {
    return grouped(phone, {3, 4, 4});
}

std::string grouped_by_four(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += 4) {
        if (at > 0) out += ' ';
        out += text.substr(at, 4);
    }
    return out;
}

}  // namespace domain
