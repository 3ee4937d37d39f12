#include "catalogue/reading/known_facts.hpp"

#include <algorithm>

namespace catalogue::reading {

KnownFacts::KnownFacts(const ServiceItem& item, const std::string& place, Problems& problems) {
    for (const char* name :
         {"today", "card.birth_date", "card.sex", "card.name", "terminal.division"})
        answered_before_[name] = 0;
    for (std::size_t i = 0; i < item.situation.size(); ++i) {
        const std::string& id = item.situation[i].id;
        if (id.empty()) continue;
        if (is_known(id) || id.starts_with("field."))
            problems.add(place_of(place_of(place_of(place, "situation"), i), "id"),
                         "another fact has this name");
        answered_before_[id] = i + 1;
    }
    for (std::size_t i = 0; i < item.facts.size(); ++i) {
        const auto& fact = item.facts[i];
        const std::string at = place_of(place_of(place, "facts"), i);
        check(fact.value, place_of(at, "value"), item.situation.size(), problems);
        if (fact.name.empty()) continue;
        if (is_known(fact.name) || fact.name.starts_with("field."))
            problems.add(place_of(at, "name"), "another fact has this name");
        std::size_t needed = 0;
        for (const auto& name : facts_read_by(fact.value))
            if (is_known(name)) needed = std::max(needed, answered_before_[name]);
        answered_before_[fact.name] = needed;
    }
}

void KnownFacts::check(const Expression& expression, const std::string& place,
                       std::size_t questions_asked, Problems& problems) const {
    for (const auto& name : facts_read_by(expression)) {
        const auto found = answered_before_.find(name);
        if (found == answered_before_.end())
            problems.add(place, "reads " + name + ", which no fact before it has as its name");
        else if (found->second > questions_asked)
            problems.add(place, "reads " + name + ", which is answered only later");
    }
}

void KnownFacts::check_placeholders(const Text& text, const std::string& place,
                                    Problems& problems) const {
    for (const auto& [language, words] : {std::pair{"zh", &text.zh}, std::pair{"en", &text.en}})
        for (auto open = words->find('{'); open != std::string::npos;
             open = words->find('{', open + 1)) {
            const auto close = words->find('}', open);
            const std::string name =
                close == std::string::npos ? "" : words->substr(open + 1, close - open - 1);
            if (!is_known(name))
                problems.add(place_of(place, language), "{" + name + "} names no known fact");
        }
}

void refuse_placeholders(const Text& text, const std::string& place, Problems& problems) {
    for (const auto& [language, words] : {std::pair{"zh", &text.zh}, std::pair{"en", &text.en}})
        if (words->find('{') != std::string::npos)
            problems.add(place_of(place, language), "only the texts of a stop and the hint of a page have {facts}");
}

}  // namespace catalogue::reading
