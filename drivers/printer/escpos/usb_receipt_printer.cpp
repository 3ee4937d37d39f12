#include "drivers/printer/escpos/usb_receipt_printer.hpp"

#include "base/pulse.hpp"
#include "drivers/printer/roll_use.hpp"

#include <algorithm>
#include <utility>

namespace drivers::printer::escpos {

namespace {

using base::FaultCode;
using base::Millis;

constexpr Millis look_pause{250};
constexpr int dots_per_mm = 8;  // 203 dpi
constexpr int cut_off_mm = 12;  // between the head and the cutter: white on every slip

bool is_slip(const domain::BitPicture& picture) {
    const bool wide =
        std::find(slip_widths.begin(), slip_widths.end(), picture.width) != slip_widths.end();
    return wide && picture.height > 0 &&
           picture.bits.size() == picture.row_bytes() * static_cast<std::size_t>(picture.height);
}

SheetFate fate_of(const base::Result<PrintOutcome>& outcome) {
    if (!outcome) return SheetFate::untouched;
    switch (*outcome) {
        case PrintOutcome::printed:
            return SheetFate::printed;
        case PrintOutcome::spoiled:
            return SheetFate::spoiled;
        case PrintOutcome::unknown:
            break;
    }
    return SheetFate::unknown;
}

}  // namespace

UsbReceiptPrinter::UsbReceiptPrinter(std::shared_ptr<usb::UsbClassTransport> transport,
                                     ReceiptPrinterOptions options, const base::Clock& clock,
                                     DeviceSink sink)
    : options_(std::move(options)),
      clock_(clock),
      sink_(sink),
      health_(domain::DeviceKind::receipt_printer, std::move(sink)),
      recovery_(clock),
      link_(std::move(transport)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void UsbReceiptPrinter::print(domain::Ticket ticket, PrintJob job) {
    if (!queue_.push(Waiting{ticket, std::move(job), round_}))
        sink_(PrintFinished{ticket, base::fail(FaultCode::PrinterFailed, "queue full")});
}

void UsbReceiptPrinter::paper_changed(domain::Ticket ticket) {
    if (paper_changes_.push(ticket)) return wake();
    sink_(PaperChangeNoted{ticket, base::fail(FaultCode::PrinterFailed, "queue full")});
}

void UsbReceiptPrinter::wake() {
    if (!waking_.exchange(true)) (void)queue_.push(std::nullopt);  // a full one wakes as well
}

void UsbReceiptPrinter::run(std::stop_token stop) {
    const base::Pulse pulse("receipt_printer");
    link_.on_plugging([this] {
        recovery_.plugging();
        wake();
    });
    bring_up();
    while (!stop.stop_requested()) {
        auto next = queue_.pop_for(stop, pause());
        if (next && !*next) waking_ = false;
        note_paper_changes();
        if (next && *next) {
            auto waiting = std::move(*next);
            auto outcome = print_now(*waiting, stop);
            const auto ticket = waiting->ticket;
            waiting.reset();  // what stood on it is gone when its end is said
            if (outcome && *outcome == PrintOutcome::printed) sink_(PrintProgressed{ticket, 1, 1});
            sink_(PrintFinished{ticket, std::move(outcome)});
        } else if (!stop.stop_requested()) {
            look_after();
        }
    }
}

Millis UsbReceiptPrinter::pause() const {
    return link_.is_open() ? look_pause : recovery_.pause();
}

bool UsbReceiptPrinter::bring_up() {
    if (auto up = link_.open(may_hold_a_slip_); !up) {
        link_lost(up.error());
        return false;
    }
    recovery_.worked();
    may_hold_a_slip_ = false;
    say_health();
    return true;
}

void UsbReceiptPrinter::look_after() {
    if (!link_.is_open()) {
        if (recovery_.is_due()) bring_up();
        return;
    }
    auto well = link_.hear(Millis{0});
    if (well) well = link_.look_after();
    if (!well) return link_lost(well.error());
    recovery_.worked();
    say_health();
}

void UsbReceiptPrinter::say_health() {
    using domain::Supply;
    auto health = health_of(link_.state());
    // A printer that comes back to itself says nothing of its paper for a moment: what it said last
    // before that counts.
    const bool is_new_roll = was_out_ && health.supply == Supply::plenty;
    if (health.supply != Supply::unknown) was_out_ = health.supply == Supply::out;
    // The counters are for whoever changes rolls; what each slip became is written all the same.
    // Also where nothing was printed since the start, and the ledger is not open yet.
    if (is_new_roll && open_ledger()) (void)ledger_->supply_changed();
    health_.say(std::move(health));
}

base::Status UsbReceiptPrinter::open_ledger() {
    if (ledger_) return {};
    if (options_.ledger_file.empty()) return base::fail(FaultCode::FileUnwritable, "no ledger");
    ledger_ = TRY(Ledger::open(options_.ledger_file, clock_));
    return {};
}

void UsbReceiptPrinter::note_paper_changes() {
    while (const auto ticket = paper_changes_.try_pop()) {
        auto noted = open_ledger();
        if (noted) noted = ledger_->supply_changed();
        sink_(PaperChangeNoted{*ticket, std::move(noted)});
    }
}

// Where it cannot be kept, the roll is foretold a little worse.
void UsbReceiptPrinter::note_length(const domain::BitPicture& slip) {
    const auto file = roll_use_file(options_.ledger_file);
    const auto known = base::read_file(file);
    auto use = known ? read_roll_use(base::as_text(*known)) : RollUse{};
    use.add(slip.height / dots_per_mm + cut_off_mm);
    (void)base::write_file(file, base::to_bytes(as_text(use)));
}

base::Result<PrintOutcome> UsbReceiptPrinter::print_now(const Waiting& waiting,
                                                        std::stop_token stop) {
    if (waiting.round != round_) return base::fail(FaultCode::PrinterFailed, "purged");
    const auto& slip = waiting.job.slip;
    if (!slip || !is_slip(*slip)) return base::fail(FaultCode::PrinterFailed, "not a slip");
    if (!link_.is_open() && !(recovery_.may_try_early() && bring_up()))
        return base::fail(*health_.now().fault);
    if (options_.ledger_file.empty()) return print_slip(waiting, stop);

    if (!open_ledger()) return base::fail(FaultCode::PrinterFailed, "ledger");
    const auto serial = ledger_->begin(waiting.job.document, 1, waiting.job.copy);
    if (!serial) return base::fail(FaultCode::PrinterFailed, "ledger");
    auto outcome = print_slip(waiting, stop);
    // Where this cannot be written, the next start finds the slip begun and calls it unknown.
    (void)ledger_->settle_rest(*serial, fate_of(outcome));
    if (outcome && *outcome == PrintOutcome::printed) note_length(*slip);
    return outcome;
}

base::Result<PrintOutcome> UsbReceiptPrinter::print_slip(const Waiting& waiting,
                                                         std::stop_token stop) {
    const auto withdrawn = [&] { return waiting.round != round_; };
    const SlipOrder order{*waiting.job.slip, process_id(++slips_), torn_, withdrawn, stop};
    auto outcome = run_slip(link_, order, options_.patience);
    const bool printed = outcome && *outcome == PrintOutcome::printed;
    if (printed || !outcome) {
        if (printed) torn_ = false;
        if (!outcome && outcome.error().code == FaultCode::PrinterAbsent)
            link_lost(outcome.error());
        else
            say_health();
        return outcome;
    }
    // Begun and not proved: nothing of it may come out when paper and cable are there again.
    torn_ = may_hold_a_slip_ = true;
    if (stop_cause(link_.state()) && link_.start_over()) {
        may_hold_a_slip_ = false;
        say_health();
    } else {
        link_.close();
        bring_up();
    }
    return outcome;
}

void UsbReceiptPrinter::link_lost(base::Fault fault) {
    link_.close();
    // One that another program holds, or that we may not open, is looked for like one that is not
    // there.
    health_.unavailable(fault.code == FaultCode::PrinterAbsent
                            ? recovery_.absent(std::move(fault))
                            : recovery_.failed(std::move(fault)));
}

}  // namespace drivers::printer::escpos
