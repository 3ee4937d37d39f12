// A board on USB in memory that speaks the reports of boards/board_report.hpp: one when a line
// moves, one in answer to what the lamps shall do. Commands may come from any thread.
#pragma once

#include "domain/cabinet.hpp"
#include "drivers/usb/emulated_usb_device.hpp"

#include <condition_variable>

namespace drivers::cabinet {

class EmulatedCabinetBoard final : public usb::EmulatedUsbDevice {
  public:
    EmulatedCabinetBoard();

    void set(domain::CabinetLine line, bool on);
    bool is_set(domain::CabinetLine line) const;
    domain::Lamps lamps() const;  // as the host wants them
    // Waits so long until it wants that lamp so; false: it did not.
    bool wait_lamp(domain::Lamp lamp, domain::LampState state, base::Millis limit) const;
    // From now on it moves bytes that are no reports, and answers nothing else.
    void talk_nonsense(bool nonsense);
    void fall_silent(bool silent);

  private:
    void host_wrote(std::uint8_t endpoint, base::ByteView bytes) override;
    void powered() override;
    void report();

    mutable std::condition_variable lit_;
    domain::CabinetLines set_;
    domain::Lamps lamps_;
    bool nonsense_ = false, silent_ = false;
};

}  // namespace drivers::cabinet
