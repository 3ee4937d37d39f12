// How the services of a pack are sorted for choosing: by whom they are for, then by topic. Pure.
#pragma once

#include "flows/choose_service/choose_service_states.hpp"

#include <string>
#include <vector>

namespace flows {

// No more than these stand in one list, unsorted (UX-047).
inline constexpr std::size_t few_services = 6;
// Of services that have none of the pack's topics; no pack can name a topic like this.
inline constexpr const char* no_topic = "*";

// Whether a list is too long without them; of a pack, and of those for whom it has services.
bool is_sorted_by_topic(const catalogue::Pack& pack);
bool is_sorted_by_topic(const catalogue::Pack& pack, catalogue::Audience audience);
// 个人 before 法人; only those that have a service.
std::vector<catalogue::Audience> audiences(const catalogue::Pack& pack);
// Of the page: the one that was chosen, else the first.
catalogue::Audience audience_of(const catalogue::Pack& pack, const ChoosingService& here);
// Ids, in the pack's order; only those that have a service for them; no_topic comes last.
std::vector<std::string> topics(const catalogue::Pack& pack, catalogue::Audience audience);
// In the pack's order; of all topics when none is named.
std::vector<const catalogue::ServiceItem*> services(const catalogue::Pack& pack,
                                                    catalogue::Audience audience,
                                                    const std::string& topic);

// Of a column, behind that door: all to read about, or those that are filed here.
std::vector<const catalogue::ServiceItem*> services(const catalogue::Pack& pack,
                                                    const catalogue::Column& column,
                                                    ColumnDoor door);
// Of a column, or all.
std::vector<const catalogue::Document*> documents(const catalogue::Pack& pack,
                                                  const std::string& column_id);

}  // namespace flows
