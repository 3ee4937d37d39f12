// A question for a place: picked level by level from the pack's table, or written by hand under the
// nearest unit that is in it. Part of FillingForm while its focus is on such a field.
#pragma once

#include "flows/fill_form/fill_form_states.hpp"
#include "session/event.hpp"

namespace session {

class Machine;

// The list opens at the towns of the county the terminal stands in.
void open_places(flows::FillingForm& form, const Machine& machine);
// True when the event was one of picking or writing a place.
bool pick_place(const flows::FillingForm& here, const catalogue::Field& field, const Event& event,
                Machine& machine);
// The page again, after a place was picked or given up.
void back_to_page(flows::FillingForm form, Machine& machine);

}  // namespace session
