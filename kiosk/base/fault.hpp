// Fault: what went wrong, in one enum for the whole project. faults.toml is the catalogue: for each
// code who can mend it, what the citizen reads and what the technician reads.
#pragma once

#include "base/fault_codes.hpp"  // generated from faults.toml: enum class FaultCode
#include "base/locale.hpp"

#include <string>
#include <string_view>

namespace base {

enum class Mender { citizen, attendant, technician, centre, nobody };

struct Fault {
    FaultCode code{};
    std::string safe_detail;  // for logs and technicians: never a person's data

    friend bool operator==(const Fault&, const Fault&) = default;
};

struct FaultEntry {
    std::string_view name;
    Mender mender;
    std::string_view citizen_zh;
    std::string_view citizen_en;
    std::string_view technician_zh;
};

const FaultEntry& entry(FaultCode code);
std::string_view name(FaultCode code);
std::string_view citizen_text(FaultCode code, Locale locale);
std::string_view name(Mender mender);

}  // namespace base
