#include "base/fault.hpp"

#include <array>

namespace base {

namespace {
constexpr std::array<FaultEntry, fault_code_count> table{{
#include "fault_table.inc"
}};
}  // namespace

const FaultEntry& entry(FaultCode code) {
    return table.at(static_cast<std::size_t>(code));
}

std::string_view name(FaultCode code) {
    return entry(code).name;
}

std::string_view citizen_text(FaultCode code, Locale locale) {
    return locale == Locale::zh ? entry(code).citizen_zh : entry(code).citizen_en;
}

std::string_view name(Mender mender) {
    constexpr std::array<std::string_view, 5> names{"citizen", "attendant", "technician", "centre",
                                                    "nobody"};
    return names.at(static_cast<std::size_t>(mender));
}

}  // namespace base
