// Between the panel's raw contacts and the page: only the finger that counts gets through (UX-011),
// and a panel that flickers, floods or sticks is recognised and held back before it presses
// anything. A small machine without effects: contacts and time go in, the page's touches come out.
// Main thread; time is handed in.
#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "ui/widgets/touch.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace ui::shell {

// One thing the panel says about one contact.
struct Contact {
    widgets::TouchKind kind = widgets::TouchKind::down;
    std::uint64_t finger = 0;
    theme::Point at;
    base::Millis when{};  // steady
};

enum class TouchTrouble {
    none,
    flickers,  // one place goes down and up faster than a finger can
    floods,    // more contacts than ten fingers make
    stuck,     // a contact that does not lift
};
// What it means for the technician; none has no fault.
std::optional<base::FaultCode> fault_of(TouchTrouble trouble);

struct TouchHealthRules {
    float same_place = 16;           // px: 4 mm
    base::Millis bounce{40};         // no finger lifts and lands again in less
    int flicker_count = 7;           // downs at one place …
    base::Millis flicker_time{500};  // … in this time; the fastest finger makes 6
    int flood_count = 60;            // downs anywhere in a second; ten drumming fingers make 50
    base::Millis palm{1000};         // a contact that rests so long gives way to a new one
    base::Millis stuck_still{30'000};
    base::Millis stuck_moving{120'000};
    base::Millis quiet{2000};  // without trouble: it is well again
};

class TouchHealth {
  public:
    explicit TouchHealth(TouchHealthRules rules = {}) : rules_(rules) {}

    // What the page is told of it, if anything.
    std::vector<widgets::TouchEvent> take(const Contact& contact);
    // Time went on: contacts stick, troubles end.
    std::vector<widgets::TouchEvent> pass_time(base::Millis now);

    TouchTrouble trouble() const { return trouble_; }

  private:
    struct Down {
        theme::Point at, rests_at;
        base::Millis since{}, rests_since{};
    };
    struct Mark {
        theme::Point at;
        base::Millis when{};
    };
    using Events = std::vector<widgets::TouchEvent>;

    void come_down(const Contact& contact, Events& out);
    void judge(const Mark& mark);
    bool held_back(const Mark& mark) const;
    bool near(theme::Point a, theme::Point b) const;
    bool is_stuck(const Down& down, base::Millis now) const;
    void let_go(base::Millis when, Events& out);
    void meet(TouchTrouble trouble, base::Millis when);

    TouchHealthRules rules_;
    std::map<std::uint64_t, Down> down_;
    std::deque<Mark> recent_;  // downs of the last second
    std::optional<std::uint64_t> counts_;
    std::optional<Mark> lifted_;  // where and when the last finger was lifted
    TouchTrouble trouble_ = TouchTrouble::none;
    base::Millis trouble_seen_{};
    theme::Point trouble_at_;
};

}  // namespace ui::shell
