// Descriptors of a device that calls itself a reader: whatever endpoints it shows, two bytes each
// (address, kind), the pipes chosen are among them and lead the right way.
#include "drivers/id_card/wires/usb_pipes.hpp"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace drivers;
    if (size == 0) return 0;
    const auto speaks = static_cast<id_card::Speaks>(data[0] % 3);
    std::vector<usb::Endpoint> endpoints;
    for (std::size_t i = 1; i + 1 < size; i += 2)
        endpoints.push_back(
            {data[i], data[i + 1] % 2 == 0 ? usb::TransferKind::bulk : usb::TransferKind::interrupt,
             static_cast<std::uint16_t>(data[i + 1])});
    const auto pipes = id_card::choose_pipes(speaks, endpoints);
    if (!pipes) return 0;
    if (speaks == id_card::Speaks::never) std::abort();
    const auto shown = [&](std::uint8_t address) {
        return std::any_of(endpoints.begin(), endpoints.end(),
                           [&](const auto& endpoint) { return endpoint.address == address; });
    };
    for (const auto address : {pipes->out_header, pipes->out_body})
        if (pipes->reports && address == usb::report_pipe)
            continue;
        else if (!shown(address) || (address & 0x80u) != 0)
            std::abort();
    for (const auto address : {pipes->in_header, pipes->in_body})
        if (!shown(address) || (address & 0x80u) == 0) std::abort();
    if (pipes->reports && pipes->split()) std::abort();
    return 0;
}
