// Where a case stands, in a citizen's words, and the days an office promises.
#pragma once

#include "app/present/page_builder.hpp"
#include "domain/post_status.hpp"

#include <optional>
#include <string>

namespace app {

// What the office did with it; nothing: only its delivery is known.
struct CaseWords {
    std::string title, next;
    ui::screens::Tone tone = ui::screens::Tone::info;
    ui::screens::IconName icon = {};
};
std::optional<CaseWords> case_words(const PageBuilder& b, const domain::SubmissionStatus& status);

// 12 月 8 日（星期二）前; the text itself when it is no date.
std::string by_day(const PageBuilder& b, const std::string& iso_date);

// Said on pages that lead to filing while nobody accepts; empty: the office is open, or its hours
// are not known.
std::string out_of_hours(const PageBuilder& b);

// 如当天受理，预计 12 月 8 日前办结: counted from that day's acceptance, on a day off from the next
// workday's; empty: nothing is promised, or that year's calendar is not known.
std::string promise_if_accepted(const catalogue::Pack& pack, const catalogue::ServiceItem& item,
                                base::Instant kept_at, base::Locale locale);

}  // namespace app
