// The end of an update as a service record: the post signs it with the terminal's key, keeps it and
// brings it to the centre (offline/post/service_line). PostUnreachable: no post runs.
#pragma once

#include "offline/papers/service_record.hpp"
#include "provisioning/updates/updater.hpp"

namespace provisioning::updates {

offline::papers::ServiceContent record_of(const Journal& journal);
base::Status tell_centre(const std::string& outbox_folder, const Journal& journal);

// What stands in the journal, as a technician reads it; one line each.
std::vector<std::string> journal_text(const Journal& journal);

}  // namespace provisioning::updates
