// The touch rules (UX-004 … UX-016) as a small machine: events go in with their time, at most one
// activated control comes out per frame. A control acts on release, inside itself or within 7.5 mm
// of where the finger came down; touches that began on an earlier page, or come too soon after a
// page change, do nothing; only the first finger counts. Main thread; time is handed in.
#pragma once

#include "base/clock.hpp"
#include "ui/theme/geometry.hpp"
#include "ui/widgets/semantic_tree.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace ui::widgets {

enum class TouchKind { down, move, up, cancel };
struct TouchEvent {
    TouchKind kind = TouchKind::down;
    theme::Point at;
    base::Millis when{};
};

struct TouchRules {
    float slop = 30;
    float slide = 24;          // a finger that goes so far up or down pushes a text (UX-015)
    base::Millis settle{250};  // after a page change
    base::Millis primary_again{1000};
    base::Millis key_again{80};
    std::optional<base::Millis> repeats_after{};  // of a key that repeats while it is held
    base::Millis repeats_every{200};
    base::Millis press_is_seen{0};  // from the press on, however soon the finger is gone
};

class Touch {
  public:
    void feed(const TouchEvent& event);
    // A new page stands on the panel: what the finger is doing belongs to the old one.
    void page_changed(base::Millis now);
    // Works through the events up to the first activation, against the tree the person saw.
    void work(const SemanticTree& seen, const TouchRules& rules);
    // What time alone changes: a control that was let go ceases to look pressed, and a key that
    // repeats (删除) and is still under the finger acts again when its time has come.
    // After work(); at most once a call, so that a slow frame deletes no row of characters.
    void hold(base::Millis now, const TouchRules& rules);
    // Its time will come: draw again soon.
    bool repeating(const TouchRules& rules) const {
        return rules.repeats_after && inside_ && held_ && held_->repeats;
    }
    // A key did what a finger does, under the same guards. After work().
    void activate(const Node& node, base::Millis when, const TouchRules& rules);
    void forget_touches() { events_.clear(); }
    void reset();

    bool waiting() const { return !events_.empty(); }
    // Of this frame.
    bool activated(std::string_view id) const { return activated_ && *activated_ == id; }
    const std::optional<std::string>& activation() const { return activated_; }
    // The control under the finger, drawn as pressed, or one that was too short a time.
    bool pressed(std::string_view id) const {
        return (inside_ && held_ && held_->id == id) || (let_go_ && let_go_->id == id);
    }
    // A control will cease to be drawn as pressed by time alone: draw again soon.
    bool lets_go() const { return let_go_.has_value(); }
    bool finger_down() const { return finger_down_; }

    // A signature or writing pad takes the finger's whole way. `path` is what was drawn since the
    // finger came down; `ended` says that it was lifted in this frame.
    struct Drag {
        std::string id;
        std::vector<theme::Point> path;
        bool ended = false;
        void wipe() { base::wipe(path); }
    };
    const std::optional<Drag>& drag() const { return drag_; }

    // A finger that pushes a scroller. `by` is how far down it went since the last frame, `speed`
    // how fast it was when it was lifted, in px per ms.
    struct Slide {
        std::string id;
        float by = 0;
        float speed = 0;
        bool ended = false;
    };
    const std::optional<Slide>& slide() const { return slide_; }

  private:
    struct Held {
        std::string id;
        Role role;
        theme::Point from;
        bool enabled = true;
        bool repeats = false;
        base::Millis since{};
        std::optional<base::Millis> next{};  // once it has begun to repeat
    };
    void press(const TouchEvent& event, const SemanticTree& seen, const TouchRules& rules);
    void push(const TouchEvent& event, const TouchRules& rules);
    void release(const TouchEvent& event, const SemanticTree& seen, const TouchRules& rules);
    void accept(const std::string& id, Role role, base::Millis when, const TouchRules& rules);
    bool still_inside(theme::Point at, const SemanticTree& seen, const TouchRules& rules) const;

    struct LetGo {
        std::string id;
        base::Millis seen_until{};
    };

    std::deque<TouchEvent> events_;
    std::optional<Held> held_;
    std::optional<LetGo> let_go_;
    bool inside_ = false;
    bool finger_down_ = false;
    base::Millis page_since_{-1'000'000};
    std::string last_id_;
    base::Millis last_when_{-1'000'000};
    std::optional<std::string> activated_;
    std::optional<Drag> drag_;
    // A scroller under the finger, not yet pushed far enough to count.
    struct Pushing {
        std::string id;
        theme::Point from, last;
        base::Millis last_when{};
        float speed = 0;
    };
    std::optional<Pushing> pushing_;
    std::optional<Slide> slide_;
};

}  // namespace ui::widgets
