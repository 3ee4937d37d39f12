// What a program trusts when it starts: the pinned root and the key set, read from their files and
// checked against the profile. The newest version of the set that was ever in use is kept in a
// file, so that an older one put in its place is refused (KeySetOutdated). Reads and writes files.
#pragma once

#include "offline/sealing/keys/key_set.hpp"

#include <string>

namespace offline::sealing {

struct TrustFiles {
    std::string root, key_set;
    std::string floor;  // written when the set is newer; its folder must exist
};

struct Trust {
    PinnedRoot root;
    KeySet keys;
    base::Status floor_kept;  // FileUnwritable: an older set could come back after a restart
};

// RealmMismatch, SuiteMismatch, KeySetOutdated and whatever KeySet::verify says; a missing file is
// the fault of reading it.
base::Result<PinnedRoot> read_root(const std::string& path, domain::Realm realm);
base::Result<Trust> read_trust(const TrustFiles& files, domain::Realm realm, SuiteId suite);

}  // namespace offline::sealing
