// What the set-up keeps in the state folder's set_up/: progress.toml, how far it has come, and
// settings.toml, which every program lays over its configuration (config/set_up_settings.hpp).
// Both are written whole or not at all after each decision, the settings first: a power cut leaves
// the decision open or taken, and asks it again at worst. Blocking; one thread of one program at a
// time, which the technician sees to.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/set_up/progress.hpp"

#include <optional>
#include <string>

namespace provisioning::set_up {

using domain::set_up::Progress;

std::string as_file(const Progress& progress);
// BytesMalformed: torn, or not of this program; KeyAbsent: another terminal's.
base::Result<Progress> progress_from(const std::string& text, const std::string& terminal);

struct Opened {
    Progress progress;
    // Where a file that could not be used was kept aside, and why; the set-up begins anew then.
    std::optional<std::string> aside{};
    std::optional<base::Fault> why{};
};

class Records {
  public:
    Records(std::string state_folder, std::string terminal)
        : folder_(std::move(state_folder) + "/set_up"), terminal_(std::move(terminal)) {}

    std::string progress_path() const { return folder_ + "/progress.toml"; }
    std::string settings_path() const { return folder_ + "/settings.toml"; }
    // Of the papers of screen_record.hpp.
    static constexpr const char* record_wanted = "record_wanted";
    static constexpr const char* record_unsigned = "record_unsigned.json";
    std::string record_path(const std::string& name) const { return folder_ + "/" + name; }

    // FileUnwritable: a file that cannot be used could not be put aside either; nothing was lost.
    base::Result<Opened> open(const base::Clock& clock) const;
    // Without moving anything: what is there, if it can be used.
    base::Result<Progress> look() const;
    // FileUnwritable, DiskFull: what was kept before is what is kept.
    base::Status keep(const Progress& progress) const;
    // The set-up was made on the screen: its record is written when the app starts next time.
    base::Status wish_for_record() const { return write_paper(record_wanted, ""); }
    // Whole or not at all; the terminal's group reads it.
    base::Status write_paper(const std::string& name, std::string_view bytes) const;

  private:
    std::string folder_, terminal_;
};

}  // namespace provisioning::set_up
