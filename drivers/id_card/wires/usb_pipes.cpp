#include "drivers/id_card/wires/usb_pipes.hpp"

#include <algorithm>

namespace drivers::id_card {

namespace {

using usb::Endpoint;
using usb::TransferKind;

const Endpoint* first_of(const std::vector<Endpoint>& endpoints, TransferKind kind, bool in) {
    for (const auto& endpoint : endpoints)
        if (endpoint.kind == kind && endpoint.is_in() == in) return &endpoint;
    return nullptr;
}

Pipes pair(std::uint8_t out, std::uint8_t in, bool reports) {
    return {out, out, in, in, reports};
}

}  // namespace

base::Result<Pipes> choose_pipes(Speaks speaks, const std::vector<Endpoint>& endpoints) {
    const auto has = [&](std::uint8_t address) {
        return std::any_of(endpoints.begin(), endpoints.end(),
                           [&](const Endpoint& endpoint) { return endpoint.address == address; });
    };
    if (speaks == Speaks::by_descriptors) {
        if (has(0x02) && has(0x06) && has(0x81) && has(0x85))
            return Pipes{0x02, 0x06, 0x81, 0x85, false};
        const auto* in = first_of(endpoints, TransferKind::bulk, true);
        const auto* out = first_of(endpoints, TransferKind::bulk, false);
        if (in != nullptr && out != nullptr) return pair(out->address, in->address, false);
    }
    const auto* in = first_of(endpoints, TransferKind::interrupt, true);
    if (speaks == Speaks::never || in == nullptr)
        return base::fail(base::FaultCode::CardReaderAbsent, "endpoints");
    const auto* out = first_of(endpoints, TransferKind::interrupt, false);
    return pair(out != nullptr ? out->address : usb::report_pipe, in->address, true);
}

}  // namespace drivers::id_card
