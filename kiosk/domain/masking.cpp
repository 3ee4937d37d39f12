#include "domain/masking.hpp"

#include "base/bytes.hpp"

namespace domain {

namespace {

std::string keep_ends(std::string_view text, std::size_t first, std::size_t last) {
    if (text.size() <= first + last) return std::string(text.size(), '*');
    return std::string(text.substr(0, first)) + std::string(text.size() - first - last, '*') +
           std::string(text.substr(text.size() - last));
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

std::string masked_name(std::string_view name) {
    const auto points = base::code_points(name);
    if (points.size() < 2) return "*";
    return std::string(points.size() - 1, '*') +
           base::utf8_from_code_points(std::u32string_view(points).substr(points.size() - 1));
}

std::string masked_id_number(std::string_view number) {
    return keep_ends(number, 3, 4);
}
std::string masked_phone(std::string_view phone) {
    return keep_ends(phone, 3, 4);
}
std::string masked_account(std::string_view account) {
    return keep_ends(account, 0, 4);
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
