#include "base/bytes.hpp"
#include "catalogue/reading/known_facts.hpp"
#include "catalogue/reading/pack_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace catalogue::reading {

namespace {

void lint_codes(const ServiceItem& item, const std::string& place, Problems& problems) {
    if (item.code.size() != 12 || item.code.find_first_not_of("0123456789") != std::string::npos)
        problems.add(place_of(place, "code"), "expected 12 digits");
    if (item.implementation_code.size() != 31 || !item.implementation_code.ends_with(item.code))
        problems.add(place_of(place, "implementation_code"),
                     "expected 31 characters: body 18, level 1, code 12");
}

void lint_situation(const ServiceItem& item, const KnownFacts& known, const std::string& place,
                    Problems& problems) {
    for (std::size_t i = 0; i < item.situation.size(); ++i) {
        const auto& question = item.situation[i];
        const std::string at = place_of(place_of(place, "situation"), i);
        if (question.when) known.check(*question.when, place_of(at, "when"), i, problems);
        refuse_twins(
            question.options, place_of(at, "options"), "value",
            [](const SituationOption& option) { return option.value; }, problems);
        refuse_placeholders(question.text, place_of(at, "text"), problems);
        refuse_placeholders(question.help, place_of(at, "help"), problems);
    }
}

void lint_stops(const ServiceItem& item, const KnownFacts& known, const std::string& place,
                Problems& problems) {
    const std::string stops = place_of(place, "stops");
    refuse_twins(
        item.stops, stops, "id", [](const Stop& stop) { return stop.id; }, problems);
    for (std::size_t i = 0; i < item.stops.size(); ++i) {
        const auto& stop = item.stops[i];
        const std::string at = place_of(stops, i);
        known.check(stop.when, place_of(at, "when"), item.situation.size(), problems);
        known.check_placeholders(stop.title, place_of(at, "title"), problems);
        known.check_placeholders(stop.text, place_of(at, "text"), problems);
        known.check_placeholders(stop.next_step, place_of(at, "next_step"), problems);
    }
}

void lint_materials(const ServiceItem& item, const KnownFacts& known, const std::string& place,
                    Problems& problems) {
    const std::string materials = place_of(place, "materials");
    refuse_twins(
        item.materials, materials, "code", [](const Material& material) { return material.code; },
        problems);
    for (std::size_t i = 0; i < item.materials.size(); ++i) {
        const auto& material = item.materials[i];
        const std::string at = place_of(materials, i);
        if (material.when)
            known.check(*material.when, place_of(at, "when"), item.situation.size(), problems);
        const bool later = material.source == MaterialSource::later;
        if (later && material.lenient_days == 0)
            problems.add(place_of(at, "lenient_days"),
                         "missing: within how many days it is brought");
        if (!later && material.lenient_days != 0)
            problems.add(place_of(at, "lenient_days"), "only a material brought later has days");
        // Of a case that is decided on a letter the papers may come as long as the ordinary way
        // would have taken.
        const auto days = std::max(item.promised_days, item.letter.ordinary_days);
        if (later && material.lenient_days > days)
            problems.add(place_of(at, "lenient_days"),
                         fmt::format("longer than the promised {} days", days));
    }
}

// The first page of the guide holds the way in beside its lines, in the largest type, too.
constexpr std::size_t longest_essential = 30;

void lint_guide(const ServiceItem& item, const std::string& place, Problems& problems) {
    const std::string guide = place_of(place, "guide");
    for (std::size_t i = 0; i < item.guide.essentials.size(); ++i)
        if (base::count_code_points(item.guide.essentials[i].zh) > longest_essential)
            problems.add(place_of(place_of(place_of(guide, "essentials"), i), "zh"),
                         "longer than 30 characters");
    const auto& listed = item.guide.materials;
    for (const auto& material : item.materials)
        if (std::none_of(listed.begin(), listed.end(),
                         [&](const GuideRow& row) { return row.name == material.name; }))
            problems.add(place_of(guide, "materials"), "does not name " + material.name.zh);
}

}  // namespace

void lint_item(const ServiceItem& item, const std::string& place, Problems& problems) {
    const KnownFacts known(item, place, problems);
    lint_codes(item, place, problems);
    lint_situation(item, known, place, problems);
    lint_stops(item, known, place, problems);
    lint_materials(item, known, place, problems);
    lint_guide(item, place, problems);
    lint_materials_names(item, place, problems);
    lint_form(item, place, problems);
    lint_terms(item, place, problems);
    if (item.sensitive && !item.letter.template_id.empty())
        problems.add(place_of(place, "letter"),
                     "not for a service marked sensitive: nothing is granted on a promise there");
    // Voice, camera and reader may be out of order; a finger always signs.
    auto ways = item.letter.ways;
    std::sort(ways.begin(), ways.end());
    if (!item.letter.allows(SignatureWay::touch) ||
        std::adjacent_find(ways.begin(), ways.end()) != ways.end())
        problems.add(place_of(place_of(place, "letter"), "ways"),
                     "touch has to be among them, each once");
    refuse_placeholders(item.next_step, place_of(place, "next_step"), problems);
}

}  // namespace catalogue::reading
