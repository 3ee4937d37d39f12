// Promises that hold for both suites are tested over both.
#pragma once

#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

namespace offline_test {

class EverySuite : public testing::TestWithParam<sealing::SuiteId> {
  protected:
    World world{GetParam()}, other{GetParam()};
    const sealing::Suite& suite = sealing::suite(GetParam());
};

inline const auto both_suites = testing::Values(sealing::SuiteId::one, sealing::SuiteId::national);
inline std::string suite_name(const testing::TestParamInfo<sealing::SuiteId>& info) {
    return std::string(domain::name(info.param));
}

}  // namespace offline_test
