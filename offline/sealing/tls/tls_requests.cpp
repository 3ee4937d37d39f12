#include "offline/sealing/tls/tls_requests.hpp"

#include "offline/sealing/tls/x509_parts.hpp"

#include <openssl/ec.h>

#include <array>
#include <string_view>

namespace offline::sealing::tls {

namespace {

using base::FaultCode;

base::Result<base::Bytes> request_of(const Key& key, const std::string& terminal) {
    const CertificateRequest request(X509_REQ_new());
    const Memory file(BIO_new(BIO_s_mem()));
    if (!request || !set_common_name(X509_REQ_get_subject_name(request.get()), terminal) ||
        X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
        X509_REQ_sign(request.get(), key.get(), EVP_sha256()) == 0 ||
        PEM_write_bio_X509_REQ(file.get(), request.get()) != 1)
        return not_made();
    return content_of(file);
}

bool is_p256(const EVP_PKEY* key) {
    std::array<char, 32> group{};
    std::size_t length = 0;
    return key != nullptr && EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1 &&
           std::string_view(group.data(), length) == "prime256v1";
}

}  // namespace

base::Result<Requested> make_request(const std::string& terminal) {
    const Key key(EVP_EC_gen("P-256"));
    if (!key) return not_made();
    Requested out;
    out.request = TRY(request_of(key, terminal));
    out.key = TRY(as_file(key));
    return out;
}

base::Result<base::Bytes> request_for(base::ByteView key, const std::string& terminal) {
    const Key read = private_key_in(key);
    if (!read) return base::fail(FaultCode::KeyAbsent, "TLS key");
    return request_of(read, terminal);
}

base::Result<base::Bytes> certify(const Pair& authority, base::ByteView request,
                                  const std::string& terminal, const Validity& validity) {
    if (request.size() > request_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "certificate request");
    const Memory memory = reading(request);
    const CertificateRequest read(PEM_read_bio_X509_REQ(memory.get(), nullptr, nullptr, nullptr));
    EVP_PKEY* key = read ? X509_REQ_get0_pubkey(read.get()) : nullptr;
    if (!is_p256(key) || X509_REQ_verify(read.get(), key) != 1)
        return base::fail(FaultCode::BytesMalformed, "certificate request");
    const Certificate issuer = certificate_in(authority.certificate);
    const Key issuer_key = private_key_in(authority.key);
    if (!issuer || !issuer_key) return base::fail(FaultCode::KeyAbsent, "TLS authority");
    const Certificate out = begun(terminal, validity, key);
    if (!finish(out, issuer, issuer_key, Side::terminal, terminal)) return not_made();
    return as_file(out);
}

base::Status check_pair(base::ByteView certificate, base::ByteView key, base::ByteView authority) {
    const Certificate own = certificate_in(certificate);
    const Certificate issuer = certificate_in(authority);
    const Key private_key = private_key_in(key);
    if (!own || !issuer || !private_key ||
        X509_check_private_key(own.get(), private_key.get()) != 1 ||
        X509_verify(own.get(), X509_get0_pubkey(issuer.get())) != 1)
        return base::fail(FaultCode::KeyAbsent, "TLS certificate of another key or authority");
    return {};
}

}  // namespace offline::sealing::tls
