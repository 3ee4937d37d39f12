// The terminal certificate: the root says which terminal and realm a public key stands for; the
// key's suite is the terminal's. Pure.
#pragma once

#include "offline/sealing/keys/key_set.hpp"

#include <string>

namespace offline::sealing {

// Names one life of a terminal's outbox; drawn when its database is made (offline/outbox).
using Epoch = std::array<std::uint8_t, 16>;

struct TerminalCertificate {
    domain::Realm realm{};
    std::string terminal;  // 15 digits
    PublicKey key{};
    base::Bytes file;  // exactly as signed

    // SignatureWrong, RealmMismatch, BytesMalformed.
    static base::Result<TerminalCertificate> verify(base::ByteView file, const PinnedRoot& root);
    static base::Result<TerminalCertificate> issue(const Signer& root, domain::Realm realm,
                                                   const std::string& terminal,
                                                   const PublicKey& key);
    // Of everything this terminal signs and seals.
    SuiteId suite() const { return key.suite; }
    std::string id() const;  // 16 hex digits of the file's hash
};

bool is_terminal_id(std::string_view text);

}  // namespace offline::sealing
