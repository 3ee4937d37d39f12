// The parts a pack is read in. Each reads one kind of object strictly and reports to Problems; lint
// then looks at what only the whole can show. Internal to the catalogue.
#pragma once

#include "catalogue/reading/strict_object.hpp"

#include <set>
#include <string>

namespace catalogue::reading {

Pack read_pack_object(const Json& json, Problems& problems);
ServiceItem read_item(const Json& json, const std::string& place, Problems& problems);
FormPage read_form_page(const Json& json, const std::string& place, Problems& problems);
DivisionTable read_divisions(const Json& json, const std::string& place, Problems& problems);
// What may stand beside the form of an item; its keys are those of the item.
ItemTerms read_terms(StrictObject& item, Problems& problems);
// The question and the page for choosing how the result comes; after the lint.
void add_delivery(ServiceItem& item);
Letter read_letter(const Json& json, const std::string& place, Problems& problems);
GuideSection read_guide_section(const Json& json, const std::string& place, Problems& problems);
Topic read_topic(const Json& json, const std::string& place, Problems& problems);
Document read_document(const Json& json, const std::string& place, Problems& problems);
domain::CalendarYear read_calendar_year(const Json& json, const std::string& place,
                                        Problems& problems);
domain::OfficeHours read_office_hours(const Json& json, const std::string& place,
                                      Problems& problems);
Column read_column(const Json& json, const std::string& place, Problems& problems);
VoiceRules read_voice_rules(const Json& json, const std::string& place, Problems& problems);
NegativeTrade read_negative_trade(const Json& json, const std::string& place, Problems& problems);
// An element of a list that is a text, not empty.
std::string read_text(const Json& json, const std::string& place, Problems& problems);

// Duplicates, tiles that lead nowhere, codes, and lint_item for every item.
void lint(const Pack& pack, Problems& problems);
// Facts read before they are known, pages too full, rules that cannot work, messages too long …
void lint_item(const ServiceItem& item, const std::string& place, Problems& problems);
// Codes that do not fit into the tree.
void lint_divisions(const DivisionTable& table, const std::string& place, Problems& problems);
void lint_terms(const ServiceItem& item, const std::string& place, Problems& problems);
void lint_form(const ServiceItem& item, const std::string& place, Problems& problems);
// Pinyin beside its text, topics, columns and documents nobody could find or read.
void lint_finding(const Pack& pack, Problems& problems);
// Names that let an office ask for anything.
void lint_materials_names(const ServiceItem& item, const std::string& place, Problems& problems);

// The codes of a list that stand twice; `at` says the place of the nth.
template <class List, class Name>
void refuse_twins(const List& list, const std::string& place, std::string_view key,
                  const Name& name, Problems& problems) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (!name(list[i]).empty() && !seen.insert(name(list[i])).second)
            problems.add(reading::place_of(reading::place_of(place, i), key), "stands twice");
}

}  // namespace catalogue::reading
