#include "drivers/printer/emulated_document_printer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace drivers::printer {

namespace {

using base::FaultCode;

constexpr base::Millis idle_wait{600000};

std::optional<FaultCode> fault_of(const EmulatedPrinterMachine::Condition& condition) {
    if (!condition.plugged) return FaultCode::PrinterAbsent;
    if (condition.cover_open) return FaultCode::PrinterCoverOpen;
    if (condition.jammed) return FaultCode::PrinterJammed;
    if (!condition.paper) return FaultCode::PrinterPaperOut;
    return std::nullopt;
}

bool is_pdf(std::string_view text) {
    return text.starts_with("%PDF-") && text.find("%%EOF") != std::string_view::npos;
}

// A document's word becomes a file's name.
bool is_word(const std::string& document) {
    return !document.empty() && std::all_of(document.begin(), document.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

}  // namespace

template <class Change>
void EmulatedPrinterMachine::change(Change make) {
    {
        std::lock_guard lock(mutex_);
        make();
    }
    changed_.notify_all();
}

void EmulatedPrinterMachine::set_plugged(bool plugged) {
    change([&] { condition_.plugged = plugged; });
}
void EmulatedPrinterMachine::set_paper(bool paper) {
    change([&] { condition_.paper = paper; });
}
void EmulatedPrinterMachine::set_jammed(bool jammed) {
    change([&] { condition_.jammed = jammed; });
}
void EmulatedPrinterMachine::set_cover_open(bool open) {
    change([&] { condition_.cover_open = open; });
}
void EmulatedPrinterMachine::set_low(bool low) {
    change([&] { condition_.low = low; });
}
void EmulatedPrinterMachine::lose_next_outcome() {
    change([&] { lose_next_ = true; });
}
void EmulatedPrinterMachine::set_tray_sensor(bool tells) {
    change([&] { condition_.tray_sensor = tells; });
}
void EmulatedPrinterMachine::take_paper() {
    change([&] { condition_.paper_lies = false; });
}
void EmulatedPrinterMachine::wake() {
    change([&] { woken_ = true; });
}

EmulatedPrinterMachine::Condition EmulatedPrinterMachine::condition() const {
    std::lock_guard lock(mutex_);
    return condition_;
}

bool EmulatedPrinterMachine::take_lost_outcome() {
    std::lock_guard lock(mutex_);
    return std::exchange(lose_next_, false);
}

bool EmulatedPrinterMachine::lay_paper() {
    std::lock_guard lock(mutex_);
    condition_.paper_lies = condition_.tray_sensor;
    return condition_.paper_lies;
}

void EmulatedPrinterMachine::wait(std::stop_token stop, const Condition& seen, base::Millis limit) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, limit, [&] { return woken_ || condition_ != seen; });
    woken_ = false;
}

EmulatedDocumentPrinter::EmulatedDocumentPrinter(std::shared_ptr<EmulatedPrinterMachine> machine,
                                                 EmulatedPrinterOptions options, DeviceSink sink)
    : machine_(std::move(machine)),
      options_(std::move(options)),
      sink_(sink),
      health_(domain::DeviceKind::document_printer, std::move(sink)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void EmulatedDocumentPrinter::print(domain::Ticket ticket, PrintJob job) {
    if (!queue_.push({ticket, std::move(job), round_})) {
        sink_(PrintFinished{ticket, base::fail(FaultCode::PrinterFailed, "queue full")});
        return;
    }
    machine_->wake();
}

void EmulatedDocumentPrinter::purge() {
    ++round_;
    machine_->wake();
}

void EmulatedDocumentPrinter::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        const auto condition = machine_->condition();
        look_after_health();
        look_after_tray();
        if (auto waiting = queue_.try_pop()) {
            auto outcome = print_now(*waiting, stop);
            look_after_health();
            const bool lies = outcome && *outcome == PrintOutcome::printed && machine_->lay_paper();
            if (lies) lying_ = waiting->ticket;
            sink_(PrintFinished{waiting->ticket, std::move(outcome), lies});
        } else {
            machine_->wait(stop, condition, idle_wait);
        }
    }
}

void EmulatedDocumentPrinter::look_after_health() {
    const auto condition = machine_->condition();
    const auto fault = fault_of(condition);
    domain::DeviceHealth health{domain::DeviceState::ready, domain::Supply::plenty, std::nullopt};
    if (condition.low) health.supply = domain::Supply::low;
    if (!condition.plugged) health.supply = domain::Supply::unknown;
    if (condition.plugged && !condition.paper) health.supply = domain::Supply::out;
    if (fault) {
        health.state = domain::DeviceState::unavailable;
        health.fault = base::Fault{*fault, {}};
    }
    health_.say(health);
}

void EmulatedDocumentPrinter::look_after_tray() {
    if (!lying_ || machine_->condition().paper_lies) return;
    sink_(PaperTaken{*std::exchange(lying_, std::nullopt)});
}

base::Result<PrintOutcome> EmulatedDocumentPrinter::print_now(const Waiting& waiting,
                                                              std::stop_token stop) {
    const auto& job = waiting.job;
    if (waiting.round != round_) return base::fail(FaultCode::PrinterFailed, "purged");
    if (!job.pdf || !is_pdf(base::as_text(*job.pdf)) || job.pages < 1 || !is_word(job.document))
        return base::fail(FaultCode::PrinterFailed, "not a document");
    auto condition = machine_->condition();
    if (const auto fault = fault_of(condition)) return base::fail(*fault);
    for (int page = 1; page <= job.pages; ++page) {
        // Ends early when the condition is no longer what it was a moment ago.
        machine_->wait(stop, condition, options_.page_time);
        condition = machine_->condition();
        if (stop.stop_requested() || !condition.plugged) return PrintOutcome::unknown;
        if (fault_of(condition) || waiting.round != round_) return PrintOutcome::spoiled;
        sink_(PrintProgressed{waiting.ticket, page, job.pages});
    }
    if (machine_->take_lost_outcome()) return PrintOutcome::unknown;
    TRY_STATUS(keep(job));
    return PrintOutcome::printed;
}

base::Status EmulatedDocumentPrinter::keep(const PrintJob& job) const {
    if (options_.output_folder.empty()) return {};
    return base::write_file(options_.output_folder + "/" + job.document + ".pdf", *job.pdf);
}

}  // namespace drivers::printer
