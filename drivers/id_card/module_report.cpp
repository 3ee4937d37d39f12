#include "drivers/id_card/module_report.hpp"

#include "drivers/id_card/card_link.hpp"

#include <utility>

namespace drivers::id_card {

base::Result<ModuleReport> ask_module(std::unique_ptr<ReaderWire> wire, std::stop_token stop) {
    CardLink link(std::move(wire));
    TRY_STATUS(link.open(stop));
    return ModuleReport{link.where(), link.module()};
}

}  // namespace drivers::id_card
