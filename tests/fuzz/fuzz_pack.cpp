// Whatever bytes a pack is made of, reading it ends, with a list of problems or with a pack
// without.
#include "catalogue/application.hpp"
#include "catalogue/pack_reader.hpp"
#include "catalogue/search.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = catalogue::read_pack({data, size});
    if (!read.problems.empty()) return 0;
    // What lints clean can be asked for every condition without a fact being known.
    const auto& divisions = read.pack.divisions;
    for (const auto& unit : divisions.units) {
        const auto place = catalogue::place_of_code(divisions, unit.code);
        catalogue::village_of_address(divisions, place.name);
        if (!agrees(divisions, place) && unit.code.size() == 12) __builtin_trap();
    }
    for (const auto& old : divisions.abolished) divisions.full_name(old.code);
    const auto is_found = [&](const std::string& words, const catalogue::ServiceItem& item) {
        for (const auto& found : catalogue::find_services(read.pack, words, SIZE_MAX))
            if (found.item == &item) return true;
        return words.size() > 1024;  // nobody asks with that much
    };
    for (const auto& item : read.pack.items) {
        if (!is_found(item.name.zh, item) || !is_found(item.name_pinyin, item)) __builtin_trap();
        for (const auto& keyword : item.keywords)
            if (!is_found(keyword.zh, item) || !is_found(keyword.pinyin, item)) __builtin_trap();
        catalogue::stop_for(item, {});
        catalogue::next_question(item, {}, {});
        catalogue::materials_for(item, {}, base::Date{std::chrono::year{2026} / 11 / 22});
        for (const auto& fact : item.facts) catalogue::evaluate(fact.value, {});
    }
    return 0;
}
