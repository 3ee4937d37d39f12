#include "offline/papers/local_number.hpp"

#include "base/assert.hpp"
#include "domain/check_characters.hpp"

namespace offline::papers {

namespace {

std::string five_bits_each(std::uint64_t value, std::size_t characters) {
    std::string out(characters, number_alphabet.front());
    for (auto it = out.rbegin(); it != out.rend(); ++it, value >>= 5)
        *it = number_alphabet[value & 31];
    KIOSK_ASSERT(value == 0);
    return out;
}

bool is_unambiguous(char c) {
    return number_alphabet.find(c) != std::string_view::npos;
}

}  // namespace

std::string local_number(std::string_view terminal, std::int64_t seq) {
    KIOSK_ASSERT(terminal.size() == 15 && seq >= 1 && seq <= seq_max);
    std::uint64_t digits = 0;
    for (const char c : terminal) digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
    const std::string head = five_bits_each(digits, 10);
    // Different last characters give different check characters, and only four of those are
    // ambiguous: one of eight choices always serves.
    for (std::uint64_t choice = 0; choice < 8; ++choice) {
        const std::string text =
            head + five_bits_each(static_cast<std::uint64_t>(seq) << 3 | choice, 5);
        const char check = domain::mod_37_36(text);
        if (is_unambiguous(check)) return text + check;
    }
    KIOSK_ASSERT(false);
}

bool is_local_number(std::string_view text) {
    if (text.size() != 16) return false;
    for (const char c : text)
        if (!is_unambiguous(c)) return false;
    return domain::mod_37_36(text.substr(0, 15)) == text.back();
}

std::string token_text(const Token& token) {
    std::uint64_t value = 0;
    for (const auto byte : token) value = value << 8 | byte;
    return five_bits_each(value, 8);
}

base::Result<Token> token_from(std::string_view text) {
    if (text.size() != 8) return base::fail(base::FaultCode::BytesMalformed, "token: length");
    std::uint64_t value = 0;
    for (const char c : text) {
        const auto at = number_alphabet.find(c);
        if (at == std::string_view::npos)
            return base::fail(base::FaultCode::BytesMalformed, "token: character");
        value = value << 5 | at;
    }
    Token token{};
    for (std::size_t i = token.size(); i-- > 0; value >>= 8)
        token[i] = static_cast<std::uint8_t>(value);
    return token;
}

std::string without_grouping(std::string_view typed) {
    std::string out;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        out += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

}  // namespace offline::papers
