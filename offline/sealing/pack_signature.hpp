// The signature of a pack, made by whoever holds a pack signer's key: the centre, or who prepares a
// pack for it. Terminals only verify (sealing.hpp). In a short-lived program; one thread.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "offline/sealing/signing.hpp"

#include <string>

namespace offline::sealing {

enum class PackSigning {
    signed_first,   // there was none
    signed_anew,    // the one that was there is of other bytes or of another key
    good_as_it_was  // signatures differ each time, so a good one stays
};
// Writes `pack.sig` into the folder, over the bytes of its pack.json, the old or the new one whole.
// KeyAbsent, FileUnwritable, DiskFull.
base::Result<PackSigning> sign_pack(const std::string& folder, base::ByteView pack,
                                    const Signer& key);

}  // namespace offline::sealing
