// How an item is handled, from when to when, by whom, and how its result is had.
#include "catalogue/reading/pack_parts.hpp"
#include "catalogue/reading/words.hpp"
#include "domain/dates.hpp"

namespace catalogue::reading {

namespace {

Office read_office(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Office office;
    office.name = object.words("name");
    office.credit_code = object.text("credit_code");
    return office;
}

std::optional<Office> office_if_there(StrictObject& item, std::string_view key,
                                      Problems& problems) {
    const Json* json = item.find(key);
    if (json == nullptr) return std::nullopt;
    return read_office(*json, item.place_of(key), problems);
}

std::string date_if_there(StrictObject& item, std::string_view key) {
    if (item.find(key) == nullptr) return {};
    std::string text = item.text(key);
    if (!text.empty() && !domain::date_from_iso(text))
        item.problem(key, "expected a date, e.g. 2026-11-22");
    return text;
}

// A word of a list; what is no such word is a problem.
template <class Enum, std::size_t N>
void read_word(const Json& json, const std::string& at, const Names<Enum, N>& names,
               std::vector<Enum>& into, Problems& problems) {
    const auto* word = json.as<std::string>();
    std::string expected;
    for (const auto& [name, value] : names) {
        if (word != nullptr && *word == name) return into.push_back(value);
        expected += (expected.empty() ? "" : ", ") + std::string(name);
    }
    problems.add(at, "expected one of: " + expected);
}

}  // namespace

ItemTerms read_terms(StrictObject& item, Problems& problems) {
    ItemTerms terms;
    if (item.find("process_kind") != nullptr)
        terms.process_kind = item.named("process_kind", process_kinds);
    terms.once_mode = item.number_or("once_mode", 1, 4, 0);
    if (item.find("lenient") != nullptr) terms.lenient = item.named("lenient", lenient_classes);
    item.each_if_there("levels", 3, [&](const Json& each, const std::string& at) {
        read_word(each, at, levels, terms.levels, problems);
    });
    terms.state = item.named_or("state", item_states, ItemState::in_use);
    terms.effective_from = date_if_there(item, "effective_from");
    terms.ends_on = date_if_there(item, "ends_on");
    terms.receiving_office = office_if_there(item, "receiving_office", problems);
    terms.deciding_office = office_if_there(item, "deciding_office", problems);
    if (const Json* json = item.find("deciding_by")) {
        StrictObject object(*json, item.place_of("deciding_by"), problems);
        terms.deciding_field = object.text("field");
        terms.deciding_there = object.words("name");
    }
    item.each_if_there("delivery", 5, [&](const Json& each, const std::string& at) {
        read_word(each, at, deliveries, terms.delivery, problems);
    });
    return terms;
}

}  // namespace catalogue::reading
