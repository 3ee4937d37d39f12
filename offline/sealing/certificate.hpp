// The terminal certificate: the root says which terminal, realm and epoch a public key stands for;
// the key's suite is the terminal's. A new epoch is drawn at every enrolment; sequence numbers
// count within it. Pure.
#pragma once

#include "offline/sealing/keys/key_set.hpp"

#include <string>

namespace offline::sealing {

using Epoch = std::array<std::uint8_t, 16>;

struct TerminalCertificate {
    domain::Realm realm{};
    std::string terminal;  // 15 digits
    Epoch epoch{};
    PublicKey key{};
    base::Bytes file;  // exactly as signed

    // SignatureWrong, RealmMismatch, BytesMalformed.
    static base::Result<TerminalCertificate> verify(base::ByteView file, const PinnedRoot& root);
    static base::Result<TerminalCertificate> issue(const Signer& root, domain::Realm realm,
                                                   const std::string& terminal, const Epoch& epoch,
                                                   const PublicKey& key);
    // Of everything this terminal signs and seals.
    SuiteId suite() const { return key.suite; }
    std::string id() const;  // 16 hex digits of the file's hash
};

bool is_terminal_id(std::string_view text);

}  // namespace offline::sealing
