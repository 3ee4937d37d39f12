// Who looks after a terminal, by label only; how often somebody failed to sign in; and what the
// technician's pages show of outbox and audit record. Values and pure rules. Nothing of a citizen.
#pragma once

#include "base/clock.hpp"
#include "domain/local_receipt.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace domain {

// Looking is free for everybody on the list. courier: sticks. service: pauses and resumes.
// machine: restarts and shuts down.
enum class Right { courier, service, machine };
inline constexpr int right_count = 3;
std::string_view name(Right right);
std::optional<Right> right_from(std::string_view word);

struct Technician {
    std::string label;  // "T-0007"; stands in logs and records in place of a name
    std::set<Right> rights;
    bool may(Right right) const { return rights.contains(right); }
    friend bool operator==(const Technician&, const Technician&) = default;
};
// A letter, a hyphen, and 1 to 8 digits: nothing that could be a person's name.
bool is_technician_label(std::string_view label);

inline constexpr std::size_t pin_digits_min = 6, pin_digits_max = 16;
bool is_pin(std::string_view pin);

// Wrong tries in a row. The first costs fifteen seconds, each further one twice as long, an hour at
// most; after fifteen only the centre's answer opens (reliability-performance.md 3.3, row 3).
inline constexpr int wrong_tries_max = 15;
struct SignInGate {
    int wrong = 0;
    base::Instant last_wrong{};
    bool locked() const { return wrong >= wrong_tries_max; }
    friend bool operator==(const SignInGate&, const SignInGate&) = default;
};
base::Millis delay_after(int wrong);
// How long still; zero when a try is free. A clock that fell back shortens nothing.
base::Millis wait_left(const SignInGate& gate, base::Instant now);

// What a stick is for.
enum class CourierWork { register_stick, export_bundle, import_returns, list };
std::string_view name(CourierWork work);
std::optional<CourierWork> courier_work_from(std::string_view word);

// The outbox in numbers: by state and cause, never what is in it.
struct OutboxStock {
    std::int64_t waiting = 0, sending = 0, attention = 0;  // as in PostStatus
    std::optional<base::Instant> oldest{};                 // when the oldest of them was kept
    std::int64_t bytes = 0;                                // of the waiting and sending envelopes
    int used_percent = 0;                                  // of the room there is
    std::vector<std::pair<std::string, std::int64_t>> causes{};  // why set aside, how many
    ClockTrust clock_trust = ClockTrust::rtc;
    std::optional<base::Instant> last_contact{};  // in this run of the post
    bool sticks = false;                          // a place for one is set up
    friend bool operator==(const OutboxStock&, const OutboxStock&) = default;
};

// One line of the audit record.
struct AuditLine {
    base::Instant at{};
    std::string label, act, outcome;
    friend bool operator==(const AuditLine&, const AuditLine&) = default;
};

// A technician took the terminal out of service.
enum class PauseReason { maintenance, paper, device, network };
inline constexpr int pause_reason_count = 4;
std::string_view name(PauseReason reason);
enum class PauseLength { half_an_hour, two_hours, rest_of_the_day, unknown };
inline constexpr int pause_length_count = 4;
std::string_view name(PauseLength length);
struct ServicePause {
    PauseReason reason{};
    PauseLength length = PauseLength::unknown;
    base::Instant since{};
    // When service is expected back; none: another day, or unknown.
    std::optional<base::Instant> until() const;
    friend bool operator==(const ServicePause&, const ServicePause&) = default;
};
// Kept over a restart as one line: reason, length, since.
std::string as_line(const ServicePause& pause);
std::optional<ServicePause> pause_from(std::string_view line);

}  // namespace domain
