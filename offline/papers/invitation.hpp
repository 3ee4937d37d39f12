// An invitation to enrol: what the centre gives a technician for one terminal, by telephone or as a
// QR code. The code is 20 characters in five groups of four, in the alphabet of local numbers:
//    4  the invitation's number, said openly: it finds the row, and errors count against it
//   15  the secret, 75 bits
//    1  check character, ISO 7064 MOD 37,36 over the 19 before it
// The secret is the seed of a signing key, one in each suite. The centre keeps only its public
// keys, the terminal signs its request with it: the code goes over no line, and whoever reads the
// centre's table or the line can enrol nothing. Pure but for drawing.
#pragma once

#include "offline/sealing/certificate.hpp"

#include <string>
#include <string_view>

namespace offline::papers {

class InvitationCode {
  public:
    static InvitationCode draw();
    // As a person types it. InvitationWrong: its length, a character, or the check character.
    static base::Result<InvitationCode> parse(std::string_view typed);

    std::string number() const { return text_.substr(0, 4); }
    std::string text() const;  // in groups
    const std::string& plain() const { return text_; }
    base::Result<sealing::SigningKey> key(sealing::SuiteId suite) const;

  private:
    explicit InvitationCode(std::string text) : text_(std::move(text)) {}
    std::string text_;  // 20 characters
};
bool is_invitation_number(std::string_view text);

// What stands in the QR code.
struct Invitation {
    std::string centre;  // http(s)://host[:port]
    domain::Realm realm{};
    std::string terminal;
    std::string root;  // its fingerprint
    InvitationCode code;

    std::string text() const;
    // BytesMalformed, InvitationWrong. At most invitation_text_max characters are looked at.
    static base::Result<Invitation> parse(std::string_view text);
};
inline constexpr std::size_t invitation_text_max = 512;

// http:// or https://, printable ASCII without spaces or the separator; at most 200.
bool is_centre_url(std::string_view text);

}  // namespace offline::papers
