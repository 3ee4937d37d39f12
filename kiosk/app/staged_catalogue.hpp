// Packs, keys and configurations that kiosk-post has staged since: the terminal verifies and lints
// them itself, on a thread of its own, and hands what holds to the main thread, which puts the keys
// in force at once, the pack and the configuration when nobody is using the terminal. What does not
// hold is said once and changes nothing.
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
    std::int64_t key_set = 0, pack = 0, configuration = 0;  // versions; 0: none
};

// A terminal in a village shows what is done in villages (就近办).
catalogue::Pack for_this_place(const provisioning::config::Config& config, catalogue::Pack pack);

// Looks once, on the caller's thread. Empty when there is nothing newer. The pack's version floor
// is written when there is a new pack; the configuration's by whoever lays it over the file
// (apply_overrides). `seen`: names of files that were looked at before. `config_path`: the file
// that a configuration is laid over; empty: none is looked for.
CatalogueStaged look_for_staged(const provisioning::config::Config& config, const InUse& in_use,
                                std::set<std::string>& seen, const std::string& config_path = {});

class CatalogueWatch {
  public:
    // Until destroyed; puts CatalogueStaged into the inbox.
    CatalogueWatch(provisioning::config::Config config, std::string config_path, InUse in_use,
                   Inbox& inbox);

  private:
    void work(const std::stop_token& stop);

    provisioning::config::Config config_;
    const std::string config_path_;
    InUse in_use_;
    Inbox& inbox_;
    std::set<std::string> seen_;
    base::BoundedQueue<int> nothing_{1};  // nobody puts: waiting that a stop ends
    std::jthread thread_;
};

}  // namespace app
