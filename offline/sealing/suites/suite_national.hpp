// Suite N on OpenSSL 3: SM2 (GB/T 32918), SM3 (GB/T 32905), SM4 (GB/T 32907). OpenSSL works in a
// library context of its own with its default provider, so no configuration file of the machine
// puts other algorithms in their place. None of its error details leave this folder.
#pragma once

#include "offline/sealing/suites/suite.hpp"

namespace offline::sealing {

const Suite& suite_national();

}  // namespace offline::sealing
