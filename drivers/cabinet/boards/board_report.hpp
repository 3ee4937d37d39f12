// The reports of the project's own USB-HID board (README.md): six bytes from it, four bytes to it.
// Pure.
#pragma once

#include "base/bytes.hpp"
#include "drivers/cabinet/cabinet_board.hpp"

#include <optional>

namespace drivers::cabinet {

inline constexpr std::size_t lines_report_size = 6, lamps_report_size = 4;

// None: not such a report, or of another version. Lines that this program does not know are left
// out, and a line that is not fitted is never set.
std::optional<Reading> read_lines_report(base::ByteView bytes);
base::Bytes lines_report(const Reading& reading);

std::optional<domain::Lamps> read_lamps_report(base::ByteView bytes);
base::Bytes lamps_report(const domain::Lamps& lamps);

}  // namespace drivers::cabinet
