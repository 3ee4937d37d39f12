// The bytes that make a receipt printer print a slip. Pure. Only what a slip needs: it is drawn by
// the terminal, so no text, no code page and no QR command is ever sent (a printer that does not
// know one prints it as garbage). Facts: README.md of drivers/printer/escpos.
#pragma once

#include "base/bytes.hpp"
#include "domain/picture.hpp"

#include <array>
#include <cstdint>

namespace drivers::printer::escpos {

// Chosen by the host, printable, told apart from every other one of the last ten thousand slips.
using ProcessId = std::array<std::uint8_t, 4>;
ProcessId process_id(std::uint64_t number);

inline constexpr int band_rows_max = 256;
inline constexpr std::array<int, 2> slip_widths{384, 576};  // dots of 58 mm and of 80 mm paper

base::Bytes initialise();                 // modes as after power on; mends no real error
base::Bytes panel_buttons(bool enabled);  // the feed button
base::Bytes automatic_status(bool on);    // ASB: at once, and then at every change
base::Bytes feed_lines(int lines);        // 0…255
base::Bytes partial_cut(int feed = 0);    // fed to the cutter first; the slip hangs on until pulled
base::Bytes ask_process_id(const ProcessId&);  // answered when all before it has been printed
base::Bytes ask_paper_in_order();              // GS r 1: answered when all before it was processed

enum class RealtimeQuery : std::uint8_t {
    printer = 1,
    offline_cause = 2,
    error_cause = 3,
    paper = 4
};
base::Bytes ask_now(RealtimeQuery query);  // DLE EOT

// The picture in bands of at most 256 rows; bits beyond its width are blank.
base::Bytes raster(const domain::BitPicture& picture);

// Initialising turns automatic status and the feed button back, so they come with it.
base::Bytes set_up();

// All of one slip: modes, picture, cut.
base::Bytes slip(const domain::BitPicture& picture);

}  // namespace drivers::printer::escpos
