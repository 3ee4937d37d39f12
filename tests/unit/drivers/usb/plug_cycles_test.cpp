// A reader that is plugged in and pulled out again and again, over the real libusb: afterwards the
// process holds what it held before. So many cycles as CW_PLUG_CYCLES says; a hundred without it.
#include "card_bench.hpp"
#include "drivers/usb/libusb_transport.hpp"
#include "tests/usbdevfs/mock_bus.hpp"

#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <string>

namespace drivers::usb {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;
using id_card::CardFault;

int cycles() {
    const auto* wanted = std::getenv("CW_PLUG_CYCLES");
    return wanted != nullptr ? std::atoi(wanted) : 100;
}

std::size_t entries(const char* folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

// What this process holds, libusb, driver and the bus of the test together.
struct Held {
    std::size_t descriptors = entries("/proc/self/fd");
    std::size_t threads = entries("/proc/self/task");
    friend bool operator==(const Held&, const Held&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Held& held) {
        return out << held.descriptors << " descriptors, " << held.threads << " threads";
    }
};

struct PlugBench {
    id_card::CardBench card{id_card::PipeShape::one_pair};
    usbdevfs::MockBus bus{card.device};

    PlugBench() {
        card.reader = std::make_unique<id_card::SdtIdCardReader>(
            std::make_unique<id_card::UsbWire>(
                std::make_shared<LibusbTransport>(id_card::served_readers())),
            card.inbox.sink());
    }
    ~PlugBench() { card.reader.reset(); }

    // Every other time while a transfer of a read is in flight. Empty: all of that node's transfers
    // came back to libusb, and the reader is there again. Else what went wrong.
    std::string cycle(bool reading) {
        const auto file = bus.file();
        if (reading) {
            card.device->set_fault(CardFault::silent);
            card.start();
            const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (file->in_flight() == 0 && std::chrono::steady_clock::now() < deadline)
                std::this_thread::yield();
            if (file->in_flight() == 0) return "nothing was in flight";
        }
        card.device->unplug();
        if (reading) {
            // What was in flight may have been the look at the module before it.
            const auto read = card.finished();
            const auto code = read ? FaultCode::InternalError : read.error().code;
            if (code != FaultCode::CardReaderUnplugged && code != FaultCode::CardReaderAbsent)
                return "the read ended otherwise: " + std::string(base::name(code));
        } else if (!card.inbox.next_health(DeviceKind::id_card_reader, DeviceState::unavailable)) {
            return "nobody said that it is gone";
        }
        const auto asked = file->asked();
        if (file->in_flight() != 0 || asked.submitted != asked.reaped)
            return std::to_string(asked.submitted - asked.reaped) + " transfers stayed";
        card.device->set_fault(CardFault::none);
        if (!bus.settle()) return "the bus does not settle without it";
        card.device->plug();
        if (!card.is_ready()) return "it does not come back";
        return bus.settle() ? "" : "the bus does not settle with it";
    }
};

TEST(PlugCycles, leave_no_descriptor_no_thread_and_no_transfer_behind) {
    if (!usbdevfs::runs_under_umockdev()) GTEST_SKIP() << "umockdev is not installed";
    PlugBench bench;
    ASSERT_TRUE(bench.card.is_ready());
    // What is made once and kept: libusb's own, and the nodes that the bus remembers.
    for (int i = 0; i < 20; ++i) ASSERT_EQ(bench.cycle(i % 2 == 1), "") << i;
    const Held before;
    for (int i = 0; i < cycles(); ++i) ASSERT_EQ(bench.cycle(i % 2 == 1), "") << i;
    EXPECT_EQ(Held{}, before);
    bench.card.place("wang_xiulan");
    EXPECT_TRUE(bench.card.read());
}

}  // namespace
}  // namespace drivers::usb
