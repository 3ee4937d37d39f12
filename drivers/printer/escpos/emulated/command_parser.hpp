// The bytes a host sends to a receipt printer, taken apart: the printer's side of codec/commands.
// Pure. Bytes that begin no command known here are text, which a real printer prints as characters.
#pragma once

#include "drivers/printer/escpos/codec/commands.hpp"

#include <deque>
#include <optional>
#include <variant>

namespace drivers::printer::escpos {

struct Initialise {};
struct PanelButtons {
    bool enabled = true;
};
struct AutomaticStatusWanted {
    std::uint8_t mask = 0;
};
struct Feed {
    int lines = 0;
};
struct Cut {};
struct RasterBand {
    int row_bytes = 0, rows = 0;
    base::Bytes bits;
};
struct ProcessQuestion {
    ProcessId id{};
};
struct OrderQuestion {};
struct RealtimeQuestion {
    RealtimeQuery query{};
};
struct TextByte {
    std::uint8_t byte = 0;
};
using Command = std::variant<Initialise, PanelButtons, AutomaticStatusWanted, Feed, Cut, RasterBand,
                             ProcessQuestion, OrderQuestion, RealtimeQuestion, TextByte>;

// The first command of `bytes`, taken out of them; none while it is not complete.
std::optional<Command> take_command(std::deque<std::uint8_t>& bytes);

}  // namespace drivers::printer::escpos
