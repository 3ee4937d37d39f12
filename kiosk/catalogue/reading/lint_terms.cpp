// What an item says about itself has to fit: its kind, its days, its class, its offices, its
// places.
#include "catalogue/reading/pack_parts.hpp"
#include "domain/dates.hpp"
#include "domain/typed_values.hpp"

#include <algorithm>
#include <set>

namespace catalogue::reading {

namespace {

void lint_days(const ServiceItem& item, const std::string& place, Problems& problems) {
    const auto& terms = item.terms;
    const bool at_once =
        terms.process_kind == ProcessKind::instant || terms.process_kind == ProcessKind::query;
    if (at_once && item.promised_days > 1)
        problems.add(place_of(place, "promised_days"), "what is done at once has 1 day at most");
    const auto from = domain::date_from_iso(terms.effective_from);
    const auto to = domain::date_from_iso(terms.ends_on);
    if (from && to && *to < *from)
        problems.add(place_of(place, "ends_on"), "lies before effective_from");
    if (terms.state != ItemState::in_use && terms.ends_on.empty())
        problems.add(place_of(place, "ends_on"), "missing: the last day on which it was taken");
}

void lint_lenient(const ServiceItem& item, const std::string& place, Problems& problems) {
    if (item.terms.lenient != LenientClass::a) return;
    const std::string materials = place_of(place, "materials");
    for (std::size_t i = 0; i < item.materials.size(); ++i)
        if (item.materials[i].source == MaterialSource::later)
            problems.add(place_of(place_of(materials, i), "source"),
                         "class A: nothing may follow later");
}

void lint_office(const std::optional<Office>& office, const std::string& place,
                 Problems& problems) {
    if (office && !office->credit_code.empty() && domain::fault_of_credit_code(office->credit_code))
        problems.add(place_of(place, "credit_code"), "not a credit code (GB 32100)");
}

void lint_offices(const ServiceItem& item, const std::string& place, Problems& problems) {
    const auto& terms = item.terms;
    lint_office(terms.receiving_office, place_of(place, "receiving_office"), problems);
    lint_office(terms.deciding_office, place_of(place, "deciding_office"), problems);
    if (terms.deciding_field.empty()) return;
    const std::string at = place_of(place_of(place, "deciding_by"), "field");
    if (!terms.receiving_office || !terms.deciding_office)
        problems.add(at, "names the receiving and the deciding office of this place, too");
    for (const auto& page : item.form)
        for (const auto& field : page.fields)
            if (field.key == terms.deciding_field && field.type == FieldType::division) return;
    problems.add(at, "no field for a division has this key");
}

template <class List>
void refuse_repeats(const List& list, const std::string& place, Problems& problems) {
    std::set<typename List::value_type> seen;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (!seen.insert(list[i]).second) problems.add(place_of(place, i), "stands twice");
}

// The names that the choice of delivery takes for itself.
void lint_delivery(const ServiceItem& item, const std::string& place, Problems& problems) {
    if (item.terms.delivery.size() < 2) return;
    for (std::size_t i = 0; i < item.situation.size(); ++i)
        if (item.situation[i].id == delivery_question)
            problems.add(place_of(place_of(place_of(place, "situation"), i), "id"),
                         "asked already: the list of deliveries makes this question");
    for (std::size_t p = 0; p < item.form.size(); ++p)
        for (std::size_t f = 0; f < item.form[p].fields.size(); ++f)
            if (item.form[p].fields[f].key.starts_with(delivery_fields))
                problems.add(
                    place_of(place_of(place_of(place_of(place_of(place, "form"), p), "fields"), f),
                             "key"),
                    "out. belongs to the list of deliveries");
}

}  // namespace

void lint_terms(const ServiceItem& item, const std::string& place, Problems& problems) {
    lint_days(item, place, problems);
    lint_lenient(item, place, problems);
    lint_offices(item, place, problems);
    refuse_repeats(item.terms.levels, place_of(place, "levels"), problems);
    refuse_repeats(item.terms.delivery, place_of(place, "delivery"), problems);
    lint_delivery(item, place, problems);
    if (item.letter.ordinary_days != 0 && item.letter.ordinary_days < item.promised_days)
        problems.add(place_of(place_of(place, "letter"), "ordinary_days"),
                     "shorter than the days that are promised");
}

}  // namespace catalogue::reading
