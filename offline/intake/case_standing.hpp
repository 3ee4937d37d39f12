// Where a case stands in the office, from its events: what the person is told, and until when.
// Pure.
#pragma once

#include "domain/case_life.hpp"
#include "domain/post_status.hpp"
#include "domain/work_calendar.hpp"
#include "offline/intake/store/case_book.hpp"

#include <string>
#include <vector>

namespace offline::intake {

struct CaseStanding {
    domain::OfficeState state = domain::OfficeState::received;
    base::Instant since{};
    std::string office, note, result;
    // ISO date. Of a correction the last day for it; of an accepted case the promised one, without
    // the time in which the limit stood still. Empty: not known, not running, or over.
    std::string due;
};
CaseStanding standing_of(base::Instant received_at, const std::vector<CaseEvent>& events,
                         const domain::WorkCalendar& calendar);
// Over what is known of its delivery.
void tell(const CaseStanding& standing, domain::SubmissionStatus& status);

}  // namespace offline::intake
