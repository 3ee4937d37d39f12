#include "offline/sealing/certificate.hpp"

#include <algorithm>

namespace offline::sealing {

using base::FaultCode;

bool is_terminal_id(std::string_view text) {
    return text.size() == 15 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

base::Result<TerminalCertificate> TerminalCertificate::verify(base::ByteView file,
                                                              const PinnedRoot& root) {
    const formats::Record record = TRY(formats::record_from_json(file));
    TRY_STATUS(verify_record(record, root.key, context::certificate));
    formats::Fields fields(record, FaultCode::BytesMalformed, "certificate");
    TRY_STATUS(fields.exactly("v", 3));
    TRY_STATUS(fields.exactly("kind", "terminal-certificate"));
    TerminalCertificate certificate;
    const std::string realm = TRY(fields.text("realm", 16));
    certificate.realm = TRY(domain::realm_from(realm));
    certificate.terminal = TRY(fields.text("terminal", 15));
    certificate.key = TRY(public_key_in(fields, "key"));
    TRY(fields.bytes("signature", 64));
    TRY_STATUS(fields.finish());
    if (!is_terminal_id(certificate.terminal)) return fields.wrong("terminal");
    if (certificate.realm != root.realm) return base::fail(FaultCode::RealmMismatch, "certificate");
    certificate.file.assign(file.begin(), file.end());
    return certificate;
}

base::Result<TerminalCertificate> TerminalCertificate::issue(const Signer& root,
                                                             domain::Realm realm,
                                                             const std::string& terminal,
                                                             const PublicKey& key) {
    const formats::Record record =
        TRY(signed_record({{"v", std::int64_t{3}},
                           {"kind", std::string("terminal-certificate")},
                           {"realm", std::string(domain::name(realm))},
                           {"suite", std::string(domain::name(key.suite))},
                           {"terminal", terminal},
                           {"key", key.bytes}},
                          root, context::certificate));
    return TerminalCertificate{realm, terminal, key, formats::to_json(record)};
}

std::string TerminalCertificate::id() const {
    return base::to_hex(base::ByteView(digest(suite(), file)).first(8));
}

}  // namespace offline::sealing
