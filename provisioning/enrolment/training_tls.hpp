// The training world's X.509: an authority in root/, the centre's certificate in intake/, the
// terminal's in post/, and the authority's public file beside both. What is there stays. Used by
// make_training_keys(); faults as there.
#pragma once

#include "provisioning/enrolment/training_keys.hpp"

namespace provisioning::enrolment {

base::Status make_training_tls(const TrainingState& state, const Progress& progress);

}  // namespace provisioning::enrolment
