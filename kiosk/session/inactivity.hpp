// How long each kind of page waits (ux.md 1.4), as pure functions of the session.
#pragma once

#include "domain/idle_times.hpp"
#include "session/session.hpp"

#include <optional>

namespace session {

// None: the page has its own limit (devices working, finished pages) or is Idle.
std::optional<domain::IdleLimits> limits_for(const Session& session,
                                             const domain::IdleTimes& times);
// How long modes and language chosen on the first page last without a touch.
base::Millis first_page_limit(const Session& session, const domain::IdleTimes& times);
// How long pages of input wait, in whole minutes: said before a long form (UX-067).
int input_minutes(const Session& session, const domain::IdleTimes& times);
// Seconds left on the warning's countdown.
int seconds_left(const Session& session, base::Instant now, const domain::IdleTimes& times);
// Seconds left on a finished page (receipt, rating), 0 when it has no countdown.
int closing_in(const Session& session, base::Instant now, const domain::IdleTimes& times);
base::Millis finished_limit(const Session& session, const domain::IdleTimes& times);

// ---- how fast somebody touches (UX-068)
// A touch after this much silence, with nothing else going on, is counted.
void count_touch_gap(TouchPace& pace, base::Millis gap);
// The median gap is longer than four seconds, over enough touches to say so.
bool is_slow(const TouchPace& pace);

// UX-069: nobody there for this long, then the curtain, then the warning on it, then the end.
inline constexpr std::chrono::seconds absence_until_hidden{10};
inline constexpr std::chrono::seconds hidden_until_warned{30};
inline constexpr std::chrono::seconds hidden_warning{30};

// UX-106: how often 请取走身份证 is due to be said, at 0, 5, 10, 20 seconds.
int card_calls_due(base::Millis waited);
inline constexpr std::chrono::seconds card_patience{30};       // then the session is cleared
inline constexpr std::chrono::seconds card_left_reported{60};  // then operations are told
// UX-163: paper seen in the tray holds the session open, for this long after the last page.
inline constexpr std::chrono::seconds paper_patience{30};
// How often 还有 n 张没取 is due to be said, at 0, 10, 20 seconds.
int paper_calls_due(base::Millis waited);
bool paper_waits(const Session& session, base::Instant now);

inline constexpr std::chrono::seconds farewell_time{5};

// UX-201: no answer for this long means no.
inline constexpr std::chrono::seconds elder_offer_time{5};
inline constexpr int elder_offer_age = 60;
// How long the camera looks for a code of settings.
inline constexpr std::chrono::seconds code_scan_limit{60};

// UX-256: signed in and nothing touched; before it, with a card; and by the centre's answer.
inline constexpr std::chrono::seconds technician_idle{300};
inline constexpr std::chrono::seconds technician_sign_in_limit{60};
inline constexpr std::chrono::seconds technician_answer_limit{15 * 60};
inline constexpr std::chrono::seconds cleaning_time{30};

// UX-103: what the page that waits for the card adds, and when.
inline constexpr std::chrono::seconds card_hold_still{3}, card_tips{10}, card_other_ways{30};

inline constexpr std::chrono::seconds card_wait_limit{120};
// UX-150, UX-151: what is being waited for is said after the first, another way is offered after
// the second, and a page that says what happened comes after the limit of each.
inline constexpr std::chrono::seconds wait_explained{10};
inline constexpr std::chrono::seconds wait_questioned{30};
inline constexpr std::chrono::seconds hand_in_limit{30};
inline constexpr std::chrono::seconds progress_limit{60};
// Paying: how often the centre is asked while the code is shown, how long an answer may take, how
// long it is asked on when the code's time is over; and how long a code is good whatever it says.
inline constexpr std::chrono::seconds pay_poll{3}, pay_answer_limit{15}, pay_settling{15};
inline constexpr std::chrono::seconds pay_code_limit{30 * 60}, pay_code_usual{10 * 60};
// UX-168: the centre says so many times that the time is over before the page does.
inline constexpr int pay_answers_wanted = 3;
inline constexpr std::chrono::seconds comparison_limit{60};
inline constexpr std::chrono::seconds print_limit{60};  // without a page coming out

}  // namespace session
