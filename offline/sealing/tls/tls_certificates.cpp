#include "offline/sealing/tls/tls_certificates.hpp"

#include "base/random.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace offline::sealing::tls {

namespace {

using base::FaultCode;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* value) const {
        Free(value);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

auto not_made() {
    return base::fail(FaultCode::KeyAbsent, "certificate not made");
}

Memory reading(base::ByteView bytes) {
    return Memory(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}
base::Bytes content_of(const Memory& memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    const auto* from = reinterpret_cast<const std::uint8_t*>(data);
    return {from, from + size};
}
Certificate certificate_in(base::ByteView pem) {
    const Memory memory = reading(pem);
    return Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

base::Result<Pair> as_files(const Certificate& certificate, const Key& key) {
    const Memory public_file(BIO_new(BIO_s_mem()));
    // Secure memory is wiped when it is freed.
    const Memory secret_file(BIO_new(BIO_s_secmem()));
    if (PEM_write_bio_X509(public_file.get(), certificate.get()) != 1 ||
        PEM_write_bio_PrivateKey(secret_file.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                 nullptr) != 1)
        return not_made();
    return Pair{content_of(public_file), content_of(secret_file)};
}

bool add(X509* to, X509* issuer, int what, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()));
    return extension && X509_add_ext(to, extension.get(), -1) == 1;
}

bool set_time(ASN1_TIME* out, base::Instant instant) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch();
    return ASN1_TIME_set(out, seconds.count()) != nullptr;
}

// Everything but the issuer, the extensions and the signature.
Certificate begun(const std::string& name, const Validity& validity, EVP_PKEY* key) {
    Certificate out(X509_new());
    const auto serial = base::random_bytes<8>();
    std::uint64_t number = 0;
    for (const auto byte : serial) number = number << 8 | byte;
    X509_NAME* subject = X509_get_subject_name(out.get());
    const auto* text = reinterpret_cast<const unsigned char*>(name.data());
    const bool good =
        X509_set_version(out.get(), 2) == 1 &&
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(out.get()), number >> 1 | 1) == 1 &&
        set_time(X509_getm_notBefore(out.get()), validity.from) &&
        set_time(X509_getm_notAfter(out.get()), validity.until) &&
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text,
                                   static_cast<int>(name.size()), -1, 0) == 1 &&
        X509_set_pubkey(out.get(), key) == 1;
    return good ? std::move(out) : nullptr;
}

bool is_address(const std::string& host) {
    return std::all_of(host.begin(), host.end(),
                       [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ':'; });
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
    const Memory memory = reading(authority.key);
    const Key issuer_key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
    if (!issuer || !issuer_key) return base::fail(FaultCode::KeyAbsent, "TLS authority");
    const Key key(EVP_EC_gen("P-256"));
    if (!key) return not_made();
    const Certificate out = begun(name, validity, key.get());
    const bool centre = side == Side::centre;
    const std::string host = (is_address(name) ? "IP:" : "DNS:") + name;
    if (!out || X509_set_issuer_name(out.get(), X509_get_subject_name(issuer.get())) != 1 ||
        !add(out.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
        !add(out.get(), issuer.get(), NID_key_usage, "critical,digitalSignature") ||
        !add(out.get(), issuer.get(), NID_ext_key_usage, centre ? "serverAuth" : "clientAuth") ||
        !add(out.get(), issuer.get(), NID_authority_key_identifier, "keyid:always") ||
        (centre && !add(out.get(), issuer.get(), NID_subject_alt_name, host)) ||
        X509_sign(out.get(), issuer_key.get(), EVP_sha256()) == 0)
        return not_made();
    return as_files(out, key);
}

base::Result<Validity> validity_of(base::ByteView certificate) {
    const Certificate read = certificate_in(certificate);
    if (!read) return base::fail(FaultCode::KeyAbsent, "no certificate in PEM");
    return Validity{TRY(instant_of(X509_get0_notBefore(read.get()))),
                    TRY(instant_of(X509_get0_notAfter(read.get())))};
}

}  // namespace offline::sealing::tls
