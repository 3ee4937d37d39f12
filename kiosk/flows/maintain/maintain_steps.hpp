// What the technician's transitions share with each other and with the codes that are scanned.
#pragma once

#include "session/machine.hpp"

#include <optional>

namespace session {

// The page waits for the centre's answer before the camera or the scanner.
bool awaits_centre_answer(const State& state);
void take_centre_answer(const CodeSeen& seen, Machine& machine);
void stop_awaiting_centre_answer(State& state);

// The act's word in the record: resume, restart, shut_down, tray_filled, roll_changed.
const char* act_of(flows::MaintenanceQuestion question);
// To the supplies, which are read anew; `noting`: what was brought is written down first.
void open_supplies(const flows::Below& below, const domain::Technician& who,
                   std::optional<flows::MaintenanceQuestion> noting, Machine& machine);

// From the overview to a page on which something is done; refused without the right to it.
bool begin_an_act(const flows::TechnicianOverview& here, const Event& event, Machine& machine);

}  // namespace session
