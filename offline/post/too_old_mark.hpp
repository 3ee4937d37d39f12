// The centre says that this terminal's programs are too old for it: a file in the state folder for
// as long as that lasts, for the technician's report. It holds since when, in ISO 8601. The
// office's thread. What the disk does not take is told by nothing: delivery says the same in the
// log.
#pragma once

#include "base/clock.hpp"
#include "offline/store/disk.hpp"

#include <optional>
#include <string>

namespace offline::post {

inline constexpr const char* too_old_file = "too_old";

class TooOldMark {
  public:
    TooOldMark(const std::string& state_folder, store::Disk& disk)
        : path_(state_folder + "/" + too_old_file), disk_(&disk) {}
    void follow(bool too_old, base::Instant now);

  private:
    std::string path_;
    store::Disk* disk_;
    std::optional<bool> said_;
};

}  // namespace offline::post
