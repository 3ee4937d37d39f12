// What the province's records need of a stored case: opened with the intake's keys, so it is
// personal from here on. Faults: SealBroken, KeyUnknown, BytesMalformed.
#pragma once

#include "offline/intake/province/records.hpp"
#include "offline/intake/store/case_store.hpp"
#include "offline/sealing/opening.hpp"

namespace offline::intake::province {

base::Result<CaseFacts> facts_of(const StoredCase& stored, const sealing::IntakeKeys& keys);

}  // namespace offline::intake::province
