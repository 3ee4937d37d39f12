// Takes a release from a stick: the list that a feed would bring and its packages, for terminals
// without a line. Verified like everything from a stick before anything counts, and once more by
// kiosk-update, which alone installs. The list comes last: one that was refused was never there.
#pragma once

#include "base/event_log.hpp"
#include "offline/courier/medium.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <optional>
#include <string>

namespace offline::courier {

struct ReleaseFromStick {
    std::int64_t release = 0;
    bool for_us = true;
    int packages = 0;  // that came now
    int missing = 0;   // that are neither here nor on the stick
    friend bool operator==(const ReleaseFromStick&, const ReleaseFromStick&) = default;
};

// Nothing: the stick carries no release. ReleaseWrong, ReleaseOutdated (an older one than is here),
// FeedWrong: the list or a package does not hold, and no list was taken; DiskFull; those of the
// medium.
base::Result<std::optional<ReleaseFromStick>> import_release(Medium& medium,
                                                             const std::string& feeds_folder,
                                                             const sealing::KeySet& keys,
                                                             const std::string& terminal,
                                                             store::Disk& disk);

}  // namespace offline::courier
