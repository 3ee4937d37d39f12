// Whatever an envelope held, checking it as somebody's words ends in a refusal or in words that
// read the same again. Run in the root of the checkout: the sample county is the catalogue.
#include "base/assert.hpp"
#include "catalogue/pack_reader.hpp"
#include "catalogue/voice.hpp"

#include <cstddef>
#include <cstdint>

namespace {

const catalogue::Pack& sample_county() {
    static const catalogue::Pack pack = [] {
        const auto bytes = base::read_file("kiosk/catalogue/packs/sample_county/pack.json");
        KIOSK_ASSERT(bytes.has_value());
        return catalogue::read_pack(*bytes).pack;
    }();
    return pack;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto checked = catalogue::check_voice({data, size}, sample_county());
    if (!checked) return 0;
    const auto again = catalogue::check_voice(base::to_bytes(checked->json), sample_county());
    KIOSK_ASSERT(again.has_value() && again->json == checked->json);
    return 0;
}
