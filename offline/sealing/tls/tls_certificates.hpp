// X.509 for the way between terminal and centre (TLS 1.3, both sides show a certificate): an
// authority of our own that both pin, and what it issues. Keys are P-256, files are PEM. Who wrote
// a submission is never decided by these: that is the manifest's signature. Pure but for key
// generation.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

#include <string>

namespace offline::sealing::tls {

struct Validity {
    base::Instant from{}, until{};
};
// A certificate and its private key. The caller wipes the key.
struct Pair {
    base::Bytes certificate, key;
};

enum class Side { terminal, centre };

// Ends the program when the machine has no random numbers.
base::Result<Pair> make_authority(const std::string& name, const Validity& validity);
// Of the centre, `name` is the host (a name or an address) that terminals connect to; of a
// terminal, its number. KeyAbsent: the authority does not read.
base::Result<Pair> issue(const Pair& authority, Side side, const std::string& name,
                         const Validity& validity);

// From when until when a PEM certificate holds. KeyAbsent: it is none.
base::Result<Validity> validity_of(base::ByteView certificate);

}  // namespace offline::sealing::tls
