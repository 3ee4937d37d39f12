// A reader that is plugged in and pulled out again and again, over the real libusb: afterwards the
// process holds what it held before. So many cycles as CW_PLUG_CYCLES says; fifty without it.
#include "card_bench.hpp"
#include "drivers/usb/libusb_transport.hpp"
#include "tests/usbdevfs/mock_bus.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

namespace drivers::usb {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;
using id_card::CardFault;

int wanted_cycles() {
    const auto* wanted = std::getenv("CW_PLUG_CYCLES");
    return wanted != nullptr ? std::atoi(wanted) : 50;
}

// What this process holds, libusb, driver and the bus of the test together: so many threads, and so
// many descriptors of each kind.
std::map<std::string, int> held() {
    std::map<std::string, int> out;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task"))
        ++out[task.is_directory() ? "thread" : "?"];
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code closed_meanwhile;
        auto kind = std::filesystem::read_symlink(entry.path(), closed_meanwhile).string();
        std::erase_if(kind, [](char c) { return c >= '0' && c <= '9'; });
        if (!closed_meanwhile) ++out[kind];
    }
    return out;
}

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

    // Every other time while a transfer of a read is in flight. All of the pulled node's transfers
    // have to come back to libusb, and the reader to be there again.
    void cycle(bool reading) {
        const auto file = bus.file();
        if (reading) {
            card.device->set_fault(CardFault::silent);
            card.start();
            const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (file->in_flight() == 0 && std::chrono::steady_clock::now() < deadline)
                std::this_thread::yield();
            ASSERT_GT(file->in_flight(), 0u);
        }
        card.device->unplug();
        ASSERT_TRUE(card.inbox.next_health(DeviceKind::id_card_reader, DeviceState::unavailable));
        if (reading) {
            const auto read = card.finished();
            ASSERT_FALSE(read);
            // What waited may have been the last look at the idle module: then the read finds
            // nothing.
            const auto code = read.error().code;
            EXPECT_TRUE(code == FaultCode::CardReaderUnplugged ||
                        code == FaultCode::CardReaderAbsent);
        }
        ASSERT_EQ(file->in_flight(), 0u);
        ASSERT_EQ(file->asked().submitted, file->asked().reaped);
        card.device->set_fault(CardFault::none);
        ASSERT_TRUE(bus.settle());
        card.device->plug();
        ASSERT_TRUE(card.is_ready());
        ASSERT_TRUE(bus.settle());
    }
    // What is closed is given back by other threads a moment later: the same five times running.
    std::map<std::string, int> held_at_rest() {
        auto last = held();
        for (int same = 0, looks = 0; same < 5 && looks < 1000; ++looks) {
            (void)card.inbox.next_any(base::Millis{20});  // a moment
            auto now = held();
            same = now == last ? same + 1 : 0;
            last = std::move(now);
        }
        return last;
    }
    void cycles(int times) {
        for (int i = 0; i < times && !::testing::Test::HasFailure(); ++i) {
            SCOPED_TRACE(i);
            cycle(i % 2 == 1);
        }
    }
};

TEST(PlugCycles, leave_no_descriptor_no_thread_and_no_transfer_behind) {
    if (!usbdevfs::runs_under_umockdev()) GTEST_SKIP() << "umockdev is not installed";
    PlugBench bench;
    ASSERT_TRUE(bench.card.is_ready());
    // What is made once and kept: libusb's own, and the nodes that the bus remembers.
    bench.cycles(10);
    const auto before = bench.held_at_rest();
    bench.cycles(wanted_cycles());
    EXPECT_EQ(bench.held_at_rest(), before);
    bench.card.place("wang_xiulan");
    EXPECT_TRUE(bench.card.read());
}

}  // namespace
}  // namespace drivers::usb
