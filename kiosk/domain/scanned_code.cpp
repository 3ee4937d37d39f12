#include "domain/scanned_code.hpp"

#include "base/bytes.hpp"
#include "domain/check_characters.hpp"
#include "domain/comfort_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace domain {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view upper = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view booking = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
constexpr std::string_view base64url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view credit_letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100
constexpr std::size_t credit_length = 18, longest_identity = 1024, longest_item = 50;
constexpr std::string_view guide_mark = "CWG1:";

bool only(std::string_view text, std::string_view letters) {
    return text.find_first_not_of(letters) == std::string_view::npos;
}

struct Mark {
    CodePurpose purpose;
    std::string_view mark, letters;
    std::size_t shortest, longest;  // of what follows
    bool whole;                     // the value is the text with its mark
};
constexpr std::array marks{
    Mark{CodePurpose::receipt, "CW1.", base64url, 160, 160, true},
    Mark{CodePurpose::guide, guide_mark, upper, 1, longest_item, false},
    Mark{CodePurpose::appointment, "CWA1:", booking, 6, 32, false},
    Mark{CodePurpose::enrolment, "CWE1:", base64url, 22, 171, false},
};

bool is_enterprise(std::string_view text) {
    return text.size() == credit_length && text.front() == '9' && only(text, credit_letters) &&
           mod_31_3(text.substr(0, credit_length - 1)) == text.back();
}

// The credit code in the address that a printed licence carries; empty when it is another one.
std::string_view credit_code_of(std::string_view address) {
    constexpr std::string_view home = "gsxt.gov.cn", parameter = "uniscid=";
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!address.starts_with(scheme)) continue;
        const auto rest = address.substr(scheme.size());
        const auto host = rest.substr(0, rest.find_first_of("/?#"));
        // Whatever stands before an @, and a name that merely ends alike, is somebody else.
        if (host != home && !(host.ends_with(home) && host.size() > home.size() &&
                              host[host.size() - home.size() - 1] == '.' &&
                              only(host, "abcdefghijklmnopqrstuvwxyz0123456789.-")))
            return {};
        const auto question = rest.find('?');
        if (question == std::string_view::npos) return {};
        auto query = rest.substr(question + 1);
        query = query.substr(0, query.find('#'));
        while (!query.empty()) {
            const auto one = query.substr(0, query.find('&'));
            if (one.starts_with(parameter)) return one.substr(parameter.size());
            query.remove_prefix(std::min(query.size(), one.size() + 1));
        }
    }
    return {};
}

bool is_project(std::string_view text) {
    constexpr std::string_view shape = "0000-000000-00-00-000000";
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] == '-' ? text[i] != '-' : digits.find(text[i]) == std::string_view::npos)
            return false;
    return true;
}

bool is_identity(std::string_view text, const std::vector<std::string>& beginnings) {
    const auto shows = [](char c) { return c > ' ' && c <= '~'; };
    return text.size() <= longest_identity && std::all_of(text.begin(), text.end(), shows) &&
           std::any_of(beginnings.begin(), beginnings.end(), [&](const auto& beginning) {
               return beginning.size() >= shortest_identity_beginning &&
                      text.size() > beginning.size() && text.starts_with(beginning);
           });
}

ScannedCode is(CodePurpose purpose, std::string_view value) {
    return {purpose, std::string(value)};
}

// Shows nothing, moves what is beside it, or looks like nothing.
bool hidden(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xAD || point == 0x61C ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
           (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xFFF0 && point <= 0xFFFB) ||
           (point >= 0xE000 && point <= 0xF8FF) || point >= 0xE0000 || (point & 0xFFFEU) == 0xFFFEU;
}

constexpr std::size_t longest_sequence = 4;

// How many bytes at the beginning are one valid character; 0 when none are.
std::size_t character_at(std::string_view text) {
    for (std::size_t size = 1; size <= std::min(longest_sequence, text.size()); ++size)
        if (base::is_valid_utf8(text.substr(0, size))) return size;
    return 0;
}

}  // namespace

std::string guide_code(std::string_view item_code, std::string_view guide_link) {
    return std::string(guide_link.empty() ? guide_mark : guide_link) + std::string(item_code);
}

ScannedCode scanned_code(std::string_view text, const std::vector<std::string>& beginnings,
                         std::string_view guide_link) {
    if (comfort_from_code(text)) return is(CodePurpose::comfort, text);
    if (!guide_link.empty() && text.starts_with(guide_link)) {
        const auto item = text.substr(guide_link.size());
        if (item.empty() || item.size() > longest_item || !only(item, upper)) return {};
        return is(CodePurpose::guide, item);
    }
    for (const auto& mark : marks) {
        if (!text.starts_with(mark.mark)) continue;
        const auto value = text.substr(mark.mark.size());
        if (value.size() < mark.shortest || value.size() > mark.longest ||
            !only(value, mark.letters))
            return {};
        return is(mark.purpose, mark.whole ? text : value);
    }
    if (is_enterprise(text)) return is(CodePurpose::enterprise_licence, text);
    if (const auto credit_code = credit_code_of(text); is_enterprise(credit_code))
        return is(CodePurpose::enterprise_licence, credit_code);
    if (is_project(text)) return is(CodePurpose::project_code, text);
    if (is_identity(text, beginnings)) return is(CodePurpose::electronic_identity, text);
    return {};
}

std::string shown_text(std::string_view text, std::size_t letters) {
    std::string out;
    for (std::size_t shown = 0; !text.empty(); ++shown) {
        if (shown == letters) return out + "…";
        const auto size = character_at(text);
        if (size == 0) {
            out += fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
        } else {
            const char32_t point = base::code_points(text.substr(0, size)).front();
            if (point == U'\\')
                out += "\\\\";  // so that what is written out cannot be faked
            else if (hidden(point))
                out += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(point));
            else
                out += text.substr(0, size);
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

}  // namespace domain
