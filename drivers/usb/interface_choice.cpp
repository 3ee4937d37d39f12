#include "drivers/usb/usb_class_transport.hpp"

#include <algorithm>

namespace drivers::usb {

namespace {

constexpr std::uint8_t printer_class = 7, vendor_class = 0xFF;
constexpr std::uint8_t unidirectional = 1, bidirectional = 2;

bool has_bulk(const InterfaceSetting& setting, bool in) {
    return std::any_of(setting.endpoints.begin(), setting.endpoints.end(), [&](const auto& e) {
        return e.kind == TransferKind::bulk && e.is_in() == in;
    });
}

// How well a setting serves a printer; 0 = not at all. 1284.4 (protocol 3) wraps its bytes in
// packets of its own and is not spoken here.
int rank_for_printing(const InterfaceSetting& setting) {
    if (!has_bulk(setting, false)) return 0;
    const bool pair = has_bulk(setting, true);
    if (setting.device_class == printer_class) {
        if (setting.protocol == bidirectional && pair) return 4;
        if (setting.protocol == unidirectional) return 3;
        return 0;
    }
    return setting.device_class == vendor_class && pair ? 1 : 0;
}

}  // namespace

const InterfaceSetting* choose_setting(const std::vector<InterfaceSetting>& settings,
                                       Wanted wanted) {
    if (settings.empty()) return nullptr;
    if (wanted == Wanted::first_interface) return &settings.front();
    const auto best = std::max_element(settings.begin(), settings.end(),
                                       [](const InterfaceSetting& a, const InterfaceSetting& b) {
                                           return rank_for_printing(a) < rank_for_printing(b);
                                       });
    return rank_for_printing(*best) > 0 ? &*best : nullptr;
}

}  // namespace drivers::usb
