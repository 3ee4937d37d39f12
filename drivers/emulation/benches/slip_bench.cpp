#include "drivers/emulation/benches/slip_bench.hpp"

#include "drivers/printer/escpos/usb_receipt_printer.hpp"

#include <charconv>
#include <mutex>
#include <utility>

namespace drivers::emulation {

// Where the printer is plugged in, or nothing yet: the set of devices is handed over once.
struct SlipBench::Socket {
    std::mutex mutex;
    std::function<std::unique_ptr<DocumentPrinter>()> make;
    std::unique_ptr<DocumentPrinter> printer;
};

namespace {

Answer with_number(const std::string& word, std::string done, const std::function<void(int)>& act) {
    int number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc{} || end != word.data() + word.size() || number < 0)
        return base::fail(base::FaultCode::EmulationCommandWrong, "a number is wanted");
    act(number);
    return std::move(done) + " " + word;
}

}  // namespace

SlipBench::SlipBench(std::string output_folder, std::string ledger_file, const base::Clock& clock)
    : ledger_file_(std::move(ledger_file)),
      clock_(clock),
      machine_(std::make_shared<printer::escpos::EmulatedReceiptPrinter>(
          printer::escpos::PrinterTraits{}, std::move(output_folder))),
      socket_(std::make_shared<Socket>()) {}

std::unique_ptr<DocumentPrinter> SlipBench::make_printer(DeviceSink sink) {
    class Attachable final : public DocumentPrinter {
      public:
        Attachable(std::shared_ptr<Socket> socket, DeviceSink to)
            : socket_(std::move(socket)), sink_(std::move(to)) {}
        ~Attachable() override {
            std::lock_guard lock(socket_->mutex);
            socket_->make = nullptr;  // what is attached later has nobody to serve
            socket_->printer.reset();
        }
        void print(domain::Ticket ticket, PrintJob job) override {
            std::lock_guard lock(socket_->mutex);
            if (socket_->printer) return socket_->printer->print(ticket, std::move(job));
            sink_(PrintFinished{ticket, base::fail(base::FaultCode::PrinterAbsent)});
        }
        void purge() override {
            std::lock_guard lock(socket_->mutex);
            if (socket_->printer) socket_->printer->purge();
        }
        void paper_changed(domain::Ticket ticket) override {
            std::lock_guard lock(socket_->mutex);
            if (socket_->printer) return socket_->printer->paper_changed(ticket);
            sink_(PaperChangeNoted{ticket, base::fail(base::FaultCode::PrinterAbsent)});
        }
        domain::DeviceHealth health() const override {
            std::lock_guard lock(socket_->mutex);
            return socket_->printer ? socket_->printer->health() : domain::DeviceHealth{};
        }

      private:
        const std::shared_ptr<Socket> socket_;
        const DeviceSink sink_;
    };
    socket_->make = [machine = machine_, file = ledger_file_, &clock = clock_, sink] {
        printer::escpos::ReceiptPrinterOptions options;
        options.ledger_file = file;
        return std::make_unique<printer::escpos::UsbReceiptPrinter>(
            std::make_shared<usb::EmulatedUsbTransport>(machine), std::move(options), clock, sink);
    };
    return std::make_unique<Attachable>(socket_, std::move(sink));
}

void SlipBench::attach() {
    std::lock_guard lock(socket_->mutex);
    if (!socket_->printer && socket_->make) socket_->printer = socket_->make();
}

Verbs SlipBench::verbs() {
    const auto& slip = machine_;
    return {
        simple("slip attach", "receipt printer attached", [this] { attach(); }),
        simple("slip paper out", "roll taken out", [slip] { slip->set_paper(false); }),
        simple("slip paper low", "roll nearly used up", [slip] { slip->set_paper_low(true); }),
        simple("slip paper in", "new roll",
               [slip] {
                   slip->set_paper_low(false);
                   slip->set_paper(true);
               }),
        {"slip paper ends ROWS",
         [slip](const Words& words) {
             return with_number(
                 words[3], "roll ends after rows:", [&](int rows) { slip->end_paper_after(rows); });
         }},
        simple("slip cover open", "cover open", [slip] { slip->open_cover(true); }),
        simple("slip cover close", "cover closed", [slip] { slip->open_cover(false); }),
        simple("slip cutter jam", "cutter jammed", [slip] { slip->jam_cutter(true); }),
        simple("slip cutter clear", "cutter cleared", [slip] { slip->jam_cutter(false); }),
        simple("slip head hot", "head hot", [slip] { slip->overheat(true); }),
        simple("slip head cool", "head cool", [slip] { slip->overheat(false); }),
        {"slip slow ROWS",
         [slip](const Words& words) {
             return with_number(words[2],
                                "rows at a time:", [&](int rows) { slip->slow_down(rows); });
         }},
        simple("slip status lost", "the next status loses a byte",
               [slip] { slip->lose_status_byte(); }),
        {"slip unplug after BYTES",
         [slip](const Words& words) {
             return with_number(words[3], "cable is pulled after bytes:", [&](int bytes) {
                 slip->unplug_after(static_cast<std::size_t>(bytes));
             });
         }},
        simple("slip unplug", "receipt printer unplugged", [slip] { slip->unplug(); }),
        simple("slip plug", "receipt printer plugged in", [slip] { slip->plug(); }),
    };
}

}  // namespace drivers::emulation
