// What the centre tells a terminal to do, as a file of canonical JSON:
//   v 1, paper "command", realm, terminal, serial, kind, text, until (ms, of a notice), issued_at,
//   expires_at (ms: to be begun before), issuer (issuer.cert), signature of the issuer's key.
// The issuer signs it, not the key of the feeds: the centre holds the issuer's key online anyway
// and could already take the terminal's certificate away with it, so nothing new is put at risk;
// the key of the feeds, with which a whole realm's catalogue can be changed, stays with its person.
// The root's word about the issuer travels inside: a terminal with the pinned root verifies it
// alone. Pure.
#pragma once

#include "base/clock.hpp"
#include "domain/app_report.hpp"
#include "domain/identifiers.hpp"
#include "offline/sealing/issuer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace offline::papers {

inline constexpr std::size_t command_bytes_max = 4096;

struct Command {
    domain::Realm realm{};
    std::string terminal;
    std::int64_t serial = 1;      // of this terminal; rises
    std::string kind;             // a word; one that is not known here is refused by who reads it
    domain::CentreNotice notice;  // of a notice
    base::Instant issued_at{}, expires_at{};
    std::string issuer = {};  // kid of the key that signed
    friend bool operator==(const Command&, const Command&) = default;

    base::Result<std::string> sign(const sealing::Signer& key, const sealing::Issuer& issuer) const;
    // BytesMalformed; SignatureWrong: not by an issuer of this root; RealmMismatch. Whom it is for
    // and whether it is still good is the reader's to see.
    static base::Result<Command> verify(std::string_view file, const sealing::PinnedRoot& root);
};
std::optional<domain::CommandKind> command_kind_from(std::string_view word);

// Tells two files apart: 16 hex digits.
std::string command_digest(std::string_view file);

// Why a terminal refuses one: words of the event CommandRefusedHere.
namespace refusal {
inline constexpr std::string_view malformed = "malformed", signature = "signature", realm = "realm",
                                  terminal = "terminal", serial = "serial", expired = "expired",
                                  unknown = "unknown";
}
inline constexpr std::string_view refused_begins = "refused-";

}  // namespace offline::papers
