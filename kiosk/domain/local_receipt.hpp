// What the citizen takes away when a submission is kept: nothing in it names a person.
#pragma once

#include "base/clock.hpp"
#include "domain/identifiers.hpp"

#include <cstdint>
#include <string>

namespace domain {

// How far the terminal trusts its own clock; stands in the receipt and the manifest.
enum class ClockTrust { none, rtc, ntp, server };

struct LocalReceipt {
    SubId sub_id;
    std::string local_number;  // 16 characters, last one MOD 37,36; shown in groups of four
    std::string
        look_up_code;  // 8 characters, beside the number on the slip: whoever holds it may ask
    std::int64_t seq = 0;
    base::Instant kept_at{};
    ClockTrust clock_trust = ClockTrust::none;
    std::string qr_text;  // CW1. … signed by the post, see offline/post/README.md
    friend bool operator==(const LocalReceipt&, const LocalReceipt&) = default;
};

}  // namespace domain
