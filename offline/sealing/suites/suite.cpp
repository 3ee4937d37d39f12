#include "offline/sealing/suites/suite.hpp"

#include "offline/sealing/suites/suite_national.hpp"
#include "offline/sealing/suites/suite_one.hpp"

namespace offline::sealing {

const Suite& suite(SuiteId id) {
    return id == SuiteId::one ? suite_one() : suite_national();
}

}  // namespace offline::sealing
