// Recordings of USB traffic from anybody's file: reading them ends in a recording or a fault, what
// was understood is written back to the same, and taking people out changes no length.
#include "drivers/id_card/codec/card_redaction.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace drivers;
    const std::string text(data, data + size);
    const auto recording = usb::recording_from_text(text);
    if (!recording) return 0;
    const auto again = usb::recording_from_text(usb::as_text(*recording));
    if (!again || *again != *recording) std::abort();
    const auto without = id_card::without_people(*recording);
    if (without.exchanges.size() != recording->exchanges.size()) std::abort();
    for (std::size_t i = 0; i < without.exchanges.size(); ++i)
        if (without.exchanges[i].bytes.size() != recording->exchanges[i].bytes.size()) std::abort();
    return 0;
}
