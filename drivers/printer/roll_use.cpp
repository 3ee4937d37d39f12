#include "drivers/printer/roll_use.hpp"

#include <charconv>

namespace drivers::printer {

namespace {

// More slips than this are halved with their paper: the last few hundred say what is usual here.
constexpr std::int64_t most_slips = 400;
constexpr std::int64_t longest_slip_mm = 10'000;

}  // namespace

void RollUse::add(std::int64_t millimetres_of_slip) {
    if (millimetres_of_slip < 1 || millimetres_of_slip > longest_slip_mm) return;
    if (slips >= most_slips) {
        slips /= 2;
        millimetres /= 2;
    }
    ++slips;
    millimetres += millimetres_of_slip;
}

std::string roll_use_file(const std::string& ledger_file) {
    return ledger_file + ".lengths";
}

std::string as_text(const RollUse& use) {
    return std::to_string(use.slips) + " " + std::to_string(use.millimetres) + "\n";
}

RollUse read_roll_use(std::string_view text) {
    RollUse use;
    const char* const end = text.data() + text.size();
    const auto slips = std::from_chars(text.data(), end, use.slips);
    if (slips.ec != std::errc{} || slips.ptr == end || *slips.ptr != ' ') return {};
    const auto length = std::from_chars(slips.ptr + 1, end, use.millimetres);
    if (length.ec != std::errc{} || std::string_view(length.ptr, end) != "\n") return {};
    const bool sound = use.slips > 0 && use.slips <= most_slips && use.millimetres >= use.slips &&
                       use.millimetres <= use.slips * longest_slip_mm;
    return sound ? use : RollUse{};
}

std::int64_t slips_of_a_roll(const RollUse& use, int metres) {
    if (!use.known() || metres <= 0) return 0;
    return std::int64_t{metres} * 1000 * use.slips / use.millimetres;
}

}  // namespace drivers::printer
