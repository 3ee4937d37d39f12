#include "app/care/paper_forecast.hpp"

#include <algorithm>

namespace app {

namespace {

using drivers::printer::LedgerBook;
using drivers::printer::LedgerJob;
using drivers::printer::SheetFate;

constexpr std::int64_t sheets_of_a_pace = 10;
constexpr std::chrono::hours time_of_a_pace{24};
constexpr std::int64_t longest_hours = 9999;

struct Pace {
    std::int64_t used = 0;
    std::chrono::milliseconds in{};
    bool known() const { return used >= sheets_of_a_pace && in >= time_of_a_pace; }
};

int sheets(const LedgerJob& job, SheetFate fate) {
    return static_cast<int>(std::ranges::count(job.sheets, fate));
}

// Spoiled and unknown sheets have left the tray, too.
std::int64_t gone(const LedgerJob& job) {
    return sheets(job, SheetFate::printed) + sheets(job, SheetFate::spoiled) +
           sheets(job, SheetFate::unknown);
}

// Of the prints that the ledger still knows, whenever the paper was changed.
Pace pace_of_jobs(const LedgerBook& book, base::Instant now) {
    Pace pace;
    if (book.jobs.empty()) return pace;
    for (const auto& job : book.jobs) pace.used += gone(job);
    pace.in = now - book.jobs.front().begun;
    return pace;
}

domain::PrintedLine line_of(const LedgerJob& job) {
    return {job.begun,
            job.document,
            job.copy,
            sheets(job, SheetFate::printed),
            sheets(job, SheetFate::spoiled),
            sheets(job, SheetFate::unknown),
            sheets(job, SheetFate::untouched),
            sheets(job, SheetFate::begun)};
}

}  // namespace

std::optional<domain::PaperForecast> paper_forecast(const LedgerBook& book, std::int64_t holds,
                                                    base::Instant now) {
    const auto& used = book.counters;
    const std::int64_t went = used.printed + used.spoiled + used.unknown;
    const bool ever_changed = used.since != base::Instant{};
    // Of a tray that was never said to be filled only the last jobs are known by time.
    if (holds <= 0 || (!ever_changed && book.next_serial > book.jobs.size() + 1))
        return std::nullopt;
    const auto since = ever_changed        ? used.since
                       : book.jobs.empty() ? now
                                           : book.jobs.front().begun;
    Pace pace{went, now - since};
    if (!pace.known()) pace = pace_of_jobs(book, now);
    if (!pace.known()) return std::nullopt;
    const std::int64_t left = std::max<std::int64_t>(0, holds - went);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(pace.in).count();
    return domain::PaperForecast{
        static_cast<int>(std::min(left * minutes / pace.used / 60, longest_hours)), pace.used,
        minutes / 60, holds};
}

domain::PaperUse paper_use(domain::DeviceKind printer, const LedgerBook& book, std::int64_t holds,
                           base::Instant now) {
    domain::PaperUse out;
    out.printer = printer;
    out.printed = book.counters.printed;
    out.spoiled = book.counters.spoiled;
    out.unknown = book.counters.unknown;
    if (book.counters.since != base::Instant{}) out.since = book.counters.since;
    out.forecast = paper_forecast(book, holds, now);
    for (auto job = book.jobs.rbegin();
         job != book.jobs.rend() && out.newest.size() < domain::printed_lines_shown; ++job)
        out.newest.push_back(line_of(*job));
    return out;
}

}  // namespace app
