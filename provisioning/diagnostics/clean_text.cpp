#include "provisioning/diagnostics/clean_text.hpp"

#include "base/bytes.hpp"
#include "domain/dates.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace provisioning::diagnostics {

namespace {

constexpr std::size_t longest_blob = 200;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// Of base64 in both alphabets, and of hexadecimal.
bool is_blob(char c) {
    return is_digit(c) || is_letter(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
}
bool is_mail(char c) {
    return is_digit(c) || is_letter(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

template <class Is>
std::size_t run_of(std::string_view text, std::size_t at, Is is) {
    std::size_t end = at;
    while (end < text.size() && is(text[end])) ++end;
    return end - at;
}

// Neither a letter nor a digit before and after.
bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
    const auto part = [](char c) { return is_digit(c) || is_letter(c); };
    return (at == 0 || !part(text[at - 1])) && (at + size >= text.size() || !part(text[at + size]));
}

bool is_birth_date(std::string_view digits) {
    const auto number = [&](std::size_t at, std::size_t size) {
        int out = 0;
        for (const char c : digits.substr(at, size)) out = out * 10 + (c - '0');
        return out;
    };
    const base::Date date{std::chrono::year{number(0, 4)},
                          std::chrono::month{static_cast<unsigned>(number(4, 2))},
                          std::chrono::day{static_cast<unsigned>(number(6, 2))}};
    return date.ok() && number(0, 4) >= 1850 && number(0, 4) <= 2150;
}

bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
        sum += digit;
    }
    return sum % 10 == 0;
}

// How many characters from `at` on are of a kind; 0: none.
using Matcher = std::size_t (*)(std::string_view text, std::size_t at);

// Groups of digits with one blank or hyphen between them, as people write long numbers; the digits
// alone, and how many characters they took. Empty: it is not written so.
struct Grouped {
    std::string digits;
    std::size_t taken = 0;
};
template <std::size_t N>
Grouped in_groups(std::string_view text, std::size_t at, const std::array<std::size_t, N>& sizes) {
    Grouped out;
    for (std::size_t i = 0; i < N; ++i) {
        if (i > 0) {
            if (at + out.taken >= text.size()) return {};
            const char between = text[at + out.taken];
            if (between != ' ' && between != '-') return {};
            ++out.taken;
        }
        const std::size_t from = at + out.taken;
        std::size_t size = run_of(text, from, is_digit);
        // 002X: the last character of an identity number.
        if (i + 1 == N && size + 1 == sizes.at(i) && from + size < text.size() &&
            (text[from + size] | 0x20) == 'x')
            ++size;
        if (size != sizes.at(i)) return {};
        out.digits += text.substr(from, size);
        out.taken += size;
    }
    return out;
}

// Letters may stand before and after it: 证件ID110105… .
std::size_t identity_number(std::string_view text, std::size_t at) {
    constexpr std::size_t size = 18;
    const std::size_t digits = run_of(text, at, is_digit);
    const bool ends_in_x =
        digits == size - 1 && at + digits < text.size() && (text[at + digits] | 0x20) == 'x';
    if (digits == size || ends_in_x) return is_birth_date(text.substr(at + 6, 8)) ? size : 0;
    const auto grouped = in_groups(text, at, std::array<std::size_t, 3>{6, 8, 4});
    return !grouped.digits.empty() && is_birth_date(grouped.digits.substr(6, 8)) ? grouped.taken
                                                                                 : 0;
}
// With 86 or 0086 before it, and in groups: +86 138-0013-8000.
std::size_t telephone(std::string_view text, std::size_t at) {
    constexpr std::size_t size = 11;
    const auto is_mobile = [](std::string_view digits) {
        return digits[0] == '1' && digits[1] >= '3';
    };
    const std::size_t digits = run_of(text, at, is_digit);
    for (const std::string_view country : {"", "86", "0086"}) {
        if (digits != size + country.size() || !text.substr(at).starts_with(country)) continue;
        if (!stands_alone(text, at, digits)) continue;
        if (is_mobile(text.substr(at + country.size()))) return digits;
    }
    const auto grouped = in_groups(text, at, std::array<std::size_t, 3>{3, 4, 4});
    if (grouped.digits.empty() || !stands_alone(text, at, grouped.taken)) return 0;
    return is_mobile(grouped.digits) ? grouped.taken : 0;
}
std::size_t card_number(std::string_view text, std::size_t at) {
    const std::size_t size = run_of(text, at, is_digit);
    if (size < 16 || size > 19 || !stands_alone(text, at, size)) return 0;
    return passes_luhn(text.substr(at, size)) ? size : 0;
}
std::size_t mail_address(std::string_view text, std::size_t at) {
    if (at > 0 && is_mail(text[at - 1])) return 0;
    const std::size_t name = run_of(text, at, is_mail);
    if (name == 0 || at + name >= text.size() || text[at + name] != '@') return 0;
    const std::size_t host = run_of(text, at + name + 1, is_mail);
    const auto place = text.substr(at + name + 1, host);
    return place.find('.') == std::string_view::npos ? 0 : name + 1 + host;
}
// http://user:password@host: what stands before the host.
std::size_t login(std::string_view text, std::size_t at) {
    if (at < 3 || text.substr(at - 3, 3) != "://") return 0;
    const auto authority = text.substr(at, text.find_first_of("/?# \t\r\n\"'<>", at) - at);
    const auto sign = authority.rfind('@');
    if (sign == std::string_view::npos || sign == 0) return 0;
    return authority.starts_with("【") ? 0 : sign;
}
std::size_t pem_block(std::string_view text, std::size_t at) {
    constexpr std::string_view begin = "-----BEGIN ", end = "-----END ";
    if (!text.substr(at).starts_with(begin)) return 0;
    const auto first_line = text.substr(at, text.find('\n', at) - at);
    if (first_line.find("PRIVATE KEY") == std::string_view::npos) return 0;
    const auto last = text.find(end, at);
    if (last == std::string_view::npos) return text.size() - at;  // cut off: all of it
    return std::min(text.find('\n', last), text.size()) - at;
}
std::size_t long_blob(std::string_view text, std::size_t at) {
    if (at > 0 && is_blob(text[at - 1])) return 0;
    const std::size_t size = run_of(text, at, is_blob);
    return size > longest_blob ? size : 0;
}
// "secret":"…", secret = '…' and password=…: the value.
std::size_t secret_field(std::string_view text, std::size_t at) {
    auto before = text.substr(0, at);
    char quote = 0;
    if (before.ends_with('"') || before.ends_with('\'')) {
        quote = before.back();
        before.remove_suffix(1);
    }
    while (!before.empty() && (before.back() == ' ' || before.back() == '\t'))
        before.remove_suffix(1);
    if (before.empty() || (before.back() != ':' && before.back() != '=')) return 0;
    before.remove_suffix(1);
    while (!before.empty() &&
           (before.back() == ' ' || before.back() == '"' || before.back() == '\''))
        before.remove_suffix(1);
    constexpr std::array<std::string_view, 4> names{"secret", "password", "pin", "token"};
    const bool named = std::ranges::any_of(names, [&](std::string_view name) {
        if (!before.ends_with(name)) return false;
        const auto rest = before.substr(0, before.size() - name.size());
        return rest.empty() || !is_letter(rest.back());
    });
    if (!named || text.substr(at).starts_with("【")) return 0;
    const auto end = quote == 0 ? std::min(text.find_first_of(" \t\r\n,;&}]\"'", at), text.size())
                                : text.find(quote, at);
    return end == std::string_view::npos ? 0 : end - at;
}

struct Kind {
    const char* word;
    Matcher matches;
};
// The first that fits decides.
constexpr std::array kinds{
    Kind{"private_key", pem_block},
    Kind{"private_key", secret_field},
    Kind{"login", login},
    Kind{"identity_number", identity_number},
    Kind{"telephone", telephone},
    Kind{"card_number", card_number},
    Kind{"mail_address", mail_address},
    Kind{"long_blob", long_blob},
};

std::size_t known_value(std::string_view text, std::size_t at,
                        std::span<const base::SecretText> values) {
    std::size_t longest = 0;
    for (const auto& value : values)
        if (value->size() >= 2 && value->size() > longest && text.substr(at).starts_with(*value))
            longest = value->size();
    return longest;
}

}  // namespace

CleanText clean_text(std::string_view text, std::span<const base::SecretText> values) {
    CleanText out;
    for (std::size_t at = 0; at < text.size();) {
        const char* word = "known_value";
        std::size_t size = known_value(text, at, values);
        for (const auto& kind : kinds) {
            if (size > 0) break;
            word = kind.word;
            size = kind.matches(text, at);
        }
        if (size == 0) {
            // A run of digits is judged from its beginning only.
            const std::size_t digits = std::max<std::size_t>(1, run_of(text, at, is_digit));
            const std::size_t taken = values.empty() ? digits : 1;
            out.text.append(text.substr(at, taken));
            at += taken;
            continue;
        }
        ++out.removed[word];
        out.text += "【" + std::string(word) + "】";
        at += size;
    }
    return out;
}

bool is_clean(std::string_view text, std::span<const base::SecretText> values) {
    return clean_text(text, values).removed.empty();
}

}  // namespace provisioning::diagnostics
