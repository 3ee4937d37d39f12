// The table of divisions: read strictly, and every line that does not fit into the tree named with
// its mend.
#include "catalogue/reading/pack_parts.hpp"
#include "domain/dates.hpp"

#include <set>

namespace catalogue::reading {

namespace {

bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

Division read_unit(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Division unit;
    unit.code = object.text("code");
    unit.name = object.words("name");
    unit.initial = object.optional_text("initial");
    if (!unit.initial.empty() && (unit.initial.size() != 1 || !is_letter(unit.initial[0])))
        object.problem("initial", "expected one letter A to Z");
    // The English name is the pinyin, so most units need no letter of their own.
    if (unit.initial.empty() && !unit.name.en.empty() && is_letter(unit.name.en[0]))
        unit.initial = unit.name.en.substr(0, 1);
    return unit;
}

AbolishedDivision read_abolished(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    AbolishedDivision unit;
    unit.code = object.text("code");
    unit.name = object.words("name");
    unit.successor = object.text("successor");
    return unit;
}

bool is_code(const std::string& code) {
    return (code.size() == 6 || code.size() == 9 || code.size() == 12) &&
           code.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

DivisionTable read_divisions(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    DivisionTable table;
    table.edition = object.text("edition");
    if (!table.edition.empty() && !domain::date_from_iso(table.edition))
        object.problem("edition", "expected the date of the official list, e.g. 2026-08-31");
    object.each("units", 1, 20'000, [&](const Json& each, const std::string& at) {
        table.units.push_back(read_unit(each, at, problems));
    });
    object.each_if_there("abolished", 2'000, [&](const Json& each, const std::string& at) {
        table.abolished.push_back(read_abolished(each, at, problems));
    });
    return table;
}

void lint_divisions(const DivisionTable& table, const std::string& place, Problems& problems) {
    std::set<std::string> codes;
    const std::string units = place_of(place, "units"), abolished = place_of(place, "abolished");
    const auto check = [&](const std::string& code, const std::string& at) {
        if (code.empty()) return;
        if (!is_code(code))
            problems.add(at, "expected 6 digits (to the county), 9 (town) or 12 (village)");
        else if (!codes.insert(code).second)
            problems.add(at, "stands twice: keep one line of " + code);
    };
    for (std::size_t i = 0; i < table.units.size(); ++i)
        check(table.units[i].code, place_of(place_of(units, i), "code"));
    for (std::size_t i = 0; i < table.units.size(); ++i) {
        const std::string above = code_above(table.units[i].code);
        if (is_code(table.units[i].code) && !above.empty() && !codes.contains(above))
            problems.add(place_of(place_of(units, i), "code"),
                         "no unit " + above + " above it: add that or mend this code");
    }
    const std::set<std::string> standing = codes;
    for (std::size_t i = 0; i < table.abolished.size(); ++i) {
        const auto& unit = table.abolished[i];
        check(unit.code, place_of(place_of(abolished, i), "code"));
        if (!unit.successor.empty() && !standing.contains(unit.successor))
            problems.add(place_of(place_of(abolished, i), "successor"),
                         "no unit of the list has this code: name one that stands");
    }
}

}  // namespace catalogue::reading
