// A receipt printer that says anything, in pieces: after a byte with its length each. Its state and
// health are computed after each piece; the first piece is also read as its name and its port.
#include "drivers/printer/escpos/codec/printer_state.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace drivers::printer::escpos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    base::ByteView rest(data, size);
    ReplyReader reader;
    PrinterState state;
    std::size_t replies = 0;
    while (!rest.empty()) {
        const std::size_t length = std::min<std::size_t>(rest.front(), rest.size() - 1);
        const auto piece = rest.subspan(1, length);
        rest = rest.subspan(1 + length);
        state.port = read_port_status(piece);
        if (const auto id = read_device_id(piece); id && id->model.size() > piece.size())
            std::abort();
        for (const auto& reply : reader.read(piece)) {
            ++replies;
            if (const auto* status = std::get_if<AutomaticStatus>(&reply)) apply(state, *status);
            if (const auto* answer = std::get_if<RealtimeAnswer>(&reply))
                apply(state, static_cast<RealtimeQuery>(1 + replies % 4), *answer);
        }
        const auto health = health_of(state);
        const bool stopped = stop_cause(state).has_value();
        if (stopped != (health.state == domain::DeviceState::unavailable)) std::abort();
    }
    if (replies + reader.strays() > size) std::abort();
    return 0;
}
