#include "drivers/printer/queue/queue_document_printer.hpp"

#include "base/assert.hpp"
#include "base/pulse.hpp"
#include "drivers/printer/spooler/cupsd_settings.hpp"

#include <algorithm>
#include <utility>

namespace drivers::printer {

namespace {

using base::Fault;
using base::FaultCode;

bool is_pdf(base::ByteView bytes) {
    return base::as_text(bytes).starts_with("%PDF-");
}

}  // namespace

QueueDocumentPrinter::QueueDocumentPrinter(std::unique_ptr<PrintQueue> queue,
                                           base::Result<std::unique_ptr<Ledger>> ledger,
                                           QueuePrinterOptions options, const base::Clock& clock,
                                           DeviceSink sink)
    : queue_(std::move(queue)),
      ledger_(std::move(ledger)),
      options_(std::move(options)),
      clock_(clock),
      sink_(sink),
      health_(domain::DeviceKind::document_printer, std::move(sink)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

QueueDocumentPrinter::~QueueDocumentPrinter() {
    queue_->interrupt();
}

void QueueDocumentPrinter::print(domain::Ticket ticket, PrintJob job) {
    if (!jobs_.push({ticket, std::move(job), round_})) {
        sink_(PrintFinished{ticket, base::fail(FaultCode::PrinterFailed, "queue full")});
        return;
    }
    wake();
}

void QueueDocumentPrinter::purge() {
    ++round_;
    wake();
}

void QueueDocumentPrinter::paper_changed(domain::Ticket ticket) {
    if (!paper_changes_.push(ticket)) {
        sink_(PaperChangeNoted{ticket, base::fail(FaultCode::PrinterFailed, "queue full")});
        return;
    }
    wake();
}

std::vector<domain::InkLevel> QueueDocumentPrinter::ink() const {
    return ink_.get().value_or(std::vector<domain::InkLevel>{});
}

void QueueDocumentPrinter::wake() {
    {
        std::lock_guard lock(mutex_);
        rung_ = true;
    }
    woken_.notify_all();
}

void QueueDocumentPrinter::wait(std::stop_token stop, base::Millis limit) {
    std::unique_lock lock(mutex_);
    const base::Pulse::Rest rest;
    woken_.wait_for(lock, stop, limit, [this] { return rung_; });
    rung_ = false;
}

void QueueDocumentPrinter::run(std::stop_token stop) {
    const base::Pulse pulse("document_printer");
    while (!stop.stop_requested()) {
        note_paper_changes();
        if (swept_round_ != round_) swept_ = false;
        if (swept_)
            (void)look_at_printer();
        else
            (void)sweep();
        if (const auto waiting = jobs_.try_pop())
            serve(*waiting, stop);
        else
            wait(stop, options_.rest);
    }
}

void QueueDocumentPrinter::note_paper_changes() {
    while (const auto ticket = paper_changes_.try_pop())
        sink_(PaperChangeNoted{*ticket, ledger_ ? (*ledger_)->supply_changed()
                                                : base::Status(base::fail(ledger_.error()))});
}

// Whatever of ours lies in the queue goes: left by an earlier run, by a lost line, or ended and
// remembered. Until this has succeeded nothing is printed.
Asked<void> QueueDocumentPrinter::sweep() {
    const auto round = round_.load();
    const auto view = look_at_printer();
    if (!view) return tl::unexpected(view.error());
    const auto purged = purge_ours();
    if (!purged) {
        health_.unavailable(purged.error().fault);
        return purged;
    }
    swept_ = true;
    swept_round_ = round;
    check_spooler(*view);
    say_health(*view);
    return {};
}

Asked<void> QueueDocumentPrinter::purge_ours() {
    // The first purge ends a job, the next forgets it; one that ends slowly waits for the next try.
    constexpr int passes = 3;
    for (int pass = 0; pass < passes; ++pass) {
        const auto jobs = queue_->our_jobs();
        if (!jobs) return tl::unexpected(jobs.error());
        if (jobs->empty()) return {};
        for (const auto& job : *jobs)
            if (auto done = queue_->purge(job.id); !done) return done;
    }
    return tl::unexpected(
        QueueTrouble{QueueTrouble::Kind::refused, {FaultCode::PrinterFailed, "an-old-job-stays"}});
}

Asked<PrinterView> QueueDocumentPrinter::look_at_printer() {
    auto view = queue_->look_at_printer();
    tray_room_ = view ? view->tray_room : std::nullopt;
    if (view) {
        if (view->fresh) ink_.put(ink_of(*view));
        say_health(*view);
        look_after_tray();
    } else {
        // A spooler that was away may come back with what it had.
        swept_ = false;
        ink_.clear();
        health_.unavailable(view.error().fault);
    }
    return view;
}

void QueueDocumentPrinter::say_health(const PrinterView& view) {
    auto health = condition_of(view).health;
    if (!ledger_) {
        health.state = domain::DeviceState::unavailable;
        health.fault = ledger_.error();
    } else if (spooler_fault_ && health.state == domain::DeviceState::ready) {
        health.state = domain::DeviceState::degraded;
        health.fault = spooler_fault_;
    }
    if (paper_was_out_ && view.fresh && health.supply != domain::Supply::out && ledger_)
        (void)(*ledger_)->supply_changed();  // a disk that is full says so at the next print
    if (health.supply == domain::Supply::out) paper_was_out_ = true;
    if (view.fresh && health.supply != domain::Supply::out) paper_was_out_ = false;
    // Not before the old jobs are gone: who sees "ready" may print.
    if (swept_ || health.state == domain::DeviceState::unavailable) health_.say(std::move(health));
}

void QueueDocumentPrinter::check_spooler(const PrinterView& view) {
    spooler_fault_.reset();
    if (view.error_policy.empty()) return;  // no spooler
    std::vector<SettingsProblem> problems;
    if (const auto settings = base::read_file(options_.spooler_settings))
        problems = check_cupsd_settings(base::as_text(*settings));
    else
        spooler_fault_ = settings.error();
    // A drop-in that cannot be read is as good as none.
    const auto service = base::read_file(options_.spooler_service);
    if (auto late = check_cups_service(service ? base::as_text(*service) : std::string_view{}))
        problems.push_back(std::move(*late));
    if (auto policy = check_error_policy(view.error_policy)) problems.push_back(std::move(*policy));
    if (auto fault = as_fault(problems)) spooler_fault_ = std::move(fault);
}

std::optional<Fault> QueueDocumentPrinter::why_not(const Waiting& waiting, std::stop_token stop) {
    const auto& job = waiting.job;
    if (!ledger_) return ledger_.error();
    if (!job.pdf || !is_pdf(*job.pdf) || job.pages < 1 || job.pages > most_sheets ||
        !is_document_word(job.document))
        return Fault{FaultCode::PrinterFailed, "not a document"};
    const auto since = clock_.steady();
    for (;;) {
        if (waiting.round != round_ || stop.stop_requested())
            return Fault{FaultCode::PrinterFailed, "purged"};
        if (swept_ && swept_round_ == round_) return std::nullopt;
        const auto swept = sweep();
        if (swept) continue;
        const bool tries = swept.error().kind != QueueTrouble::Kind::unreached;
        if (!tries || clock_.steady() - since >= options_.patience.contact)
            return swept.error().fault;
        wait(stop, options_.beat);
    }
}

void QueueDocumentPrinter::serve(const Waiting& waiting, std::stop_token stop) {
    if (auto fault = why_not(waiting, stop)) {
        sink_(PrintFinished{waiting.ticket, base::fail(std::move(*fault))});
        return;
    }
    serial_.reset();
    noted_ = 0;
    tray_room_before_.reset();
    auto course = start_course(waiting.job.pages, options_.patience);
    for (bool paused = false; !course.end;) {
        if (stop.stop_requested()) return abandon(course);
        if (waiting.round != round_)
            course = after(std::move(course), PurgeWanted{}, clock_.steady());
        if (course.end) break;
        if (course.after_a_pause && !std::exchange(paused, !paused)) {
            wait(stop, options_.beat);
            continue;
        }
        paused = false;
        const auto event = carry_out(course, waiting.job);
        course = after(std::move(course), event, clock_.steady());
        note_progress(waiting, course);
    }
    settle(*course.end, waiting.job.pages);
    if (course.end->stranded) swept_ = false;
    const auto& outcome = course.end->outcome;
    const bool lies = outcome && *outcome == PrintOutcome::printed && lies_in_tray(waiting.ticket);
    sink_(PrintFinished{waiting.ticket, outcome, lies});
}

bool QueueDocumentPrinter::lies_in_tray(domain::Ticket ticket) {
    if (!tray_room_ || !tray_room_before_ || *tray_room_ >= *tray_room_before_) return false;
    // With what lies there from before, all of it is to be taken.
    const int before =
        lying_ ? std::max(lying_->room_before, *tray_room_before_) : *tray_room_before_;
    lying_ = Lying{ticket, before};
    return true;
}

void QueueDocumentPrinter::look_after_tray() {
    if (!lying_ || !tray_room_ || *tray_room_ < lying_->room_before) return;
    sink_(PaperTaken{std::exchange(lying_, std::nullopt)->ticket});
}

CourseEvent QueueDocumentPrinter::carry_out(const PrintCourse& course, const PrintJob& job) {
    switch (course.todo) {
        case Todo::look_at_printer:
            return PrinterLooked{look_at_printer()};
        case Todo::create:
            tray_room_before_ = tray_room_;
            return JobCreated{queue_->create_job(job.document, course.holds)};
        case Todo::send:
            return PdfSent{queue_->send_pdf(course.job, *job.pdf)};
        case Todo::record: {
            auto serial = (*ledger_)->begin(job.document, job.pages, job.copy);
            if (!serial) return SheetsRecorded{base::fail(serial.error())};
            serial_ = *serial;
            return SheetsRecorded{};
        }
        case Todo::release:
            return JobReleased{queue_->release(course.job)};
        case Todo::look_at_job:
            return JobLooked{queue_->look_at_job(course.job)};
        case Todo::purge:
            return JobPurged{queue_->purge(course.job)};
        case Todo::nothing:
            break;
    }
    KIOSK_ASSERT(false);
    return PurgeWanted{};
}

void QueueDocumentPrinter::note_progress(const Waiting& waiting, const PrintCourse& course) {
    const int out = std::min(course.completed, waiting.job.pages);
    while (noted_ < out) {
        ++noted_;
        // Where the disk fails now, the next start finds the sheet unknown.
        if (serial_) (void)(*ledger_)->settle(*serial_, noted_, SheetFate::printed);
        sink_(PrintProgressed{waiting.ticket, noted_, waiting.job.pages});
    }
}

void QueueDocumentPrinter::settle(const CourseEnd& end, int pages) {
    if (!serial_) return;
    if (noted_ < pages) (void)(*ledger_)->settle(*serial_, noted_ + 1, end.next);
    (void)(*ledger_)->settle_rest(*serial_, end.rest);
    serial_.reset();
}

// The program ends while a job lives: it must not come out later.
void QueueDocumentPrinter::abandon(const PrintCourse& course) {
    if (course.job != 0) (void)queue_->purge(course.job);
    const auto fate = course.begun ? SheetFate::unknown : SheetFate::untouched;
    settle({base::fail(FaultCode::PrinterFailed, "stopped"), fate, fate, true}, course.pages);
}

}  // namespace drivers::printer
