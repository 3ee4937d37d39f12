// The seam between the cabinet's driver and what its sensors and lamps are wired to: GPIO lines, a
// board on USB, or an emulated one. All calls come from the driver's thread and return within a few
// milliseconds. Faults: CabinetBoardAbsent (not there, or gone: close, then open again),
// CabinetBoardSilent (it is there and makes no sense).
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/cabinet.hpp"

#include <functional>
#include <vector>

namespace drivers::cabinet {

struct Reading {
    domain::CabinetLines fitted;  // what is wired at all
    domain::CabinetLines set;     // of those
};

class CabinetBoard {
  public:
    virtual ~CabinetBoard() = default;
    virtual base::Status open() = 0;
    virtual void close() = 0;
    // One turn, again every few milliseconds while open: lamps as they shall be, and what the lines
    // did since the last turn, oldest first (empty: nothing new). `now` is steady time.
    virtual base::Result<std::vector<Reading>> turn(const domain::Lamps& lamps,
                                                    base::Millis now) = 0;
    // From now on calls `tell`, from any thread, when a board was plugged in or pulled out. A hint
    // only, as in usb_transport.hpp: it returns at once, and is not called after the destructor.
    virtual void on_plugging(std::function<void()> tell) = 0;
};

}  // namespace drivers::cabinet
