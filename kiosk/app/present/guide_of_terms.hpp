// What a service says about itself beside its guide: rows of the table of terms, and why it cannot
// be begun on this day. Pure; the page's thread.
#pragma once

#include "app/present/page_builder.hpp"
#include "app/present/readiness/readiness_words.hpp"

#include <optional>
#include <vector>

namespace app {

// How it is handled, where, by whom, and how its result comes; only what the pack says.
std::vector<catalogue::GuideRow> rows_of_terms(const catalogue::ServiceItem& item);
// How the result comes, as it was chosen; empty where nobody was asked.
std::string chosen_delivery(const PageBuilder& b, const catalogue::ServiceItem& item,
                            const catalogue::SituationAnswers& answers);
// It has not begun, it is paused, or it has ended.
std::optional<MissingSaid> not_taken_today(const PageBuilder& b,
                                           const catalogue::ServiceItem& item);

}  // namespace app
