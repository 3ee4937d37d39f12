// A host that sends anything to the emulated receipt printer: every byte is taken once, as part of
// a command or as text, and what waits for more is never more than a command may need.
#include "drivers/printer/escpos/emulated/command_parser.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace drivers::printer::escpos;
    std::deque<std::uint8_t> bytes(data, data + size);
    for (;;) {
        const auto before = bytes.size();
        const auto command = take_command(bytes);
        if (!command) break;
        if (bytes.size() >= before) std::abort();
        if (const auto* band = std::get_if<RasterBand>(&*command))
            if (band->bits.size() !=
                static_cast<std::size_t>(band->rows) * static_cast<std::size_t>(band->row_bytes))
                std::abort();
    }
    return 0;
}
