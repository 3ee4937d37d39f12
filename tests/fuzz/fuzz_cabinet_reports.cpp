// A cabinet's board that lies: reports of six bytes through the filter, and lamps read back.
#include "drivers/cabinet/boards/board_report.hpp"
#include "drivers/cabinet/line_filter.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace drivers::cabinet;
    base::ByteView rest(data, size);
    if (const auto lamps = read_lamps_report(rest))
        if (read_lamps_report(lamps_report(*lamps)) != lamps) std::abort();
    LineFilter filter(base::Millis{50});
    domain::CabinetLines told;
    told.set(static_cast<std::size_t>(domain::CabinetLine::presence));
    base::Millis now{0};
    while (!rest.empty()) {
        const auto piece = rest.first(std::min(rest.size(), lines_report_size));
        rest = rest.subspan(piece.size());
        now += base::Millis{piece.back()};
        const auto reading = read_lines_report(piece);
        if (!reading) continue;
        if ((reading->set & ~reading->fitted).any()) std::abort();
        for (const auto& change : filter.take(*reading, now)) {
            const auto line = static_cast<std::size_t>(change.line);
            if (told[line] == change.set) std::abort();  // told twice
            told[line] = change.set;
        }
    }
    return 0;
}
