// The real document printer over the real libcups, before the emulated printer. Sheets come out
// when the test lets its time go on, or at once where a page takes none.
#pragma once

#include "../queue/printer_bench.hpp"
#include "drivers/printer/emulated/emulated_ipp_printer.hpp"

#include <functional>
#include <thread>

namespace drivers::printer::testing {

class EmulatedBench {
  public:
    base::ManualClock time{base::Instant{}};  // of the machine
    base::Millis page_time;
    std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) / ("emulated" + std::to_string(::getpid()));
    std::unique_ptr<EmulatedIppPrinter> machine;
    PrinterBench real;

    explicit EmulatedBench(base::Millis page = base::Millis{0}) : page_time(page) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder / "printed");
        auto started = EmulatedIppPrinter::start({socket(), printed().string(), page_time}, time);
        EXPECT_TRUE(started) << started.error().safe_detail;
        machine = std::move(*started);
    }
    ~EmulatedBench() {
        real.printer.reset();
        machine.reset();
        std::filesystem::remove_all(folder);
    }
    std::string socket() const { return (folder / "printer.sock").string(); }
    std::filesystem::path printed() const { return folder / "printed"; }
    domain::PrintQueueAddress address() const {
        domain::PrintQueueAddress there;
        there.host = socket();
        there.resource = "/ipp/print";
        return there;
    }
    void start() { real.start(address()); }
    void by_hand(const std::function<void(PaperMachine&)>& act) const { machine->handle(act); }
    // Does that at a moment when a sheet is under way.
    void under_way(const std::function<void(PaperMachine&)>& act = [](auto&) {}) const {
        for (bool begun = false; !begun; std::this_thread::yield())
            machine->handle([&](PaperMachine& paper) {
                begun = paper.next_step().has_value();
                if (begun) act(paper);
            });
    }
    void page_time_passes() { time.forward(page_time); }

    static base::Bytes paper(int pages) {
        std::string text = "%PDF-1.7\n<< /Type /Pages >>\n";
        for (int page = 0; page < pages; ++page) text += "<< /Type /Page\n>>\n";
        return base::to_bytes(text + std::string(70000, '.') + "%%EOF\n");
    }
    void send(int number = 1, int pages = 3) {
        real.printer->print({1, static_cast<std::uint64_t>(number)},
                            {"receipt", pages, base::Secret(paper(pages))});
    }
    bool kept() const { return std::filesystem::exists(printed() / "receipt.pdf"); }
};

}  // namespace drivers::printer::testing
