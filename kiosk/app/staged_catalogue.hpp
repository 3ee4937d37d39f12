// Packs and keys that kiosk-post has staged since: the terminal verifies and lints them itself, on
// a thread of its own, and hands what holds to the main thread, which puts the keys in force at
// once and the pack when nobody is using the terminal. What does not hold is said once and changes
// nothing.
#pragma once

#include "app/inbox.hpp"
#include "provisioning/config/config.hpp"

#include <set>
#include <string>
#include <thread>
#include <vector>

namespace app {

// What is in use, to look for newer.
struct InUse {
    std::int64_t key_set = 0, pack = 0;  // versions; 0: none
};

// Looks once, on the caller's thread. Empty when there is nothing newer. The pack's version floor
// is written when there is a new pack. `seen`: names of files that were looked at before.
CatalogueStaged look_for_staged(const provisioning::config::Config& config, const InUse& in_use,
                                std::set<std::string>& seen);

class CatalogueWatch {
  public:
    // Until destroyed; puts CatalogueStaged into the inbox.
    CatalogueWatch(provisioning::config::Config config, InUse in_use, Inbox& inbox);

  private:
    void work(const std::stop_token& stop);

    provisioning::config::Config config_;
    InUse in_use_;
    Inbox& inbox_;
    std::set<std::string> seen_;
    base::BoundedQueue<int> nothing_{1};  // nobody puts: waiting that a stop ends
    std::jthread thread_;
};

}  // namespace app
