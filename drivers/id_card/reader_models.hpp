// The one table of card readers on USB: ids, names, how each is spoken to. The driver matches
// vendor and product together against it; provisioning/udev/60-citizen-window-card-readers.rules
// and the table in README.md of this folder are compared with it by a test. Pure. Sources: two or
// more independent public ones for 0400:C35A, one for each of the others; none was tried on
// hardware.
#pragma once

#include "domain/usb_id.hpp"
#include "drivers/usb/usb_transport.hpp"

#include <array>
#include <optional>
#include <vector>

namespace drivers::id_card {

enum class Speaks {
    by_descriptors,  // four pipes, a bulk pair or reports: whatever the descriptors show
    hid_reports,     // 64-byte reports whatever the descriptors show
    never,           // known, and not to be served
};

struct ReaderModel {
    usb::DeviceId id;
    const char* name;
    Speaks speaks;
    const char* notes;
    // Has to pass after a command that reads a card (30 xx) before its reply is looked for.
    base::Millis pause{};
};

inline constexpr std::array<ReaderModel, 6> reader_models{{
    {{0x0400, 0xC35A},
     "security module with the standard interface",
     Speaks::by_descriptors,
     "most brands; 0400 alone belongs to others, too"},
    {{0x2B8B, 0x2721},
     "YinanSoft",
     Speaks::hid_reports,
     "writes padded with zeros; 100 ms before a reply to 30 xx",
     base::Millis{100}},
    {{0x10C4, 0x8A1B}, "Senter", Speaks::by_descriptors, "10C4 alone belongs to serial bridges"},
    {{0x2015, 0x0008}, "Senrui", Speaks::by_descriptors, ""},
    {{0x9573, 0x4836}, "Yishu", Speaks::by_descriptors, ""},
    {{0xC216, 0x0102},
     "decodes in its vendor's cloud",
     Speaks::never,
     "sends cards' data to third parties (Q9)"},
}};

// None for a device that is not in the table.
constexpr const ReaderModel* model_of(usb::DeviceId id) {
    for (const auto& model : reader_models)
        if (model.id == id) return &model;
    return nullptr;
}

// The ids the driver looks for: those of the table, or the one that the configuration names; none
// where that is one that is never served.
inline std::vector<usb::DeviceId> served_readers(std::optional<domain::UsbId> named = {}) {
    std::vector<usb::DeviceId> ids;
    if (named) {
        ids.push_back({named->vendor, named->product});
        const auto* known = model_of(ids.front());
        if (known != nullptr && known->speaks == Speaks::never) ids.clear();
        return ids;
    }
    for (const auto& model : reader_models)
        if (model.speaks != Speaks::never) ids.push_back(model.id);
    return ids;
}

}  // namespace drivers::id_card
