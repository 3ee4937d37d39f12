#include "ui/shell/touch_health.hpp"

#include <algorithm>
#include <cmath>

namespace ui::shell {

using widgets::TouchKind;

namespace {
constexpr base::Millis second{1000};
// A panel that floods may invent fingers without end; no hand and no memory has that many.
constexpr std::size_t most_fingers = 32;
constexpr std::size_t most_marks = 512;
}  // namespace

std::optional<base::FaultCode> fault_of(TouchTrouble trouble) {
    switch (trouble) {
        case TouchTrouble::flickers:
            return base::FaultCode::TouchPanelFlickers;
        case TouchTrouble::floods:
            return base::FaultCode::TouchPanelFloods;
        case TouchTrouble::stuck:
            return base::FaultCode::TouchPanelStuck;
        case TouchTrouble::none:
            break;
    }
    return std::nullopt;
}

bool TouchHealth::near(theme::Point a, theme::Point b) const {
    return std::hypot(a.x - b.x, a.y - b.y) <= rules_.same_place;
}

TouchHealth::Events TouchHealth::take(const Contact& contact) {
    Events out;
    const auto known = down_.find(contact.finger);
    switch (contact.kind) {
        case TouchKind::down:
            come_down(contact, out);
            break;
        case TouchKind::move:
            if (known == down_.end()) break;
            known->second.at = contact.at;
            if (!near(contact.at, known->second.rests_at)) {
                known->second.rests_at = contact.at;
                known->second.rests_since = contact.when;
            }
            if (counts_ == contact.finger)
                out.push_back({TouchKind::move, contact.at, contact.when});
            break;
        case TouchKind::up:
        case TouchKind::cancel:
            if (known != down_.end()) down_.erase(known);
            lifted_ = Mark{contact.at, contact.when};
            if (counts_ != contact.finger) break;
            counts_.reset();
            out.push_back({contact.kind, contact.at, contact.when});
            break;
    }
    return out;
}

void TouchHealth::come_down(const Contact& contact, Events& out) {
    const Mark mark{contact.at, contact.when};
    // Down twice: its lifting was lost on the way.
    if (counts_ == contact.finger) let_go(contact.when, out);
    down_.insert_or_assign(contact.finger,
                           Down{contact.at, contact.at, contact.when, contact.when});
    if (down_.size() > most_fingers) {
        const auto other =
            down_.begin()->first == contact.finger ? std::next(down_.begin()) : down_.begin();
        if (counts_ == other->first) let_go(contact.when, out);
        down_.erase(other);
    }
    judge(mark);
    if (held_back(mark)) {
        // What this trouble had begun must not end as a press either.
        if (counts_ && (trouble_ == TouchTrouble::floods || near(down_.at(*counts_).at, mark.at)))
            let_go(contact.when, out);
        return;
    }
    if (lifted_ && contact.when - lifted_->when < rules_.bounce && near(lifted_->at, contact.at))
        return;
    if (counts_) {
        // A palm or a drop of water that rests gives way; a finger that writes does not rest.
        if (contact.when - down_.at(*counts_).rests_since < rules_.palm) return;
        let_go(contact.when, out);
    }
    counts_ = contact.finger;
    out.push_back({TouchKind::down, contact.at, contact.when});
}

void TouchHealth::judge(const Mark& mark) {
    recent_.push_back(mark);
    while (recent_.size() > most_marks || mark.when - recent_.front().when >= second)
        recent_.pop_front();
    const auto here = std::count_if(recent_.begin(), recent_.end(), [&](const Mark& m) {
        return mark.when - m.when < rules_.flicker_time && near(m.at, mark.at);
    });
    // One spot alone is a flicker, however fast.
    const auto elsewhere = std::count_if(recent_.begin(), recent_.end(), [&](const Mark& m) {
        const bool flicker = trouble_ == TouchTrouble::flickers && near(m.at, trouble_at_);
        return !flicker && !near(m.at, mark.at);
    });
    if (elsewhere > rules_.flood_count ||
        (trouble_ == TouchTrouble::floods && elsewhere > rules_.flood_count / 3)) {
        meet(TouchTrouble::floods, mark.when);
    } else if (trouble_ != TouchTrouble::floods &&
               (here >= rules_.flicker_count ||
                (trouble_ == TouchTrouble::flickers && near(trouble_at_, mark.at) && here > 2))) {
        meet(TouchTrouble::flickers, mark.when);
        trouble_at_ = mark.at;
    }
}

bool TouchHealth::held_back(const Mark& mark) const {
    if (trouble_ == TouchTrouble::floods) return true;
    return trouble_ == TouchTrouble::flickers && near(trouble_at_, mark.at);
}

bool TouchHealth::is_stuck(const Down& down, base::Millis now) const {
    return now - down.rests_since >= rules_.stuck_still || now - down.since >= rules_.stuck_moving;
}

void TouchHealth::let_go(base::Millis when, Events& out) {
    if (!counts_) return;
    out.push_back({TouchKind::cancel, down_.at(*counts_).at, when});
    counts_.reset();
}

void TouchHealth::meet(TouchTrouble trouble, base::Millis when) {
    trouble_ = trouble;
    trouble_seen_ = when;
}

TouchHealth::Events TouchHealth::pass_time(base::Millis now) {
    Events out;
    bool stuck = false;
    for (const auto& [finger, down] : down_) {
        if (!is_stuck(down, now)) continue;
        stuck = true;
        if (counts_ == finger) let_go(now, out);
    }
    const bool other = trouble_ == TouchTrouble::floods || trouble_ == TouchTrouble::flickers;
    if (stuck && !(other && now - trouble_seen_ < rules_.quiet))
        meet(TouchTrouble::stuck, now);
    else if (trouble_ != TouchTrouble::none && now - trouble_seen_ >= rules_.quiet)
        trouble_ = TouchTrouble::none;
    return out;
}

}  // namespace ui::shell
