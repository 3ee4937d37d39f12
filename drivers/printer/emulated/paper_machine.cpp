#include "drivers/printer/emulated/paper_machine.hpp"

#include "drivers/printer/emulated/pdf_pages.hpp"

#include <algorithm>
#include <utility>

namespace drivers::printer {

PaperMachine::PaperMachine(base::Millis page_time, Keep keep, base::Millis now)
    : page_time_(page_time), keep_(std::move(keep)), switched_on_(now) {}

void PaperMachine::set_paper(bool in) {
    condition_.paper = in;
    sheets_left_.reset();
}

void PaperMachine::end_paper_after(int sheets) {
    sheets_left_ = sheets;
    condition_.paper = sheets > 0;
}

void PaperMachine::set_low(bool low) {
    condition_.low = low;
}

void PaperMachine::set_jammed(bool jammed) {
    condition_.jammed = jammed;
    if (jammed) page_out_at_.reset();
}

void PaperMachine::set_cover_open(bool open) {
    condition_.cover_open = open;
    if (open) page_out_at_.reset();
}

void PaperMachine::set_tray_sensor(bool tells) {
    condition_.tray_sensor = tells;
    lying_ = 0;
}

void PaperMachine::take_paper() {
    lying_ = 0;
}

void PaperMachine::lose_next_outcome() {
    lose_next_ = true;
}

void PaperMachine::lose_power() {
    jobs_.clear();
    page_out_at_.reset();
}

bool PaperMachine::full() const {
    const auto waiting =
        std::ranges::count_if(jobs_, [](const auto& entry) { return !entry.second.ended(); });
    return static_cast<std::size_t>(waiting) >= most_jobs;
}

int PaperMachine::create(std::string name, std::string user, bool held, base::Millis now) {
    PaperJob job;
    job.id = ++last_job_;
    job.name = std::move(name);
    job.user = std::move(user);
    job.state = held ? JobState::held : JobState::pending;
    job.created_at = seconds(now);
    jobs_.emplace(job.id, std::move(job));
    return last_job_;
}

const PaperJob* PaperMachine::job(int id) const {
    const auto found = jobs_.find(id);
    return found == jobs_.end() ? nullptr : &found->second;
}

PaperJob* PaperMachine::living(int id) {
    const auto found = jobs_.find(id);
    return found == jobs_.end() || found->second.ended() ? nullptr : &found->second;
}

void PaperMachine::take_document(int id, base::Bytes document) {
    auto* const job = living(id);
    if (job == nullptr) return;
    job->pages = pages_of_pdf(document);
    job->document = base::Secret(std::move(document));
    job->whole = true;
}

bool PaperMachine::hold(int id) {
    auto* const job = living(id);
    if (job == nullptr || job->started_at != 0) return false;
    job->state = JobState::held;
    return true;
}

bool PaperMachine::release(int id) {
    auto* const job = living(id);
    if (job == nullptr || job->state != JobState::held) return false;
    job->state = JobState::pending;
    return true;
}

bool PaperMachine::cancel(int id, base::Millis now) {
    auto* const job = living(id);
    if (job == nullptr) return false;
    // The sheet under way is thrown out as it is.
    if (job == at_the_printer()) page_out_at_.reset();
    end(*job, JobState::canceled, now);
    return true;
}

void PaperMachine::forget(int id) {
    jobs_.erase(id);
}

const PaperJob* PaperMachine::at_the_printer() const {
    const auto found = std::ranges::find_if(jobs_, [](const auto& entry) {
        return entry.second.state == JobState::processing ||
               entry.second.state == JobState::stopped;
    });
    return found == jobs_.end() ? nullptr : &found->second;
}

bool PaperMachine::wants_paper() const {
    return !condition_.paper && !page_out_at_ && at_the_printer() != nullptr;
}

int PaperMachine::seconds(base::Millis now) const {
    return 1 + static_cast<int>(
                   std::chrono::duration_cast<std::chrono::seconds>(now - switched_on_).count());
}

PaperJob* PaperMachine::next_job() {
    if (const auto* const job = at_the_printer()) return &jobs_.at(job->id);
    const auto found = std::ranges::find_if(jobs_, [](const auto& entry) {
        return entry.second.state == JobState::pending && entry.second.whole;
    });
    return found == jobs_.end() ? nullptr : &found->second;
}

void PaperMachine::begin(PaperJob& job, base::Millis now) {
    if (job.started_at == 0) job.started_at = seconds(now);
    job.state = JobState::processing;
    // What cannot be read as a document with pages is given up.
    if (job.pages < 1) end(job, JobState::aborted, now);
}

void PaperMachine::end(PaperJob& job, JobState as, base::Millis now) {
    job.state = as;
    job.ended_at = seconds(now);
    job.document = {};
    const auto ended = [](const auto& entry) { return entry.second.ended(); };
    if (static_cast<std::size_t>(std::ranges::count_if(jobs_, ended)) > most_jobs)
        jobs_.erase(std::ranges::find_if(jobs_, ended));
}

bool PaperMachine::pull_sheet() {
    if (!condition_.paper) return false;
    // The sensor below the tray notices the last sheet as soon as it is gone.
    if (sheets_left_ && --*sheets_left_ == 0) condition_.paper = false;
    return true;
}

void PaperMachine::page_came_out(PaperJob& job, base::Millis now) {
    lying_ = std::min(lying_ + 1, tray_holds);
    const bool last = job.completed + 1 == job.pages;
    if (last && lose_next_) {
        lose_next_ = false;
        jobs_.erase(job.id);
        return;
    }
    ++job.completed;
    if (!last) return;
    const bool kept = !keep_ || keep_(job.name, *job.document);
    end(job, kept ? JobState::completed : JobState::aborted, now);
}

void PaperMachine::advance(base::Millis now) {
    while (auto* const job = next_job()) {
        if (blocked()) {
            if (job->started_at != 0) job->state = JobState::stopped;
            return;
        }
        if (!page_out_at_) {
            begin(*job, now);
            if (job->ended()) continue;
            if (!pull_sheet()) {
                job->state = JobState::stopped;
                return;
            }
            page_out_at_ = now + page_time_;
        }
        if (now < *page_out_at_) return;
        // The next sheet follows on its heels, however late somebody looks.
        const auto out_at = *std::exchange(page_out_at_, std::nullopt);
        const bool more = job->completed + 1 < job->pages;
        page_came_out(*job, out_at);
        if (more && pull_sheet()) page_out_at_ = out_at + page_time_;
    }
}

}  // namespace drivers::printer
