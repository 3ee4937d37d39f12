#include "drivers/id_card/wires/usb_pipes.hpp"

#include <algorithm>
#include <optional>

namespace drivers::id_card {

namespace {

using usb::Endpoint;
using usb::TransferKind;

std::optional<Pipes> pair_of(const std::vector<Endpoint>& endpoints, TransferKind kind) {
    const auto first = [&](bool in) {
        return std::find_if(endpoints.begin(), endpoints.end(), [&](const Endpoint& endpoint) {
            return endpoint.kind == kind && endpoint.is_in() == in;
        });
    };
    const auto in = first(true), out = first(false);
    if (in == endpoints.end() || out == endpoints.end()) return std::nullopt;
    return Pipes{out->address, out->address, in->address, in->address, false};
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
        if (const auto pair = pair_of(endpoints, TransferKind::bulk)) return *pair;
    }
    auto reports = pair_of(endpoints, TransferKind::interrupt);
    if (speaks == Speaks::never || !reports)
        return base::fail(base::FaultCode::CardReaderAbsent, "endpoints");
    reports->reports = true;
    return *reports;
}

}  // namespace drivers::id_card
