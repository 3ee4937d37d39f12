#include "drivers/headphones/evdev_jack.hpp"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <system_error>

namespace drivers::headphones {

namespace {

using Switches = std::array<unsigned char, SW_MAX / 8 + 1>;

bool holds(const Switches& switches, unsigned bit) {
    return (switches[bit / 8] >> (bit % 8) & 1) != 0;
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

base::Result<OpenJack> EvdevJack::open() {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        if (!entry.path().filename().string().starts_with("event")) continue;
        Descriptor device(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
        if (device.number() < 0) continue;
        Switches able{}, now{};
        if (::ioctl(device.number(), EVIOCGBIT(EV_SW, able.size()), able.data()) < 0) continue;
        if (!holds(able, SW_HEADPHONE_INSERT)) continue;
        if (::ioctl(device.number(), EVIOCGSW(now.size()), now.data()) < 0) continue;
        return OpenJack{std::move(device), holds(now, SW_HEADPHONE_INSERT)};
    }
    return base::fail(base::FaultCode::HeadphoneJackAbsent, folder_);
}

}  // namespace drivers::headphones
