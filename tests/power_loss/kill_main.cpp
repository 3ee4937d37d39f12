// Runs the kill tests.
#include "tests/power_loss/rounds.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace power_loss {
namespace {
Rounds the_rounds;
}
const Rounds& rounds() {
    return the_rounds;
}
}  // namespace power_loss

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    if (const char* kills = std::getenv("CW_KILLS"))
        power_loss::the_rounds.kills = std::stoi(kills);
    if (const char* seed = std::getenv("CW_SEED")) power_loss::the_rounds.seed = std::stoull(seed);
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::string(argv[i]) == "--rounds")
            power_loss::the_rounds.rounds = std::stoi(argv[i + 1]);
        if (std::string(argv[i]) == "--kills")
            power_loss::the_rounds.kills = std::stoi(argv[i + 1]);
        if (std::string(argv[i]) == "--seed")
            power_loss::the_rounds.seed = std::stoull(argv[i + 1]);
    }
    return RUN_ALL_TESTS();
}
