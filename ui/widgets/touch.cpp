#include "ui/widgets/touch.hpp"

#include <cmath>

namespace ui::widgets {

void Touch::feed(const TouchEvent& event) {
    events_.push_back(event);
}

void Touch::page_changed(base::Millis now) {
    // A finger that is still down stays down: its release must not start anything either.
    for (const TouchEvent& event : events_) {
        if (event.kind == TouchKind::down) finger_down_ = true;
        if (event.kind == TouchKind::up || event.kind == TouchKind::cancel) finger_down_ = false;
    }
    events_.clear();
    held_.reset();
    let_go_.reset();
    inside_ = false;
    if (drag_) drag_->wipe();
    drag_.reset();
    pushing_.reset();
    slide_.reset();
    activated_.reset();
    page_since_ = now;
    last_id_.clear();
}

void Touch::reset() {
    *this = Touch{};
}

void Touch::work(const SemanticTree& seen, const TouchRules& rules) {
    activated_.reset();
    if (drag_ && drag_->ended) {
        drag_->wipe();
        drag_.reset();
    }
    if (slide_ && slide_->ended) slide_.reset();
    if (slide_) slide_->by = 0;
    while (!events_.empty() && !activated_ && !(drag_ && drag_->ended) &&
           !(slide_ && slide_->ended)) {
        const TouchEvent event = events_.front();
        events_.pop_front();
        switch (event.kind) {
            case TouchKind::down:
                press(event, seen, rules);
                break;
            case TouchKind::move:
                if (drag_) drag_->path.push_back(event.at);
                push(event, rules);
                if (held_) inside_ = still_inside(event.at, seen, rules);
                break;
            case TouchKind::up:
                release(event, seen, rules);
                break;
            case TouchKind::cancel:
                held_.reset();
                finger_down_ = false;
                if (drag_) drag_->ended = true;
                if (slide_) slide_->ended = true;
                pushing_.reset();
                break;
        }
    }
}

void Touch::press(const TouchEvent& event, const SemanticTree& seen, const TouchRules& rules) {
    if (finger_down_) return;
    finger_down_ = true;
    if (event.when - page_since_ < rules.settle) return;
    if (const Node* scroller = seen.scroller_at(event.at))
        pushing_ = Pushing{scroller->id, event.at, event.at, event.when};
    const Node* node = seen.control_at(event.at);
    if (!node) return;
    if (node->role == Role::signature_pad || node->role == Role::writing_pad) {
        if (node->enabled) drag_ = Drag{node->id, {event.at}, false};
        return;
    }
    // One that does nothing here answers the finger all the same, and says so (UX-013).
    held_ = Held{node->id, node->role, event.at, node->enabled, node->repeats, event.when, {}};
    inside_ = true;
}

void Touch::push(const TouchEvent& event, const TouchRules& rules) {
    if (!pushing_) return;
    if (!slide_) {
        if (std::abs(event.at.y - pushing_->from.y) < rules.slide) return;
        // From here on it is no press, whatever is under the finger.
        held_.reset();
        inside_ = false;
        slide_ = Slide{pushing_->id};
    }
    const float by = event.at.y - pushing_->last.y;
    const auto took = static_cast<float>((event.when - pushing_->last_when).count());
    if (took > 0) pushing_->speed = by / took;
    slide_->by += by;
    pushing_->last = event.at;
    pushing_->last_when = event.when;
}

void Touch::release(const TouchEvent& event, const SemanticTree& seen, const TouchRules& rules) {
    finger_down_ = false;
    if (drag_) {
        drag_->ended = true;
        return;
    }
    if (slide_ && pushing_) {
        // A finger that stopped before it was lifted wants the text to stand still.
        constexpr base::Millis stopped{80};
        slide_->speed = event.when - pushing_->last_when < stopped ? pushing_->speed : 0;
        slide_->ended = true;
    }
    pushing_.reset();
    if (!held_) return;
    const Held held = *held_;
    inside_ = still_inside(event.at, seen, rules);
    held_.reset();
    if (!inside_) return;
    inside_ = false;
    if (rules.press_is_seen.count() > 0) let_go_ = LetGo{held.id, held.since + rules.press_is_seen};
    // A key that repeated has done what it was pressed for.
    if (!held.enabled || held.next) return;
    accept(held.id, held.role, event.when, rules);
}

void Touch::hold(base::Millis now, const TouchRules& rules) {
    if (let_go_ && now >= let_go_->seen_until) let_go_.reset();
    if (activated_ || !repeating(rules)) return;
    if (now < held_->next.value_or(held_->since + *rules.repeats_after)) return;
    held_->next = now + rules.repeats_every;
    last_id_ = held_->id;
    last_when_ = now;
    activated_ = held_->id;
}

void Touch::activate(const Node& node, base::Millis when, const TouchRules& rules) {
    if (activated_ || !node.interactive() || !node.enabled || node.id.empty()) return;
    if (node.role == Role::signature_pad || when - page_since_ < rules.settle) return;
    accept(node.id, node.role, when, rules);
}

void Touch::accept(const std::string& id, Role role, base::Millis when, const TouchRules& rules) {
    const bool same = id == last_id_;
    const auto since = when - last_when_;
    if (same && role == Role::primary_button && since < rules.primary_again) return;
    if (same && role == Role::key && since < rules.key_again) return;
    last_id_ = id;
    last_when_ = when;
    activated_ = id;
}

bool Touch::still_inside(theme::Point at, const SemanticTree& seen, const TouchRules& rules) const {
    if (std::hypot(at.x - held_->from.x, at.y - held_->from.y) <= rules.slop) return true;
    for (const Node& node : seen.nodes())
        if (node.id == held_->id && node.interactive()) return node.hit.contains(at);
    return false;
}

}  // namespace ui::widgets
