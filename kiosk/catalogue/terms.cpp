#include "catalogue/terms.hpp"

#include "domain/dates.hpp"

namespace catalogue {

bool ItemTerms::taken_on(std::chrono::year_month_day day) const {
    // A day nobody can read opens nothing; the reader refuses it before.
    const auto from = domain::date_from_iso(effective_from), to = domain::date_from_iso(ends_on);
    if (!effective_from.empty() && (!from || day < *from)) return false;
    if (ends_on.empty()) return state == ItemState::in_use;
    return to && day <= *to;
}

}  // namespace catalogue
