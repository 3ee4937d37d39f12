// What certificates and requests are made of, over OpenSSL. Inside offline/sealing/tls alone.
#pragma once

#include "offline/sealing/tls/tls_certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace offline::sealing::tls {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* value) const {
        Free(value);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using CertificateRequest = std::unique_ptr<X509_REQ, Freed<X509_REQ_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

inline auto not_made() {
    return base::fail(base::FaultCode::KeyAbsent, "certificate not made");
}

Memory reading(base::ByteView bytes);
base::Bytes content_of(const Memory& memory);
Certificate certificate_in(base::ByteView pem);
Key private_key_in(base::ByteView pem);
base::Result<base::Bytes> as_file(const Certificate& certificate);
base::Result<base::Bytes> as_file(const Key& key);

bool add(X509* to, X509* issuer, int what, const std::string& value);
bool set_common_name(X509_NAME* of, const std::string& name);
// Everything but the issuer, the extensions and the signature.
Certificate begun(const std::string& name, const Validity& validity, EVP_PKEY* key);
// The extensions of what an authority issues, and its signature; `host` only for the centre.
bool finish(const Certificate& out, const Certificate& issuer, const Key& issuer_key, Side side,
            const std::string& host);

}  // namespace offline::sealing::tls
