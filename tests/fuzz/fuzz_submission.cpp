// Whatever an envelope held, checking it ends in a refusal or in a submission that reads the same
// again. Run in the root of the checkout: the sample county is the catalogue.
#include "base/assert.hpp"
#include "catalogue/pack_reader.hpp"
#include "catalogue/submission_json.hpp"

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
    const base::Date today{std::chrono::year{2026} / 11 / 22};
    const auto checked = catalogue::check_submission({data, size}, sample_county(), today);
    if (!checked) return 0;
    const auto again =
        catalogue::check_submission(base::to_bytes(checked->json), sample_county(), today);
    KIOSK_ASSERT(again.has_value() && again->json == checked->json);
    return 0;
}
