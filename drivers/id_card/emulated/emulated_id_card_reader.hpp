// A reader on USB in memory: the module of emulated_sam.hpp behind two pairs of pipes (U1), one
// pair (U2) or reports (U3), which it takes through a pipe or by request.
#pragma once

#include "drivers/id_card/emulated/emulated_sam.hpp"
#include "drivers/usb/emulated_usb_device.hpp"

#include <optional>

namespace drivers::id_card {

enum class PipeShape { two_pairs, one_pair, reports, reports_by_request };

class EmulatedIdCardReader final : public usb::EmulatedUsbDevice {
  public:
    // `id`: what it calls itself, where that is not what a reader of that shape does.
    explicit EmulatedIdCardReader(PipeShape shape = PipeShape::two_pairs,
                                  std::optional<usb::DeviceId> id = {});

    void place(EmulatedCard card) { sam_.place(std::move(card)); }
    void lift() { sam_.lift(); }
    bool has_card() const { return sam_.has_card(); }
    void set_fault(CardFault fault) { sam_.set_fault(fault); }
    void delay_reading(int polls);  // so many reads time out before what stands on a card comes
    EmulatedSam& sam() { return sam_; }

  private:
    void host_wrote(std::uint8_t endpoint, base::ByteView bytes) override;
    void powered() override { sam_.powered(); }
    void send(base::Bytes frame);

    const PipeShape shape_;
    EmulatedSam sam_;
    int reading_delay_ = 0;
};

}  // namespace drivers::id_card
