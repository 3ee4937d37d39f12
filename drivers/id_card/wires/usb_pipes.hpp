// Which pipes of a USB reader carry what, chosen from its descriptors: U1 four pipes (header and
// body of a frame apart), U2 one bulk pair (a frame in one transfer), U3 a pair of interrupt pipes
// (64-byte reports padded with zeros), or one that only leads in: reports go out by request. Pure.
// Without a usable pair: CardReaderAbsent "endpoints".
#pragma once

#include "base/result.hpp"
#include "drivers/id_card/reader_models.hpp"
#include "drivers/usb/usb_transport.hpp"

#include <cstdint>
#include <vector>

namespace drivers::id_card {

struct Pipes {
    std::uint8_t out_header = 0, out_body = 0, in_header = 0, in_body = 0;
    bool reports = false;

    bool split() const { return out_header != out_body; }
    friend bool operator==(const Pipes&, const Pipes&) = default;
};

inline constexpr std::size_t report_size = 64;

base::Result<Pipes> choose_pipes(Speaks speaks, const std::vector<usb::Endpoint>& endpoints);

}  // namespace drivers::id_card
