// Green, amber or red: how a terminal is, judged from its newest heartbeat, and why in plain
// Chinese, what matters most first. Pure.
#pragma once

#include "base/clock.hpp"
#include "offline/papers/heartbeat.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace offline::intake {

enum class Light { green, amber, red };
std::string_view name(Light light);

struct Cause {
    Light light{};
    std::string text;  // Chinese, for who looks after terminals
    friend bool operator==(const Cause&, const Cause&) = default;
};
struct Judgement {
    Light light = Light::green;
    std::vector<Cause> causes;  // the worst first
};

// A terminal tells at least every two hours that it is there.
inline constexpr std::chrono::hours silence_amber{5}, silence_red{24};

// Of what it said.
Judgement judge(const papers::HeartbeatContent& content);
// And of how long ago that was.
Judgement judge(const papers::HeartbeatContent& content, base::Instant received_at,
                base::Instant now);
// And of what else is known.
Judgement with(Judgement judgement, std::vector<Cause> more);
// One of which nothing was ever heard since it has its certificate.
Judgement never_heard(base::Instant issued_at, base::Instant now);

// The technician's sentence for a fault's name; the name itself when it is not known here.
std::string fault_zh(const std::string& fault);
// A device's part in Chinese: 证件读卡器.
std::string part_zh(std::string_view part);

}  // namespace offline::intake
