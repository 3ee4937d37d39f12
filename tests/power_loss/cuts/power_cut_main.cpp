// Runs the power-cut tests and says what was seen. CW_POWER_CUTS and CW_SEED, which tests/run
// --power-cuts N --seed S sets.
#include "tests/power_loss/cuts/power_cuts.hpp"

#include <gtest/gtest.h>

#include <cstdio>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const int code = RUN_ALL_TESTS();
    for (const auto& line : power_loss::report()) std::printf("%s\n", line.c_str());
    return code;
}
