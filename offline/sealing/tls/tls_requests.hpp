// How a terminal gets its X.509 without its key leaving it: it makes a P-256 key and a request
// (PKCS #10, PEM), the centre's authority answers with a certificate. Pure but for key generation.
#pragma once

#include "offline/sealing/tls/tls_certificates.hpp"

namespace offline::sealing::tls {

inline constexpr std::size_t request_bytes_max = 2048;
inline constexpr std::size_t certificate_pem_bytes_max = 4096;

struct Requested {
    base::Bytes request, key;  // the caller wipes the key
};
base::Result<Requested> make_request(const std::string& terminal);
// Anew for a key that is there. KeyAbsent: it does not read.
base::Result<base::Bytes> request_for(base::ByteView key, const std::string& terminal);

// Of the terminal's side, whatever the request asks for: only its key is taken from it.
// BytesMalformed: no request, not signed by its own key, or not P-256; KeyAbsent: the authority.
base::Result<base::Bytes> certify(const Pair& authority, base::ByteView request,
                                  const std::string& terminal, const Validity& validity);
// KeyAbsent: the certificate is not of this key, or not by this authority.
base::Status check_pair(base::ByteView certificate, base::ByteView key, base::ByteView authority);

}  // namespace offline::sealing::tls
