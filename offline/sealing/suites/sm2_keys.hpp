// SM2 with OpenSSL: keys from and to bytes, signatures of 64 bytes (r, s) over SM3 with the id
// 1234567812345678 (GB/T 32918.2, GB/T 32918.5), encryption (GB/T 32918.4) as C1 | C3 | C2.
#pragma once

#include "offline/sealing/suites/suite.hpp"

namespace offline::sealing::sm2 {

base::Result<KeyPair> new_pair();
base::Result<KeyPair> pair_from(SecretBytes secret);  // KeyAbsent: not between 1 and n - 2
base::Result<Signature> sign(const KeyPair& pair, base::ByteView message);
bool verify(base::ByteView public_key, base::ByteView message, base::ByteView signature);
base::Result<base::Bytes> encrypt(base::ByteView public_key, base::ByteView content);
base::Result<SecretBytes> decrypt(const KeyPair& pair, base::ByteView raw);

}  // namespace offline::sealing::sm2
