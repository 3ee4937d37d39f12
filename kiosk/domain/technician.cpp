#include "domain/technician.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace domain {

namespace {

constexpr std::array<std::string_view, right_count> rights{"courier", "service", "machine"};
constexpr std::array<std::string_view, 4> works{"register", "export", "import", "bundles"};
constexpr std::array<std::string_view, pause_reason_count> reasons{"maintenance", "paper", "device",
                                                                   "network"};
constexpr std::array<std::string_view, pause_length_count> lengths{"half_an_hour", "two_hours",
                                                                   "day", "unknown"};

template <class Enum, std::size_t N>
std::optional<Enum> from(const std::array<std::string_view, N>& names, std::string_view word) {
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view name(Right right) {
    return rights.at(static_cast<std::size_t>(right));
}
std::optional<Right> right_from(std::string_view word) {
    return from<Right>(rights, word);
}

bool is_technician_label(std::string_view label) {
    return label.size() >= 3 && label.size() <= 10 && label[0] >= 'A' && label[0] <= 'Z' &&
           label[1] == '-' && all_digits(label.substr(2));
}

bool is_pin(std::string_view pin) {
    return pin.size() >= pin_digits_min && pin.size() <= pin_digits_max && all_digits(pin);
}

base::Millis delay_after(int wrong) {
    using std::chrono::seconds;
    constexpr seconds longest{3600};
    if (wrong <= 0) return base::Millis{0};
    const int doubled = std::min(wrong - 1, 10);
    return std::min<base::Millis>(seconds{15 << doubled}, longest);
}

base::Millis wait_left(const SignInGate& gate, base::Instant now) {
    const auto delay = delay_after(gate.wrong);
    const auto passed = std::chrono::duration_cast<base::Millis>(now - gate.last_wrong);
    if (passed < base::Millis{0}) return delay;
    return std::max(base::Millis{0}, delay - passed);
}

std::string_view name(CourierWork work) {
    return works.at(static_cast<std::size_t>(work));
}
std::optional<CourierWork> courier_work_from(std::string_view word) {
    return from<CourierWork>(works, word);
}

std::string_view name(PauseReason reason) {
    return reasons.at(static_cast<std::size_t>(reason));
}
std::string_view name(PauseLength length) {
    return lengths.at(static_cast<std::size_t>(length));
}

std::optional<base::Instant> ServicePause::until() const {
    using std::chrono::minutes;
    if (length == PauseLength::half_an_hour) return since + minutes{30};
    if (length == PauseLength::two_hours) return since + minutes{120};
    return std::nullopt;
}

std::string as_line(const ServicePause& pause) {
    return std::string(name(pause.reason)) + " " + std::string(name(pause.length)) + " " +
           std::to_string(pause.since.time_since_epoch().count());
}

std::optional<ServicePause> pause_from(std::string_view line) {
    const auto first = line.find(' ');
    const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto reason = from<PauseReason>(reasons, line.substr(0, first));
    const auto length = from<PauseLength>(lengths, line.substr(first + 1, second - first - 1));
    std::int64_t since = -1;
    const auto [end, problem] =
        std::from_chars(line.data() + second + 1, line.data() + line.size(), since);
    if (!reason || !length || problem != std::errc{} || end != line.data() + line.size() ||
        since < 0)
        return std::nullopt;
    return ServicePause{*reason, *length, base::Instant{base::Millis{since}}};
}

}  // namespace domain
