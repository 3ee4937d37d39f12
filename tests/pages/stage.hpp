// A panel without a display and with a clock that only the test moves, to look at whole pages more
// than once: later, in another state, in grey. Main thread.
#pragma once

#include "app/training/gallery/every_page.hpp"
#include "app/training/gallery/painter.hpp"
#include "ui/shell/interface.hpp"

#include <memory>

namespace pages {

using app::training::gallery::Mode;
using app::training::gallery::Panel;
using app::training::gallery::SamplePage;
using ui::screens::Screen;
using ui::theme::Rect;
using ui::widgets::Node;
using ui::widgets::Role;

class Stage {
  public:
    // Throws when there is nothing to draw with: no test can go on then.
    explicit Stage(const Panel& panel, bool transitions = false);

    // The page once it stands, as nobody has touched it.
    void show(const Screen& screen);
    // The same page after a time.
    void later(const Screen& screen, base::Millis by);
    // Something on it asked to be drawn again.
    bool moves() const { return interface_->needs_another_frame(); }
    // A touch on a control; false when it is not there. Enough time passes for it to count.
    bool tap(const Screen& screen, const std::string& id);

    const ui::widgets::SemanticTree& tree() const { return interface_->tree(); }
    domain::Picture pixels() const { return interface_->pixels().value(); }
    ui::shell::Interface& interface() { return *interface_; }
    base::ManualClock& clock() { return clock_; }

  private:
    void frame(const Screen& screen) { interface_->frame(screen, {&camera_, nullptr}); }

    base::ManualClock clock_{app::training::samples::morning()};
    base::LatestValue<domain::Frame> camera_;
    std::unique_ptr<ui::shell::Interface> interface_;
};

// How light a pixel is, 0 … 1, evenly in light.
float light_of(const std::uint8_t* rgb);

// The part of a picture as greys 0 … 1, even steps to the eye: what is left of it without colours.
class Grey {
  public:
    Grey(const domain::Picture& picture, Rect part);
    int width() const { return width_; }
    int height() const { return height_; }
    // What is drawn on the ground: nearer to what stands out most than to the commonest grey. A
    // drawing and its negative have the same ink.
    bool ink(int x, int y) const;

  private:
    int width_ = 0, height_ = 0;
    float ground_ = 1, ink_ = 1;
    std::vector<float> grey_;
};

// How many pixels are ink in one of two drawings alone. Two that differ in hue, in how dark they
// are, or in what is ink and what ground, have the same shape.
int differing_shape(const Grey& a, const Grey& b);

}  // namespace pages
