// The terminal certificate: which terminal and realm a public key stands for; the key's suite is
// the terminal's. The offline root says it itself (version 3, without dates), or an issuer that the
// root named says it (version 4): the root's word about the issuer travels inside, so that whoever
// has the pinned root can verify it alone. Pure.
#pragma once

#include "offline/sealing/issuer.hpp"

#include <string>

namespace offline::sealing {

// Names one life of a terminal's outbox; drawn when its database is made (offline/outbox).
using Epoch = std::array<std::uint8_t, 16>;

struct TerminalCertificate {
    domain::Realm realm{};
    std::string terminal;  // 15 digits
    PublicKey key{};
    base::Bytes file;  // exactly as signed
    // By whichever time the reader believes: whoever reads decides what an end means.
    base::Instant not_before{}, not_after = without_end;
    std::string issuer = {};  // kid of the issuer's key; empty: the root itself

    // SignatureWrong, RealmMismatch, BytesMalformed.
    static base::Result<TerminalCertificate> verify(base::ByteView file, const PinnedRoot& root);
    static base::Result<TerminalCertificate> issue(const Signer& root, domain::Realm realm,
                                                   const std::string& terminal,
                                                   const PublicKey& key);
    // By the issuer's key, for no longer than the issuer is good for.
    static base::Result<TerminalCertificate> issue(const Signer& issuer_key, const Issuer& issuer,
                                                   const std::string& terminal,
                                                   const PublicKey& key, Validity validity);
    // Of everything this terminal signs and seals.
    SuiteId suite() const { return key.suite; }
    std::string id() const;  // 16 hex digits of the file's hash
};

bool is_terminal_id(std::string_view text);

}  // namespace offline::sealing
