// intake publish: what an operator gives out to terminals, from files. In the operator's own
// process; a server that runs sees it in the folder.
#pragma once

#include "base/result.hpp"
#include "provisioning/config/config.hpp"

#include <cstdint>
#include <string>

namespace offline::intake {

std::string feeds_folder(const provisioning::config::Config& config);

struct Publishing {
    std::string feed;                // pack, key_set, revocation, configuration
    std::string file;                // of a pack: the folder with pack.json and pack.sig
    std::string key;                 // the feed key's file; not for a key set
    std::int64_t good_for_days = 0;  // 0: for good
};

// The version that is out now. FeedWrong and what its content's own reader says: nothing was given
// out.
base::Result<std::int64_t> publish_from_files(const provisioning::config::Config& config,
                                              const std::string& config_path,
                                              const Publishing& arguments);

}  // namespace offline::intake
