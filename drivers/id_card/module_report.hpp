// What the module of a reader says of itself, for technicians: one question, asked while no driver
// holds the reader. Faults: those of CardLink::open; another program that holds it is
// CardReaderAbsent with the detail "busy".
#pragma once

#include "drivers/id_card/wires/reader_wire.hpp"

#include <memory>
#include <stop_token>
#include <string>

namespace drivers::id_card {

struct ModuleReport {
    std::string where;   // USB 0400:C35A, /dev/ttyUSB0
    std::string module;  // 05.01-20161025-0123456789-0000000042
};

base::Result<ModuleReport> ask_module(std::unique_ptr<ReaderWire> wire, std::stop_token stop);

}  // namespace drivers::id_card
