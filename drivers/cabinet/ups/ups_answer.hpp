// What `upsc` prints of a UPS: lines "name: value" (Network UPS Tools, docs/man/upsc; the names and
// the words of ups.status are those of its docs/nut-names and new-drivers chapters). Pure.
#pragma once

#include "base/result.hpp"
#include "domain/cabinet.hpp"

#include <optional>
#include <string_view>

namespace drivers::cabinet {

struct UpsAnswer {
    bool on_battery = false;         // OB
    bool battery_low = false;        // LB
    bool shutting_down = false;      // FSD
    std::optional<int> charge;       // battery.charge, percent
    std::optional<int> runtime_min;  // battery.runtime, whole minutes; it is told in seconds
    friend bool operator==(const UpsAnswer&, const UpsAnswer&) = default;
};

// UpsSilent when it does not say whether it is on mains or on battery. A number that makes no sense
// is left out.
base::Result<UpsAnswer> read_ups_answer(std::string_view text);
domain::Power power_of(const UpsAnswer& answer, const domain::PowerLimits& limits);

}  // namespace drivers::cabinet
