// What an operator asks about the life of cases and does with it, beside a server that runs. What
// is printed names nobody.
#pragma once

#include "offline/intake/operator_commands.hpp"
#include "offline/intake/store/case_book.hpp"

#include <memory>

namespace offline::intake {

struct MoveOrder {
    std::string case_number, state;  // state: accepted, in_review …
    std::string office, until, note, result;
    std::string by = "operator";
};
// Working days that the item promises; 0: the pack does not know it.
std::int64_t promised_days_of(const catalogue::Pack& pack, const std::string& item_code);
// CommandRefused with the sentence why. From which state it went, and to which.
struct Moved {
    domain::OfficeState from{}, to{};
};
base::Result<Moved> move_case(CaseBook& book, const catalogue::Pack& pack, const MoveOrder& order,
                              base::Instant now);

// One case a line: number, state, since, due, office, item. What is not the office's yet is
// UPLOADED, COMPLETE, REJECTED or DEAD.
Text cases_list_text(const Site& site);
Text case_history_text(const Site& site, const std::string& case_number);
Text move_case_text(const Site& site, const MoveOrder& order, base::Instant now);

// The pack of the site, verified against its own key set.
base::Result<std::shared_ptr<const catalogue::Pack>> pack_of(const Site& site);

}  // namespace offline::intake
