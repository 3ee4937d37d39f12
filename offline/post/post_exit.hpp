// How kiosk-post ends, and the words with which it says why. Of the program alone.
#pragma once

#include "base/fault.hpp"

namespace offline::post {

// A technician's program: 0 stopped in order, 1 cannot run, 2 configuration, 3 outbox damaged, 4
// something on the stick was refused, 5 not enrolled, 6 the code was refused (wrong, used, expired,
// locked, another terminal's, a terminal in service), 7 what the centre said is not believed, 8 the
// centre cannot be reached, 9 this terminal was revoked.
enum Exit {
    in_order = 0,
    cannot_run = 1,
    configuration = 2,
    outbox_damaged = 3,
    stick_refused = 4,
    not_enrolled = 5,
    code_refused = 6,
    not_believed = 7,
    unreachable = 8,
    revoked = 9
};

// Say the fault on the standard error; the exit that it means.
int refused(const base::Fault& fault);
int refused_enrolment(const base::Fault& fault);

}  // namespace offline::post
