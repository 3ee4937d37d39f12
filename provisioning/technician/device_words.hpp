// Devices in a technician's words (Chinese, as all that technicians read). Pure.
#pragma once

#include "domain/device_health.hpp"
#include "domain/scanned_code.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace provisioning::technician {

struct Device {
    domain::DeviceKind kind{};
    std::string where;    // path or ids; empty where there is nothing to say
    std::string module;   // its own number or version, where it tells one
    std::string model{};  // as it names itself, where it does
};

std::string_view word(domain::DeviceKind kind);  // 读卡器
std::string_view word(base::Mender mender);      // 维护人员
std::string_view word(domain::CodePurpose purpose);

// What another program that holds the device looks like from here.
bool is_held_by_others(const base::Fault& fault);
// Neither there nor missed: this terminal has none.
bool is_not_installed(const domain::DeviceHealth& health);
// 正常, 纸少; 不可用：找不到读卡器…
std::string in_one_line(const domain::DeviceHealth& health);
// The device with all that is known of it, several lines.
std::vector<std::string> in_full(const Device& device, const domain::DeviceHealth& health);

}  // namespace provisioning::technician
