// Contacts bounce: a line counts when it has stood the other way for a while. Pure. Before anything
// was read somebody is there, every door is closed, nothing is plugged in and no key is down: a
// line that is not wired stays so, and what stands otherwise at the start is told as a change.
#pragma once

#include "drivers/cabinet/cabinet_board.hpp"

#include <array>
#include <optional>
#include <vector>

namespace drivers::cabinet {

struct LineChange {
    domain::CabinetLine line{};
    bool set = false;
    friend bool operator==(const LineChange&, const LineChange&) = default;
};

class LineFilter {
  public:
    // `hold` 0: the board does it, every reading counts.
    explicit LineFilter(base::Millis hold);

    // The lines as they stand now; which of them changed for good.
    std::vector<LineChange> take(const Reading& reading, base::Millis now);
    // The same lines a little later: time alone may settle them.
    std::vector<LineChange> wait(base::Millis now) { return take(latest_, now); }
    // The board is gone. Headphones count as out (what is personal must not find a loudspeaker),
    // the place as taken and keys as up; a door stays as it was seen last.
    std::vector<LineChange> lose();

  private:
    const base::Millis hold_;
    domain::CabinetLines settled_;
    Reading latest_;
    std::array<std::optional<base::Millis>, domain::cabinet_line_count> differs_since_{};
};

}  // namespace drivers::cabinet
