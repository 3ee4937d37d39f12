// The loop: wait, take what came, step, draw once. Draws on an event, an animation or a new camera
// frame; a terminal nobody touches draws once a minute, when its clock changes.
#pragma once

#include "app/kiosk.hpp"
#include "base/service_notice.hpp"
#include "ui/shell/interface.hpp"

namespace app {

// Somebody who drives the app beside the person in front of it: the training control. Main thread.
class Companion {
  public:
    virtual ~Companion() = default;
    // After each turn of the loop. False ends the app.
    virtual bool work() = 0;
    // A page was drawn for the first time; how long ago the touch or the result that asked for it
    // was taken up: the old page's last frame, stepping and drawing.
    virtual void page_drawn(const std::string& name, base::Millis took) = 0;
    // At most this long until work() wants to be called again.
    virtual base::Millis patience() const = 0;
    // What it lays over the page; null for nothing.
    virtual ui::widgets::Drawer* drawer() = 0;
};

// Returns when the window is closed, a technician or the terminal's own care ends the program, or
// the companion says so. Whoever watches the program hears from it only after a frame went to the
// screen, and only while the caretaker finds all well: one that turns without drawing is not alive.
void run_loop(Kiosk& kiosk, ui::shell::Interface& interface, const base::Clock& clock,
              drivers::Camera& camera, Companion* companion, base::ServiceNotice& notice,
              Caretaker& care);

}  // namespace app
