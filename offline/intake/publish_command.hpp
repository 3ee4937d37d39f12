// intake publish: what an operator gives out to terminals, from files. In the operator's own
// process; a server that runs sees it in the folder.
#pragma once

#include "base/result.hpp"
#include "domain/identifiers.hpp"
#include "offline/intake/feed_publishing.hpp"

#include <cstdint>
#include <string>

namespace offline::intake {

struct Publishing {
    std::string feed;                // pack, key_set, revocation, configuration, release
    std::string file;                // of a pack: the folder with pack.json and pack.sig
    std::string key;                 // the feed key's file; not for a key set
    std::int64_t good_for_days = 0;  // 0: for good
    // Of the intake's own configuration.
    std::string folder;  // the intake's
    std::string root_key, key_set;
    domain::Realm realm{};
    // Would a terminal take these lines over its configuration?
    feeds::ConfigurationCheck check_configuration;
};

// The version that is out now. FeedWrong and what its content's own reader says: nothing was given
// out.
base::Result<std::int64_t> publish_from_files(const Publishing& what);

}  // namespace offline::intake
