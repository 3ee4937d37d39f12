// An opened case as JSON, for the clerk's tools and for the demonstration. Personal: whoever prints
// it answers for it. Faults: SealBroken, KeyAbsent, BytesMalformed.
#pragma once

#include "offline/intake/intake_store.hpp"
#include "offline/sealing/opening.hpp"

#include <string>
#include <vector>

namespace offline::intake {

base::Result<std::string> case_as_json(const StoredCase& stored, const sealing::IntakeKeys& keys);
base::Result<std::string> cases_as_json(const std::vector<StoredCase>& cases,
                                        const sealing::IntakeKeys& keys);

}  // namespace offline::intake
