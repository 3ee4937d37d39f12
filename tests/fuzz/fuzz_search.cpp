// Whatever bytes somebody searches for, the answer is services of the pack, each once and no more
// than were asked for; and typing goes on from what was found.
#include "base/bytes.hpp"
#include "catalogue/pack_reader.hpp"
#include "catalogue/search.hpp"

#include <cstddef>
#include <cstdint>
#include <set>

namespace {

const catalogue::Pack& pack() {
    static const catalogue::Pack read_once = [] {
        const auto bytes = base::read_file("kiosk/catalogue/packs/sample_county/pack.json");
        if (!bytes) __builtin_trap();
        return catalogue::read_pack(*bytes).pack;
    }();
    return read_once;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view query = base::as_text({data, size});
    std::set<const catalogue::ServiceItem*> seen;
    for (const auto& found : catalogue::find_services(pack(), query, 5)) {
        if (!seen.insert(found.item).second) __builtin_trap();
        if (pack().find_item(found.item->code) != found.item) __builtin_trap();
    }
    if (seen.size() > 5) __builtin_trap();
    return 0;
}
