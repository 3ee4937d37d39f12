// Opens the case store that the configuration names.
#pragma once

#include "offline/intake/store/case_store.hpp"

#include <memory>
#include <string>

namespace offline::intake {

struct IntakeStore {
    using Opened = base::Result<std::unique_ptr<CaseStore>>;
    // The embedded one. A second server on the same folder is refused (PostRefused); a reader and
    // an operator's command beside it are not.
    static Opened open(const std::string& folder);
    static Opened open_to_read(const std::string& folder);
    static Opened open_beside(const std::string& folder);
    // postgresql://…: any number of nodes on one database, any number of threads in each.
    static Opened connect(const std::string& url);
    static bool is_database(const std::string& url);
};

}  // namespace offline::intake
