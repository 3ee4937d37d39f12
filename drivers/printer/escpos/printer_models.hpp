// The one table of receipt printers on USB: ids, names, how a finished slip is proved. The driver
// matches vendor and product together against it and then wants the printer class (or, of a
// vendor's own class, a bulk pair); provisioning/udev/60-citizen-window-receipt-printers.rules and
// the table in README.md of this folder are compared with it by a test. Pure. Every id was seen in
// two or more independent public projects; none was tried on hardware.
#pragma once

#include "domain/usb_id.hpp"
#include "drivers/usb/usb_transport.hpp"

#include <array>
#include <optional>
#include <vector>

namespace drivers::printer::escpos {

enum class Proof {
    process_id,  // it can say that a slip has been printed; where it does not, as below
    in_order,    // only that everything before a question was processed
    none,        // says nothing: known, and not to be served
};

struct PrinterModel {
    usb::DeviceId id;
    const char* name;
    Proof proof;
    const char* notes;
};

inline constexpr std::array<PrinterModel, 12> printer_models{{
    {{0x04B8, 0x0202},
     "Epson TM-T88 and others",
     Proof::process_id,
     "vendor class; old ones prove in order"},
    {{0x04B8, 0x0E03}, "Epson TM-T20", Proof::process_id, ""},
    {{0x04B8, 0x0E15}, "Epson TM-T20II", Proof::process_id, ""},
    {{0x1504, 0x0006}, "Bixolon SRP-350", Proof::in_order, ""},
    {{0x0416, 0x5011}, "POS-5890 and clones", Proof::in_order, "58 mm; 0416 is a chip vendor"},
    {{0x0FE6, 0x811E}, "Xprinter and clones", Proof::in_order, "80 mm; 0FE6 is a chip vendor"},
    {{0x28E9, 0x0289}, "clones on GD32", Proof::in_order, "58 mm; 28E9 is a chip vendor"},
    {{0x0483, 0x5743}, "clones on STM32", Proof::in_order, "80 mm; 0483 is a chip vendor"},
    {{0x1FC9, 0x2016}, "clones on LPC", Proof::in_order, "1FC9 is a chip vendor"},
    {{0x6868, 0x0200}, "Zijiang and clones", Proof::in_order, "6868 is not registered"},
    {{0x0519, 0x0001}, "Star TSP", Proof::none, "one-way, speaks its own commands"},
    {{0x2730, 0x2008}, "Citizen", Proof::none, "one-way"},
}};

// None for a device that is not in the table.
constexpr const PrinterModel* model_of(usb::DeviceId id) {
    for (const auto& model : printer_models)
        if (model.id == id) return &model;
    return nullptr;
}

// The ids the driver looks for: those of the table, or the one that the configuration names.
inline std::vector<usb::DeviceId> served_printers(std::optional<domain::UsbId> named = {}) {
    if (named) return {{named->vendor, named->product}};
    std::vector<usb::DeviceId> ids;
    for (const auto& model : printer_models)
        if (model.proof != Proof::none) ids.push_back(model.id);
    return ids;
}

}  // namespace drivers::printer::escpos
