// The emulated receipt printer, which a terminal gets only when it is attached. Verbs: slip ….
#pragma once

#include "base/clock.hpp"
#include "drivers/device_set.hpp"
#include "drivers/emulation/command_line.hpp"
#include "drivers/printer/escpos/emulated/emulated_receipt_printer.hpp"

#include <memory>
#include <string>

namespace drivers::emulation {

class SlipBench {
  public:
    // Slips go into `output_folder` as slip_1.pbm, …; empty = they are not kept. So the ledger.
    // `clock` must outlive the printer.
    SlipBench(std::string output_folder, std::string ledger_file, const base::Clock& clock);
    SlipBench(const SlipBench&) = delete;
    SlipBench& operator=(const SlipBench&) = delete;

    // The real driver before the emulated printer; until it is attached it says nothing and is
    // nobody's fault, as on a terminal without one.
    std::unique_ptr<DocumentPrinter> make_printer(DeviceSink sink);
    void attach();
    Verbs verbs();

  private:
    struct Socket;
    const std::string ledger_file_;
    const base::Clock& clock_;
    std::shared_ptr<printer::escpos::EmulatedReceiptPrinter> machine_;
    std::shared_ptr<Socket> socket_;
};

}  // namespace drivers::emulation
