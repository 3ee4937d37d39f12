// The real receipt printer driver over an emulated printer, for tests of what can go wrong.
#pragma once

#include "../event_inbox.hpp"
#include "drivers/printer/escpos/emulated/emulated_receipt_printer.hpp"
#include "drivers/printer/escpos/usb_receipt_printer.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace drivers::printer::escpos {

// A picture that no part of it repeats: every row differs from the others.
inline domain::BitPicture sample_slip(int width = 576, int height = 700) {
    domain::BitPicture slip{width, height, {}};
    slip.bits.resize(slip.row_bytes() * static_cast<std::size_t>(height));
    std::uint32_t noise = 1;
    for (auto& byte : slip.bits) {
        noise = noise * 1664525u + 1013904223u;
        byte = static_cast<std::uint8_t>(noise >> 24);
    }
    return slip;
}

// Short where a test waits for it in vain, long where it must not run out.
inline ReceiptPrinterOptions quick_options() {
    using base::Millis;
    ReceiptPrinterOptions options;
    options.patience = {Millis{50}, Millis{600}, Millis{1500}, Millis{200}, Millis{300}};
    return options;
}

struct SlipBench {
    testing::EventInbox inbox;
    base::SystemClock clock;
    ReceiptPrinterOptions options = quick_options();
    std::shared_ptr<EmulatedReceiptPrinter> device;
    std::unique_ptr<UsbReceiptPrinter> printer;
    domain::BitPicture slip = sample_slip();
    std::uint64_t request = 0;

    explicit SlipBench(PrinterTraits traits = {})
        : device(std::make_shared<EmulatedReceiptPrinter>(traits)) {}

    void start() {
        if (printer) return;
        printer = std::make_unique<UsbReceiptPrinter>(
            std::make_shared<usb::EmulatedUsbTransport>(device), options, clock, inbox.sink());
    }
    void send() {
        start();
        PrintJob job;
        job.document = "receipt";
        job.slip = base::Secret(slip);
        printer->print({1, ++request}, std::move(job));
    }
    base::Result<PrintOutcome> outcome() {
        const auto finished = inbox.next<PrintFinished>();
        if (!finished) return base::fail(base::FaultCode::InternalError, "no completion");
        EXPECT_EQ(finished->ticket.request, request);
        return finished->outcome;
    }
    base::Result<PrintOutcome> print() {
        send();
        return outcome();
    }
    bool is_printed() {
        const auto result = print();
        return result && *result == PrintOutcome::printed;
    }
    // The next health of which `fits` is true; health that has been said already counts.
    std::optional<domain::DeviceHealth> health(
        const std::function<bool(const domain::DeviceHealth&)>& fits) {
        start();
        if (const auto now = printer->health(); fits(now)) return now;
        while (const auto changed = inbox.next<HealthChanged>())
            if (fits(changed->health)) return changed->health;
        return std::nullopt;
    }
    bool becomes(domain::DeviceState state) {
        return health([&](const auto& now) { return now.state == state; }).has_value();
    }
    bool becomes(base::FaultCode code) {
        return health([&](const auto& now) { return now.fault && now.fault->code == code; })
            .has_value();
    }
    bool becomes(domain::Supply supply) {
        return health([&](const auto& now) { return now.supply == supply; }).has_value();
    }
    // How often this slip, whole, lies on paper that was cut off.
    int whole_slips() const {
        const auto cut = device->slips();
        return static_cast<int>(std::count(cut.begin(), cut.end(), slip));
    }
};

}  // namespace drivers::printer::escpos
