// What a technician does with sticks: kiosk-post register-stick, export, import, sticks. Speaks
// Chinese on `say`; faults come back. Works while kiosk-post runs and while it does not. On the
// caller's thread; a second command at the same time is refused (PostRefused).
#pragma once

#include "offline/courier/terminal/export.hpp"
#include "offline/courier/terminal/import.hpp"

#include <functional>
#include <string>

namespace offline::courier {

struct CommandSettings {
    std::string courier_folder;  // sticks, marks and the copy of what comes from a stick
    std::string outbox_folder;
    std::int64_t quota_bytes = 0;
    std::string feeds_folder;  // a newer key set from the centre is put there, as by a feed
};

enum class Command { register_stick, export_bundle, import_returns, list };

using Say = std::function<void(const std::string&)>;

// What a technician must hear and a program may tell by its exit.
struct CommandResult {
    bool all_well = true;  // false: something on the stick was refused, the rest was done
};

base::Result<CommandResult> run_command(Command command, const std::string& stick_folder,
                                        const CommandSettings& settings,
                                        const outbox::Terminal& terminal,
                                        const sealing::PinnedRoot& root,
                                        const sealing::KeySet& keys, const base::Clock& clock,
                                        base::EventLog& log, const Say& say);

}  // namespace offline::courier
