// kiosk-technician devices record: one read of a card with all that goes over the USB cable, for
// support. The person on the card is taken out before anything is written. One thread.
#pragma once

#include "drivers/usb/usb_transport.hpp"
#include "provisioning/technician/device_commands.hpp"

#include <memory>
#include <string>

namespace provisioning::technician {

// False when nothing could be written. A read that fails is recorded, too: that is what it is for.
bool record_card(Bench& bench, std::shared_ptr<drivers::usb::UsbTransport> reader,
                 const std::string& path);

}  // namespace provisioning::technician
