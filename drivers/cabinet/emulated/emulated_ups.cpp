#include "drivers/cabinet/emulated/emulated_ups.hpp"

#include <utility>

namespace drivers::cabinet {

std::string EmulatedUps::text_of(const std::string& status, int charge_percent, int runtime_s) {
    return "battery.charge: " + std::to_string(charge_percent) +
           "\nbattery.charge.low: 20\nbattery.runtime: " + std::to_string(runtime_s) +
           "\nbattery.type: PbAc\ndevice.type: ups\nups.status: " + status + "\n";
}

void EmulatedUps::set(std::string status, int charge_percent, int runtime_s) {
    say(text_of(status, charge_percent, runtime_s));
}

void EmulatedUps::say(std::string text) {
    std::lock_guard lock(mutex_);
    text_ = std::move(text);
}

void EmulatedUps::fall_silent(bool silent) {
    std::lock_guard lock(mutex_);
    silent_ = silent;
}

base::Result<std::string> EmulatedUps::ask() const {
    std::lock_guard lock(mutex_);
    if (silent_) return base::fail(base::FaultCode::UpsSilent, "away");
    return text_;
}

}  // namespace drivers::cabinet
