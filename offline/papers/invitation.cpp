#include "offline/papers/invitation.hpp"

#include "base/random.hpp"
#include "domain/check_characters.hpp"
#include "offline/papers/local_number.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>
#include <array>

namespace offline::papers {

namespace {

using base::FaultCode;

constexpr std::size_t number_characters = 4, code_characters = 20;
constexpr char separator = '|';
constexpr std::string_view beginning = "CWE1";
constexpr std::size_t url_max = 200;

bool is_in_alphabet(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return number_alphabet.find(c) != std::string_view::npos; });
}

}  // namespace

InvitationCode InvitationCode::draw() {
    const auto letters_from = [](std::size_t count, const auto& random) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) out += number_alphabet[random[i] & 31];
        return out;
    };
    const std::string secret = letters_from(15, base::random_bytes<15>());
    // Of the numbers that give an ambiguous check character another one is drawn, not the secret.
    for (;;) {
        const std::string body = letters_from(number_characters, base::random_bytes<4>()) + secret;
        const char check = domain::mod_37_36(body);
        if (is_in_alphabet({&check, 1})) return InvitationCode(body + check);
    }
}

base::Result<InvitationCode> InvitationCode::parse(std::string_view typed) {
    if (typed.size() > 2 * code_characters) return base::fail(FaultCode::InvitationWrong, "length");
    std::string text = without_grouping(typed);
    if (text.size() != code_characters) return base::fail(FaultCode::InvitationWrong, "length");
    if (!is_in_alphabet(text)) return base::fail(FaultCode::InvitationWrong, "character");
    const std::string_view body(text.data(), code_characters - 1);
    if (domain::mod_37_36(body) != text.back())
        return base::fail(FaultCode::InvitationWrong, "check character");
    return InvitationCode(std::move(text));
}

std::string InvitationCode::text() const {
    std::string out;
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (i != 0 && i % 4 == 0) out += '-';
        out += text_[i];
    }
    return out;
}

base::Result<sealing::SigningKey> InvitationCode::key(sealing::SuiteId suite) const {
    // 75 random bits that are good for some days and one use need no slow derivation.
    const base::Bytes whole = base::to_bytes("cw-invitation-1" + std::string(1, '\0') + text_);
    const sealing::Digest seed = sealing::digest(suite, whole);
    return sealing::SigningKey::from_secret(
        suite, sealing::SecretBytes(base::Bytes(seed.begin(), seed.end())));
}

bool is_invitation_number(std::string_view text) {
    return text.size() == number_characters && is_in_alphabet(text);
}

bool is_centre_url(std::string_view text) {
    const bool begins = text.starts_with("http://") || text.starts_with("https://");
    const auto host = text.find("//");
    return begins && text.size() <= url_max && host + 2 < text.size() &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return c > ' ' && c < '\x7f' && c != separator; });
}

std::string Invitation::text() const {
    std::string out(beginning);
    for (const std::string& part :
         {centre, std::string(domain::name(realm)), terminal, root, code.plain()})
        out += separator + part;
    return out;
}

base::Result<Invitation> Invitation::parse(std::string_view text) {
    const auto malformed = [](const char* what) {
        return base::fail(FaultCode::BytesMalformed, std::string("invitation: ") + what);
    };
    if (text.size() > invitation_text_max) return malformed("length");
    std::array<std::string_view, 6> parts;
    std::size_t count = 0;
    for (std::string_view rest = text;; ++count) {
        if (count == parts.size()) return malformed("parts");
        const auto end = rest.find(separator);
        parts.at(count) = rest.substr(0, end);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    if (count + 1 != parts.size() || parts[0] != beginning) return malformed("parts");
    if (!is_centre_url(parts[1])) return malformed("centre");
    const domain::Realm realm = TRY(domain::realm_from(parts[2]));
    if (!sealing::is_terminal_id(parts[3])) return malformed("terminal");
    if (!sealing::is_fingerprint(parts[4])) return malformed("root");
    InvitationCode code = TRY(InvitationCode::parse(parts[5]));
    if (code.plain() != parts[5]) return malformed("code");
    return Invitation{std::string(parts[1]), realm, std::string(parts[3]), std::string(parts[4]),
                      std::move(code)};
}

}  // namespace offline::papers
