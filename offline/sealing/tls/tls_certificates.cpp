#include "offline/sealing/tls/tls_certificates.hpp"

#include "offline/sealing/tls/x509_parts.hpp"

#include <openssl/ec.h>

namespace offline::sealing::tls {

namespace {

using base::FaultCode;

base::Result<Pair> as_files(const Certificate& certificate, const Key& key) {
    Pair out;
    out.certificate = TRY(as_file(certificate));
    out.key = TRY(as_file(key));
    return out;
}

base::Result<base::Instant> instant_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return base::fail(FaultCode::KeyAbsent, "certificate");
    const base::Date day{std::chrono::year{parts.tm_year + 1900},
                         std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)},
                         std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
    return base::Instant{std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} +
                         std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec}};
}

}  // namespace

base::Result<Pair> make_authority(const std::string& name, const Validity& validity) {
    const Key key(EVP_EC_gen("P-256"));
    if (!key) return not_made();
    const Certificate out = begun(name, validity, key.get());
    if (!out || X509_set_issuer_name(out.get(), X509_get_subject_name(out.get())) != 1 ||
        !add(out.get(), out.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !add(out.get(), out.get(), NID_key_usage, "critical,keyCertSign,cRLSign") ||
        !add(out.get(), out.get(), NID_subject_key_identifier, "hash") ||
        X509_sign(out.get(), key.get(), EVP_sha256()) == 0)
        return not_made();
    return as_files(out, key);
}

base::Result<Pair> issue(const Pair& authority, Side side, const std::string& name,
                         const Validity& validity) {
    const Certificate issuer = certificate_in(authority.certificate);
    const Key issuer_key = private_key_in(authority.key);
    if (!issuer || !issuer_key) return base::fail(FaultCode::KeyAbsent, "TLS authority");
    const Key key(EVP_EC_gen("P-256"));
    if (!key) return not_made();
    const Certificate out = begun(name, validity, key.get());
    if (!finish(out, issuer, issuer_key, side, name)) return not_made();
    return as_files(out, key);
}

base::Result<Validity> validity_of(base::ByteView certificate) {
    const Certificate read = certificate_in(certificate);
    if (!read) return base::fail(FaultCode::KeyAbsent, "no certificate in PEM");
    return Validity{TRY(instant_of(X509_get0_notBefore(read.get()))),
                    TRY(instant_of(X509_get0_notAfter(read.get())))};
}

}  // namespace offline::sealing::tls
