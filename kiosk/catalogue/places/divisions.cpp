#include "catalogue/places/divisions.hpp"

#include "base/messages.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace catalogue {

namespace {

constexpr std::size_t county_digits = 6, town_digits = 9, village_digits = 12;

bool is_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_county(std::string_view code) {
    return code.size() == county_digits && !code.ends_with("00");
}

std::string own_name(const DivisionTable& table, std::string_view code, base::Locale locale) {
    if (const auto* unit = table.find(code)) return unit->name.in(locale);
    for (const auto& unit : table.abolished)
        if (unit.code == code) return unit.name.in(locale);
    return {};
}

std::string path(const DivisionTable& table, std::string_view code, base::Locale locale) {
    std::string text = own_name(table, code, locale);
    if (text.empty()) return text;
    const bool below = code.size() > county_digits;
    const std::string above = below ? path(table, code_above(code), locale) : std::string();
    if (above.empty()) return text;
    return locale == base::Locale::zh ? above + std::string(between_names) + text
                                      : text + ", " + above;
}

// The unit with the longest name that `rest` begins with; two of the same name say nothing.
const Division* beginning(const std::vector<const Division*>& units, std::string_view rest) {
    const Division* found = nullptr;
    bool twice = false;
    for (const Division* unit : units) {
        const std::string& name = unit->name.zh;
        if (name.empty() || !rest.starts_with(name)) continue;
        if (found != nullptr && found->name.zh.size() > name.size()) continue;
        twice = found != nullptr && found->name.zh.size() == name.size();
        found = unit;
    }
    return twice ? nullptr : found;
}

// The counties within a province or prefecture, or all of them.
std::vector<const Division*> counties(const DivisionTable& table, std::string_view region) {
    std::vector<const Division*> found;
    const auto digits = region.substr(0, region.ends_with("0000") ? 2 : 4);
    for (const auto& unit : table.units)
        if (is_county(unit.code) && unit.code.starts_with(digits)) found.push_back(&unit);
    return found;
}

}  // namespace

std::string code_above(std::string_view code) {
    if (code.size() == village_digits) return std::string(code.substr(0, town_digits));
    if (code.size() == town_digits) return std::string(code.substr(0, county_digits));
    if (code.size() != county_digits || code.ends_with("0000")) return {};
    return std::string(code.substr(0, code.ends_with("00") ? 2 : 4)) +
           (code.ends_with("00") ? "0000" : "00");
}

const Division* DivisionTable::find(std::string_view code) const {
    const auto found = std::find_if(units.begin(), units.end(),
                                    [&](const auto& unit) { return unit.code == code; });
    return found == units.end() ? nullptr : &*found;
}

std::vector<const Division*> DivisionTable::within(std::string_view code) const {
    std::vector<const Division*> parts;
    for (const auto& unit : units)
        if (code_above(unit.code) == code) parts.push_back(&unit);
    std::sort(parts.begin(), parts.end(), [](const Division* a, const Division* b) {
        return std::tie(a->initial, a->name.en, a->code) <
               std::tie(b->initial, b->name.en, b->code);
    });
    return parts;
}

Text DivisionTable::full_name(std::string_view code) const {
    Text name{path(*this, code, base::Locale::zh), path(*this, code, base::Locale::en)};
    for (const auto& unit : abolished) {
        if (unit.code != code) continue;
        const auto now = [&](const std::string& old, base::Locale locale) {
            return base::text(base::MessageId::place_now, locale,
                              {{"old", old}, {"new", path(*this, unit.successor, locale)}});
        };
        name = {now(name.zh, base::Locale::zh), now(name.en, base::Locale::en)};
    }
    return name;
}

bool DivisionTable::knows(std::string_view code) const {
    return !own_name(*this, code, base::Locale::zh).empty();
}

std::string place_text(const Place& place) {
    return place.code + " " + place.name;
}

Place place_from(std::string_view text) {
    const auto gap = text.find(' ');
    if (gap == std::string_view::npos || gap + 1 == text.size()) return {};
    const auto code = text.substr(0, gap);
    const bool digits =
        is_digits(code) && (code.size() == county_digits || code.size() == town_digits ||
                            code.size() == village_digits);
    if (!digits && code != elsewhere) return {};
    return {std::string(code), std::string(text.substr(gap + 1))};
}

Place place_of_code(const DivisionTable& table, std::string_view code) {
    if (!table.knows(code)) return {};
    return {std::string(code), table.full_name(code).zh};
}

Place place_by_hand(const DivisionTable& table, std::string_view under, std::string_view typed) {
    if (under.empty()) return {std::string(elsewhere), std::string(typed)};
    return {std::string(under),
            table.full_name(under).zh + std::string(between_names) + std::string(typed)};
}

bool agrees(const DivisionTable& table, const Place& place) {
    if (place.code == elsewhere) return !place.name.empty();
    if (!table.knows(place.code)) return false;
    const std::string name = table.full_name(place.code).zh;
    if (place.code.size() == village_digits) return place.name == name;
    const std::string above = name + std::string(between_names);
    return place.name.starts_with(above) && place.name.size() > above.size();
}

std::string village_of_address(const DivisionTable& table, std::string_view address) {
    std::string compact;
    std::copy_if(address.begin(), address.end(), std::back_inserter(compact),
                 [](char c) { return c != ' '; });
    std::string_view rest = compact;
    const auto take = [&](const std::vector<const Division*>& units) {
        const Division* unit = beginning(units, rest);
        if (unit != nullptr) rest.remove_prefix(unit->name.zh.size());
        return unit;
    };
    std::string_view region;
    if (const auto* province = take(table.within(""))) region = province->code;
    std::vector<const Division*> prefectures;
    for (const auto& unit : table.units)
        if (unit.code.size() == county_digits && unit.code.ends_with("00") &&
            !unit.code.ends_with("0000") && unit.code.starts_with(region.substr(0, 2)))
            prefectures.push_back(&unit);
    if (const auto* prefecture = take(prefectures)) region = prefecture->code;
    const auto* county = take(counties(table, region));
    const auto* town = county == nullptr ? nullptr : take(table.within(county->code));
    const auto* village = town == nullptr ? nullptr : take(table.within(town->code));
    return village == nullptr ? std::string() : village->code;
}

}  // namespace catalogue
