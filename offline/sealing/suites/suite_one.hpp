// Suite I on libsodium.
#pragma once

#include "offline/sealing/suites/suite.hpp"

namespace offline::sealing {

const Suite& suite_one();

}  // namespace offline::sealing
