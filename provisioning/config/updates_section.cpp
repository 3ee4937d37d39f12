#include "provisioning/config/updates_section.hpp"

#include "base/messages.hpp"

namespace provisioning::config {

void read_updates(SectionReader section, const std::string& state_folder, Updates& out) {
    section.text("repository", out.repository, Presence::optional);
    // What comes is signed, so that http:// will do.
    if (!out.repository.empty() && !out.repository.starts_with("http://") &&
        !out.repository.starts_with("https://"))
        section.report("repository", out.repository,
                       in_chinese(base::MessageId::config_expects_address));
    section.path("repository_ca", out.repository_ca, Presence::optional);
    section.path("folder", out.folder, Presence::optional);
    if (out.folder.empty()) out.folder = state_folder + "/updates";
    section.finish();
}

}  // namespace provisioning::config
