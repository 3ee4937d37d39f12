#include "drivers/emulation/benches/paper_bench.hpp"

#include "drivers/printer/cups/cups_queue.hpp"
#include "drivers/printer/emulated/emulated_ipp_printer.hpp"
#include "drivers/printer/queue/queue_document_printer.hpp"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace drivers::emulation {

namespace {

using printer::PaperMachine;

// Looked at more often than a printer in service, for nobody wants to wait in front of a panel.
constexpr base::Millis beat{100};
constexpr base::Millis rest{200};

base::Result<std::string> folder_of_its_own() {
    std::error_code problem;
    auto name = (std::filesystem::temp_directory_path(problem) / "printer-XXXXXX").string();
    if (problem || ::mkdtemp(name.data()) == nullptr)
        return base::fail(base::FaultCode::FileUnwritable, "temporary folder");
    return name;
}

std::string socket_in(const std::string& folder) {
    return folder + "/printer.sock";
}

}  // namespace

PaperBench::PaperBench(PaperBenchOptions options, const base::Clock& clock)
    : options_(std::move(options)), clock_(clock) {}

PaperBench::PaperBench(PaperBench&& other) noexcept
    : options_(std::move(other.options_)),
      own_folder_(std::exchange(other.own_folder_, {})),
      clock_(other.clock_),
      machine_(std::move(other.machine_)) {}

PaperBench::~PaperBench() {
    machine_.reset();
    std::error_code ignored;
    if (!own_folder_.empty()) std::filesystem::remove_all(own_folder_, ignored);
}

base::Result<PaperBench> PaperBench::create(PaperBenchOptions options, const base::Clock& clock) {
    PaperBench bench(std::move(options), clock);
    auto& folder = bench.options_.state_folder;
    if (folder.empty()) folder = bench.own_folder_ = TRY(folder_of_its_own());
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    bench.machine_ = TRY(printer::EmulatedIppPrinter::start(
        {socket_in(folder), bench.options_.output_folder, bench.options_.page_time}, clock));
    return bench;
}

std::unique_ptr<DocumentPrinter> PaperBench::make_printer(DeviceSink sink) const {
    const auto& folder = options_.state_folder;
    domain::PrintQueueAddress address;
    address.host = socket_in(folder);  // libcups takes a path for a host
    address.resource = "/ipp/print";
    printer::QueuePrinterOptions options;
    options.beat = beat;
    options.rest = rest;
    return std::make_unique<printer::QueueDocumentPrinter>(
        printer::make_cups_queue(std::move(address)),
        printer::Ledger::open(folder + "/printer/documents.ledger", clock_), options, clock_,
        std::move(sink));
}

Verbs PaperBench::verbs() const {
    const auto by_hand = [machine = machine_](const char* usage, const char* done,
                                              std::function<void(PaperMachine&)> act) {
        return simple(usage, done, [machine, act = std::move(act)] { machine->handle(act); });
    };
    return {
        by_hand("printer paper out", "paper out", [](auto& paper) { paper.set_paper(false); }),
        by_hand("printer paper in", "paper in", [](auto& paper) { paper.set_paper(true); }),
        {"printer paper ends SHEETS",
         [machine = machine_](const Words& words) -> Answer {
             int sheets = 0;
             const auto& word = words[3];
             const auto [end, error] =
                 std::from_chars(word.data(), word.data() + word.size(), sheets);
             if (error != std::errc{} || end != word.data() + word.size() || sheets < 0)
                 return base::fail(base::FaultCode::EmulationCommandWrong, "a number is wanted");
             machine->handle([sheets](auto& paper) { paper.end_paper_after(sheets); });
             return "paper ends after sheets: " + word;
         }},
        by_hand("printer jam", "printer jammed", [](auto& paper) { paper.set_jammed(true); }),
        by_hand("printer clear", "printer cleared", [](auto& paper) { paper.set_jammed(false); }),
        by_hand("printer cover open", "printer cover open",
                [](auto& paper) { paper.set_cover_open(true); }),
        by_hand("printer cover close", "printer cover closed",
                [](auto& paper) { paper.set_cover_open(false); }),
        by_hand("printer low", "paper or toner runs low", [](auto& paper) { paper.set_low(true); }),
        by_hand("printer full", "paper and toner are full",
                [](auto& paper) { paper.set_low(false); }),
        by_hand("printer lose", "next print ends unknown",
                [](auto& paper) { paper.lose_next_outcome(); }),
        simple("printer unplug", "printer unplugged", [machine = machine_] { machine->unplug(); }),
        simple("printer plug", "printer plugged in", [machine = machine_] { machine->plug(); }),
        by_hand("printer tray seen", "the printer tells whether paper lies in its tray",
                [](auto& paper) { paper.set_tray_sensor(true); }),
        by_hand("printer tray unseen", "the printer cannot tell whether paper was taken",
                [](auto& paper) { paper.set_tray_sensor(false); }),
        by_hand("printer take", "paper taken", [](auto& paper) { paper.take_paper(); }),
    };
}

}  // namespace drivers::emulation
