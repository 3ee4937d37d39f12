#include "drivers/supervision/recovery.hpp"

#include "base/random.hpp"

#include <bit>
#include <string>

namespace drivers::supervision {

Recovery::Recovery(const base::Clock& clock, base::Millis look_every)
    : clock_(clock),
      reconnection_(std::bit_cast<std::uint32_t>(base::random_bytes<4>()), look_every) {}

base::Millis Recovery::pause() const {
    return untried_ ? base::Millis{0} : reconnection_.pause(clock_.steady());
}

bool Recovery::is_due() {
    const auto now = clock_.steady();
    if (untried_.exchange(false)) reconnection_.arrived(now);
    return reconnection_.pause(now).count() == 0;
}

base::Fault Recovery::absent(base::Fault fault) {
    reconnection_.absent(clock_.steady());
    return fault;
}

base::Fault Recovery::failed(base::Fault fault) {
    reconnection_.failed(clock_.steady());
    if (!has_given_up()) return fault;
    return {base::FaultCode::DeviceKeepsFailing, std::string(base::name(fault.code))};
}

}  // namespace drivers::supervision
