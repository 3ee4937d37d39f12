// kiosk-technician set-up: the twelve decisions from a file, step by step, as often as it takes:
// what was decided before with the same answer is not done again. One thread.
#pragma once

#include "provisioning/set_up/answers_file.hpp"
#include "provisioning/set_up/carry_out.hpp"
#include "provisioning/set_up/records.hpp"
#include "provisioning/technician/file_tools.hpp"

#include <string>

namespace provisioning::set_up {

struct Script {
    std::string config;   // the file of the package
    std::string answers;  // the text of the answers
    std::string by;       // a technician's label; empty: script
    bool again = false;   // also what was decided with the same answer
};

// The configuration of the package alone, for whoever has to mend what the set-up decided.
config::ReadConfig read_package(const std::string& config_path);

// Exit codes of technician/file_tools.hpp: went_well when everything is decided; went_wrong when a
// decision could not be carried out, which stays open; could_not when answers or files are wrong,
// and nothing was changed. `recorded_before`: a commissioning record holds an earlier set-up.
int run_script(const Script& script, const Surroundings& here, bool& recorded_before,
               const technician::Say& say, const technician::Say& complain);
// Where it stands: went_well when finished, went_wrong when not.
int show(const std::string& config_path, const base::Clock& clock, const technician::Say& say,
         const technician::Say& complain);
// The decisions with their keys, in both languages.
void list(const technician::Say& say);
// Writes the settings again from what was decided, when their file was lost or torn.
int restore(const std::string& config_path, const technician::Say& say,
            const technician::Say& complain);
// The commissioning record holds it now.
base::Status mark_recorded(const Records& records, const base::Clock& clock);
base::Status mark_recorded(const std::string& config_path, const base::Clock& clock);

}  // namespace provisioning::set_up
