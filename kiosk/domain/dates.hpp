// Dates as people and cards write them.
#pragma once

#include "base/clock.hpp"
#include "base/locale.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>

namespace domain {

using base::Date;

base::Result<Date> date_from_yyyymmdd(std::string_view digits);  // a real calendar date
base::Result<Date> date_from_iso(std::string_view text);         // 2026-11-22
std::string iso(Date date);                                      // 2026-11-22
std::string in_words(Date date, base::Locale locale);  // 2026年11月22日, 22 November 2026

Date plus_days(Date date, int days);
// 29 February plus years lands on 28 February where there is no 29th.
Date plus_years(Date date, int years);
int full_years_between(Date born, Date today);

}  // namespace domain
