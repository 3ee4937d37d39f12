// The commissioning record of a set-up that was made on the screen, where nobody types a command.
// The app has no right to a signature: it wishes for a record (Records::wish_for_record), its unit
// looks at the terminal before the app has the devices and lays the paper out, and the account of
// the post office, as soon as that runs, has it signed. Files of the state folder's set_up/:
// record_wanted, record_unsigned.json, and in the end record.json and record.pdf. Blocking; each
// step one program on one thread, and after a power cut the same step again.
#pragma once

#include "base/clock.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/diagnostics/findings.hpp"
#include "provisioning/set_up/records.hpp"
#include "provisioning/technician/file_tools.hpp"

#include <string>

namespace provisioning::set_up {

// The kind of record that is due, and who set the terminal up; none: no record is wished for, or
// the set-up is not finished.
struct DueRecord {
    offline::papers::ServiceKind kind{};
    std::string technician;
};
base::Result<std::optional<DueRecord>> due_record(const Records& records);

// What was found waits for its signature; the wish is fulfilled. FileUnwritable, DiskFull.
base::Status lay_out(const Records& records, const diagnostics::Findings& findings);

// Has what waits signed over `post_line`, writes it for people and programs, and marks the set-up
// as recorded. An exit code of technician/file_tools.hpp: went_well, also when nothing waits;
// could_not when the post does not answer or a file is not what it should be: then it waits on.
int sign_what_waits(const config::Config& config, const std::string& post_line,
                    const base::Clock& clock, const technician::Say& say,
                    const technician::Say& complain);

}  // namespace provisioning::set_up
