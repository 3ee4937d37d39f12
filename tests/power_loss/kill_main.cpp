// Runs the kill tests, or is itself the intake that is killed:
// --as-intake FOLDER PORT [postgresql://…]
#include "tests/power_loss/rounds.hpp"
#include "tests/power_loss/training_world.hpp"

#include <gtest/gtest.h>

#include <csignal>
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
    if (argc >= 4 && std::string(argv[1]) == "--as-intake") {
        const base::SystemClock clock;
        const auto serving =
            power_loss::serve_intake(argv[2], std::stoi(argv[3]), clock, argc == 5 ? argv[4] : "");
        if (!serving) return 1;
        sigset_t none;
        sigemptyset(&none);
        sigsuspend(&none);  // until it is killed
        return 0;
    }
    testing::InitGoogleTest(&argc, argv);
    power_loss::the_rounds.own_program = argv[0];
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
