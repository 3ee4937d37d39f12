// Whatever bytes a pack is made of, reading it ends, with a list of problems or with a pack
// without.
#include "catalogue/application.hpp"
#include "catalogue/pack_reader.hpp"

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
    for (const auto& item : read.pack.items) {
        catalogue::stop_for(item, {});
        catalogue::next_question(item, {}, {});
        catalogue::materials_for(item, {}, base::Date{std::chrono::year{2026} / 11 / 22});
        for (const auto& fact : item.facts) catalogue::evaluate(fact.value, {});
    }
    return 0;
}
