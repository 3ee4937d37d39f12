// The emulated document printer: the real driver and libcups before a printer that speaks IPP in
// this process. Verbs: printer ….
#pragma once

#include "base/clock.hpp"
#include "drivers/device_set.hpp"
#include "drivers/emulation/command_line.hpp"

#include <memory>
#include <string>

namespace drivers::printer {
class EmulatedIppPrinter;
}

namespace drivers::emulation {

struct PaperBenchOptions {
    // Holds the printer's socket and the ledger of sheets; empty = one of its own, gone with it.
    std::string state_folder{};
    std::string output_folder{};  // empty = what is printed is not kept
    base::Millis page_time{400};
};

class PaperBench {
  public:
    // FileUnwritable: no folder, or no socket in it. `clock` must outlive bench and printer, and
    // the bench the printer.
    static base::Result<PaperBench> create(PaperBenchOptions options, const base::Clock& clock);
    PaperBench(PaperBench&&) noexcept;
    PaperBench& operator=(PaperBench&&) = delete;
    ~PaperBench();

    std::unique_ptr<DocumentPrinter> make_printer(DeviceSink sink) const;
    Verbs verbs() const;

  private:
    PaperBench(PaperBenchOptions options, const base::Clock& clock);

    PaperBenchOptions options_;
    std::string own_folder_;
    const base::Clock& clock_;
    std::shared_ptr<printer::EmulatedIppPrinter> machine_;
};

}  // namespace drivers::emulation
