// Runs the simulator and says what was seen. CW_SIMULATE and CW_SEED, which tests/run
// --simulate SEEDS --seed S sets.
#include "tests/simulator/runs.hpp"

#include <gtest/gtest.h>

#include <cstdio>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const int code = RUN_ALL_TESTS();
    for (const auto& line : simulator::report()) std::printf("%s\n", line.c_str());
    return code;
}
