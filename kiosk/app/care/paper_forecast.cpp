#include "app/care/paper_forecast.hpp"

#include <algorithm>

namespace app {

namespace {
constexpr std::int64_t sheets_of_a_pace = 10;
constexpr std::chrono::hours time_of_a_pace{24};
constexpr std::int64_t longest_hours = 9999;
}  // namespace

std::optional<int> paper_hours_left(const drivers::printer::LedgerBook& book,
                                    int sheets_in_full_tray, base::Instant now) {
    const auto& used = book.counters;
    // Spoiled and unknown sheets have left the tray, too.
    const std::int64_t gone = used.printed + used.spoiled + used.unknown;
    // Of a tray that was never said to be filled only the last jobs are known by time.
    if (used.since == base::Instant{} && book.next_serial > book.jobs.size() + 1)
        return std::nullopt;
    const auto since = used.since != base::Instant{} ? used.since
                       : book.jobs.empty()           ? now
                                                     : book.jobs.front().begun;
    const auto passed = now - since;
    if (sheets_in_full_tray <= 0 || gone < sheets_of_a_pace || passed < time_of_a_pace)
        return std::nullopt;
    const std::int64_t left = std::max<std::int64_t>(0, sheets_in_full_tray - gone);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(passed).count();
    return static_cast<int>(std::min(left * minutes / gone / 60, longest_hours));
}

}  // namespace app
