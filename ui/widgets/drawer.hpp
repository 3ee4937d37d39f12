// Something the app may lay over a page, drawn last: the training panel. Main thread.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

class Drawer {
  public:
    virtual ~Drawer() = default;
    virtual void draw(Context& context) = 0;
};

}  // namespace ui::widgets
