// One slip on its way through an open printer: sent in chunks as fast as the printer takes them,
// then waited for until it proves that it is out. Nothing is ever sent twice. Owning worker only.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/printer/escpos/printer_link.hpp"

#include <functional>
#include <stop_token>

namespace drivers::printer::escpos {

struct SlipPatience {
    base::Millis slice{1000};       // one write; then it is looked why nothing moves
    base::Millis stuck{8000};       // without a byte moving and without a reason
    base::Millis proof{20000};      // from the last byte to the proof
    base::Millis process_id{3000};  // from the weaker proof to the stronger one
    base::Millis grace{1000};       // for the proof after the printer has stopped
};

struct SlipOrder {
    const domain::BitPicture& picture;
    ProcessId id;
    bool cut_before = false;            // a torn piece of an earlier slip hangs there
    std::function<bool()> withdrawn{};  // nobody waits for it any more: what is not sent, is not
    std::stop_token stop{};
};

// printed; spoiled: begun, and its end never reached the printer; unknown: all of it did, and
// nobody proved that it is out. A fault: no paper was moved.
base::Result<PrintOutcome> run_slip(PrinterLink& link, const SlipOrder& order,
                                    const SlipPatience& patience);

}  // namespace drivers::printer::escpos
