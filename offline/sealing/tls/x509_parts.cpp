#include "offline/sealing/tls/x509_parts.hpp"

#include "base/random.hpp"

#include <algorithm>

namespace offline::sealing::tls {

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

Key private_key_in(base::ByteView pem) {
    const Memory memory = reading(pem);
    return Key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
}

base::Result<base::Bytes> as_file(const Certificate& certificate) {
    const Memory file(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_X509(file.get(), certificate.get()) != 1) return not_made();
    return content_of(file);
}

base::Result<base::Bytes> as_file(const Key& key) {
    // Secure memory is wiped when it is freed.
    const Memory file(BIO_new(BIO_s_secmem()));
    if (PEM_write_bio_PrivateKey(file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return not_made();
    return content_of(file);
}

bool add(X509* to, X509* issuer, int what, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()));
    return extension && X509_add_ext(to, extension.get(), -1) == 1;
}

bool set_common_name(X509_NAME* of, const std::string& name) {
    return X509_NAME_add_entry_by_txt(of, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(name.data()),
                                      static_cast<int>(name.size()), -1, 0) == 1;
}

namespace {

bool set_time(ASN1_TIME* out, base::Instant instant) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch();
    return ASN1_TIME_set(out, seconds.count()) != nullptr;
}

bool is_address(const std::string& host) {
    return std::all_of(host.begin(), host.end(),
                       [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ':'; });
}

}  // namespace

Certificate begun(const std::string& name, const Validity& validity, EVP_PKEY* key) {
    Certificate out(X509_new());
    const auto serial = base::random_bytes<8>();
    std::uint64_t number = 0;
    for (const auto byte : serial) number = number << 8 | byte;
    const bool good =
        X509_set_version(out.get(), 2) == 1 &&
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(out.get()), number >> 1 | 1) == 1 &&
        set_time(X509_getm_notBefore(out.get()), validity.from) &&
        set_time(X509_getm_notAfter(out.get()), validity.until) &&
        set_common_name(X509_get_subject_name(out.get()), name) &&
        X509_set_pubkey(out.get(), key) == 1;
    return good ? std::move(out) : nullptr;
}

bool finish(const Certificate& out, const Certificate& issuer, const Key& issuer_key, Side side,
            const std::string& host) {
    const bool centre = side == Side::centre;
    const std::string alternative = (is_address(host) ? "IP:" : "DNS:") + host;
    return out && X509_set_issuer_name(out.get(), X509_get_subject_name(issuer.get())) == 1 &&
           add(out.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE") &&
           add(out.get(), issuer.get(), NID_key_usage, "critical,digitalSignature") &&
           add(out.get(), issuer.get(), NID_ext_key_usage, centre ? "serverAuth" : "clientAuth") &&
           add(out.get(), issuer.get(), NID_authority_key_identifier, "keyid:always") &&
           (!centre || add(out.get(), issuer.get(), NID_subject_alt_name, alternative)) &&
           X509_sign(out.get(), issuer_key.get(), EVP_sha256()) != 0;
}

}  // namespace offline::sealing::tls
