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
    formats::Fields fields(record, FaultCode::BytesMalformed, "certificate");
    const std::int64_t version = TRY(fields.integer("v", 3, 4));
    TRY_STATUS(fields.exactly("kind", "terminal-certificate"));
    TerminalCertificate certificate;
    if (version == 3) {
        TRY_STATUS(verify_record(record, root.key, context::certificate));
    } else {
        const base::Bytes issuer_file = TRY(fields.bytes("issuer", issuer_bytes_max));
        const Issuer issuer = TRY(Issuer::verify(issuer_file, root));
        TRY_STATUS(verify_record(record, issuer.key, context::issued_certificate));
        const Validity validity = TRY(validity_in(fields));
        certificate.not_before = validity.not_before;
        certificate.not_after = validity.not_after;
        certificate.issuer = key_id(issuer.key);
        if (!issuer.validity.holds(validity)) return fields.wrong("not_after");
    }
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

base::Result<TerminalCertificate> TerminalCertificate::issue(const Signer& issuer_key,
                                                             const Issuer& issuer,
                                                             const std::string& terminal,
                                                             const PublicKey& key,
                                                             Validity validity) {
    validity.not_before = std::max(validity.not_before, issuer.validity.not_before);
    validity.not_after = std::min(validity.not_after, issuer.validity.not_after);
    if (issuer.key != issuer_key.public_key() || validity.not_after <= validity.not_before)
        return base::fail(FaultCode::KeyAbsent, "the issuer is of another key, or has ended");
    formats::Record record{{"v", std::int64_t{4}},
                           {"kind", std::string("terminal-certificate")},
                           {"realm", std::string(domain::name(issuer.realm))},
                           {"suite", std::string(domain::name(key.suite))},
                           {"terminal", terminal},
                           {"key", key.bytes},
                           {"issuer", issuer.file}};
    put(record, validity);
    record = TRY(signed_record(std::move(record), issuer_key, context::issued_certificate));
    return TerminalCertificate{
        issuer.realm,       terminal,          key, formats::to_json(record), validity.not_before,
        validity.not_after, key_id(issuer.key)};
}

std::string TerminalCertificate::id() const {
    return base::to_hex(base::ByteView(digest(suite(), file)).first(8));
}

}  // namespace offline::sealing
