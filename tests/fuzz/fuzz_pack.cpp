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
    for (const auto& item : read.pack.items) {
        catalogue::stop_for(item, {});
        catalogue::next_question(item, {}, {});
        catalogue::materials_for(item, {}, base::Date{std::chrono::year{2026} / 11 / 22});
        for (const auto& fact : item.facts) catalogue::evaluate(fact.value, {});
    }
    return 0;
}
