// Whatever upsc may print: no answer, or one whose numbers are within bounds.
#include "drivers/cabinet/ups/ups_answer.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace drivers::cabinet;
    const auto answer = read_ups_answer({reinterpret_cast<const char*>(data), size});
    if (!answer) return 0;
    if (answer->charge && (*answer->charge < 0 || *answer->charge > 100)) std::abort();
    if (answer->runtime_min && *answer->runtime_min < 0) std::abort();
    const auto power = power_of(*answer, {});
    if (power.level == domain::PowerLevel::low && !answer->on_battery) std::abort();
    return 0;
}
