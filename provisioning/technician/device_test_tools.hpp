// What the tests of single devices share.
#pragma once

#include "provisioning/technician/device_commands.hpp"

namespace provisioning::technician {

inline constexpr domain::Ticket test_ticket{1, 1};

// Says how the device is; a test of one that does not work ends with that.
bool works(const Bench& bench, DevicesAtWork& work, domain::DeviceKind kind);
std::string reason(const base::Fault& fault);
// Indented below what was said of the device; whether it is well.
bool say_findings(const Finding& finding, const Say& say);

// Paper: device_tests_paper.cpp.
bool test_printer(Bench& bench, DevicesAtWork& work);
bool test_receipt_printer(Bench& bench, DevicesAtWork& work);
bool test_document_camera(Bench& bench, DevicesAtWork& work);
// What a person has to hear or to touch: device_tests_person.cpp.
bool test_speaker(Bench& bench, DevicesAtWork& work);
bool test_panel(Bench& bench, DevicesAtWork& work);
// Doors, keys, presence, mains, lamps: device_tests_cabinet.cpp.
bool test_cabinet(Bench& bench, DevicesAtWork& work);

}  // namespace provisioning::technician
