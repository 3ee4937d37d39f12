#include "drivers/cabinet/ups/ups_answer.hpp"

#include <charconv>

namespace drivers::cabinet {

namespace {

// Whole part of "85" or "85.0"; none when it is no number from 0 to `most`.
std::optional<int> number(std::string_view text, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0 || value > most) return std::nullopt;
    std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (!rest.empty() && rest.front() == '.') {
        rest.remove_prefix(1);
        if (rest.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
        rest = {};
    }
    if (!rest.empty()) return std::nullopt;
    return value;
}

std::string_view next_part(std::string_view& text, char separator) {
    const auto end = text.find(separator);
    const auto part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    return text;
}

}  // namespace

base::Result<UpsAnswer> read_ups_answer(std::string_view text) {
    constexpr int longest_s = 7 * 24 * 3600;
    UpsAnswer answer;
    bool on_line = false;
    while (!text.empty()) {
        auto line = next_part(text, '\n');
        const auto name = trimmed(next_part(line, ':'));
        auto value = trimmed(line);
        if (name == "battery.charge") {
            answer.charge = number(value, 100);
        } else if (name == "battery.runtime") {
            answer.runtime_min = number(value, longest_s);
            if (answer.runtime_min) *answer.runtime_min /= 60;
        } else if (name == "ups.status") {
            while (!value.empty()) {
                const auto word = next_part(value, ' ');
                on_line = on_line || word == "OL";
                answer.on_battery = answer.on_battery || word == "OB";
                answer.battery_low = answer.battery_low || word == "LB";
                answer.shutting_down = answer.shutting_down || word == "FSD";
            }
        }
    }
    if (!on_line && !answer.on_battery) return base::fail(base::FaultCode::UpsSilent, "status");
    return answer;
}

domain::Power power_of(const UpsAnswer& answer, const domain::PowerLimits& limits) {
    using domain::PowerLevel;
    domain::Power power{PowerLevel::mains, answer.charge, answer.runtime_min};
    const bool little = (answer.charge && *answer.charge <= limits.low_percent) ||
                        (answer.runtime_min && *answer.runtime_min <= limits.low_minutes);
    if (answer.shutting_down || (answer.on_battery && answer.battery_low))
        power.level = PowerLevel::critical;
    else if (answer.on_battery)
        power.level = little ? PowerLevel::low : PowerLevel::battery;
    return power;
}

}  // namespace drivers::cabinet
