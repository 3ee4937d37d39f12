// What the register says of terminals that ended, made into the next version of the revocation
// feed, beside whatever was published before: nothing that was revoked comes back by it.
#pragma once

#include "offline/intake/site.hpp"

#include <cstdint>
#include <string>

namespace offline::intake {

// The version that is out now. KeyAbsent, FeedWrong and the like: nothing was given out.
base::Result<std::int64_t> publish_revocations(const Site& site, const std::string& feed_key,
                                               base::Instant now);

}  // namespace offline::intake
