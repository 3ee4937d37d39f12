#include "offline/intake/case_standing.hpp"

#include "domain/dates.hpp"

namespace offline::intake {

namespace {

using domain::OfficeState;

bool limit_runs(OfficeState state) {
    return state == OfficeState::accepted || state == OfficeState::in_review ||
           state == OfficeState::decided;
}

}  // namespace

CaseStanding standing_of(base::Instant received_at, const std::vector<CaseEvent>& events,
                         const domain::WorkCalendar& calendar) {
    CaseStanding out;
    out.since = received_at;
    const CaseEvent* accepted = nullptr;
    const CaseEvent* stopped = nullptr;
    std::vector<domain::Stopped> stops;
    for (const auto& event : events) {
        const auto& move = event.move;
        if (stopped != nullptr)
            stops.push_back({base::local_date(stopped->at), base::local_date(event.at)});
        stopped = move.to == OfficeState::special ? &event : nullptr;
        if (move.to == OfficeState::accepted) accepted = &event;
        out.state = move.to;
        out.since = event.at;
        // Who has it and what was decided stay said until somebody says otherwise.
        if (!move.office.empty()) out.office = move.office;
        if (!move.result.empty()) out.result = move.result;
        out.note = move.note;
        out.due = move.until;
    }
    if (limit_runs(out.state) && accepted != nullptr && accepted->promised_days > 0)
        out.due =
            domain::iso(domain::promised_day(calendar, base::local_date(accepted->at),
                                             static_cast<int>(accepted->promised_days), stops));
    else if (out.state != OfficeState::correction)
        out.due.clear();
    return out;
}

void tell(const CaseStanding& standing, domain::SubmissionStatus& status) {
    status.centre_state = domain::word(standing.state);
    status.since = base::iso8601_local(standing.since);
    status.office = standing.office;
    status.due = standing.due;
    status.note = standing.note;
    status.result = standing.result;
}

}  // namespace offline::intake
