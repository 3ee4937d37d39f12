// The card reader's driver over the real libusb, which finds an emulated reader in device files.
#include "card_bench.hpp"
#include "drivers/usb/libusb_transport.hpp"
#include "tests/usbdevfs/mock_bus.hpp"

namespace drivers::usb {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;
using id_card::CardFault;
using id_card::EmulatedIdCardReader;
using id_card::PipeShape;

constexpr base::Millis plenty{5000};

class RealUsb : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!usbdevfs::runs_under_umockdev()) GTEST_SKIP() << "umockdev is not installed";
    }
};

// The bench of the other card tests with libusb in the middle.
struct RealBench {
    id_card::CardBench card;
    usbdevfs::MockBus bus;

    explicit RealBench(PipeShape shape = PipeShape::one_pair) : card(shape), bus(card.device) {}
    ~RealBench() { card.reader.reset(); }
    void power() {
        card.reader = std::make_unique<id_card::SdtIdCardReader>(
            std::make_unique<id_card::UsbWire>(
                std::make_shared<LibusbTransport>(id_card::served_readers())),
            card.inbox.sink());
    }
    bool is_gone() {
        return card.inbox.next_health(DeviceKind::id_card_reader, DeviceState::unavailable)
            .has_value();
    }
};

// One pipe each way, and libusb's transport on it.
struct PipeBench {
    std::shared_ptr<EmulatedIdCardReader> device =
        std::make_shared<EmulatedIdCardReader>(PipeShape::one_pair);
    usbdevfs::MockBus bus{device};
    LibusbTransport transport{id_card::served_readers()};
    std::array<std::uint8_t, 64> room{};

    base::Status ask() {
        return transport.write(0x01, id_card::encode(id_card::sam_status), plenty);
    }
    base::Result<std::size_t> read(base::Millis limit) { return transport.read(0x82, room, limit); }
};

TEST_F(RealUsb, a_card_is_read_on_each_shape_of_pipes) {
    for (const auto shape : id_card::all_shapes) {
        RealBench bench(shape);
        bench.card.place("wang_xiulan");
        bench.power();
        auto record = bench.card.read();
        ASSERT_TRUE(record);
        EXPECT_EQ((**record).name, bench.card.people.at("wang_xiulan").record.name);
        EXPECT_EQ((**record).photo, base::Bytes(1024, 0x57));
        EXPECT_GT(bench.bus.file()->asked().reaped, 10);
    }
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST_F(RealUsb, a_reader_that_no_table_knows_is_read_once_the_configuration_names_it) {
    constexpr domain::UsbId named{0x1234, 0xABCD};
    for (const auto shape : id_card::all_shapes) {
        id_card::CardBench card;
        card.device =
            std::make_shared<EmulatedIdCardReader>(shape, DeviceId{named.vendor, named.product});
        usbdevfs::MockBus bus(card.device);
        LibusbTransport by_table{id_card::served_readers()};
        EXPECT_EQ(by_table.open().error().code, FaultCode::UsbDeviceAbsent);
        card.place("wang_xiulan");
        card.reader = std::make_unique<id_card::SdtIdCardReader>(
            std::make_unique<id_card::UsbWire>(
                std::make_shared<LibusbTransport>(id_card::served_readers(named))),
            card.inbox.sink());
        EXPECT_TRUE(card.read());
        card.reader.reset();
    }
}

TEST_F(RealUsb, the_descriptors_are_found_as_they_stand_in_sysfs) {
    PipeBench bench;
    ASSERT_TRUE(bench.transport.open());
    EXPECT_EQ(bench.transport.id(), bench.device->id());
    EXPECT_EQ(bench.transport.endpoints(), bench.device->endpoints());
}

TEST_F(RealUsb, a_read_that_times_out_is_taken_back_and_the_reply_comes_to_the_next) {
    PipeBench bench;
    ASSERT_TRUE(bench.transport.open());
    EXPECT_EQ(bench.read(base::Millis{20}).error().code, FaultCode::UsbTimedOut);
    EXPECT_EQ(bench.bus.file()->asked().discarded, 1);
    EXPECT_EQ(bench.bus.file()->in_flight(), 0u);
    ASSERT_TRUE(bench.ask());
    const auto got = bench.read(plenty);
    ASSERT_TRUE(got);
    EXPECT_EQ(id_card::decode_reply(base::ByteView(bench.room).first(*got))->sw3, 0x90);
}

TEST_F(RealUsb, a_reader_that_ends_while_it_waits_leaves_nothing_in_flight) {
    RealBench bench;
    bench.card.place("wang_xiulan");
    bench.power();
    ASSERT_TRUE(bench.card.is_ready());
    bench.card.device->set_fault(CardFault::silent);
    bench.card.start();
    const auto file = bench.bus.file();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (file->in_flight() == 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    ASSERT_GT(file->in_flight(), 0u);
    bench.card.reader.reset();
    EXPECT_EQ(file->in_flight(), 0u);
    EXPECT_EQ(file->asked().submitted, file->asked().reaped);
    EXPECT_GT(file->asked().discarded, 0);
}

TEST_F(RealUsb, a_stalled_pipe_is_cleared_once_and_works_again) {
    PipeBench bench;
    ASSERT_TRUE(bench.transport.open());
    bench.device->stall_next();
    EXPECT_EQ(bench.ask().error().code, FaultCode::UsbStalled);
    EXPECT_EQ(bench.bus.file()->asked().halts_cleared, 1);
    ASSERT_TRUE(bench.ask());
    bench.device->stall_next();
    EXPECT_EQ(bench.read(plenty).error().code, FaultCode::UsbStalled);
    EXPECT_EQ(bench.bus.file()->asked().halts_cleared, 2);
    EXPECT_TRUE(bench.read(plenty));
}

TEST_F(RealUsb, a_stall_at_any_transfer_ends_the_read_and_the_next_one_works) {
    for (std::size_t transfer = 1;; ++transfer) {
        ASSERT_LT(transfer, 100u);
        RealBench bench;
        bench.card.place("wang_xiulan");
        bench.card.device->stall_at(transfer);
        bench.power();
        auto record = bench.card.read();
        if (bench.card.device->transfers() < transfer) break;
        if (!record) {
            EXPECT_EQ(record.error().code, FaultCode::CardReaderSilent) << transfer;
            bench.card.place("wang_xiulan");
            record = bench.card.read();
        }
        EXPECT_TRUE(record) << transfer;
    }
}

TEST_F(RealUsb, short_packets_are_put_together) {
    for (const std::size_t packet : {5u, 64u}) {
        RealBench bench(PipeShape::two_pairs);
        bench.card.device->limit_packets(packet);
        bench.card.place("wang_xiulan");
        bench.power();
        EXPECT_TRUE(bench.card.read()) << packet;
    }
}

// One process for each shape: umockdev's table of open files is small.
class EveryShape : public RealUsb, public ::testing::WithParamInterface<id_card::PipeShape> {};
INSTANTIATE_TEST_SUITE_P(shapes, EveryShape, ::testing::ValuesIn(id_card::all_shapes));

TEST_P(EveryShape, survives_a_cable_pulled_at_any_transfer_and_the_next_read_works) {
    std::size_t transfer = 1;
    for (;; ++transfer) {
        ASSERT_LT(transfer, 200u);
        RealBench bench(GetParam());
        bench.card.place("wang_xiulan");
        bench.card.device->unplug_at(transfer);
        bench.power();
        const auto record = bench.card.read();
        if (record) break;
        const auto code = record.error().code;
        EXPECT_TRUE(code == FaultCode::CardReaderUnplugged || code == FaultCode::CardReaderAbsent)
            << "transfer " << transfer;
        bench.card.device->plug();
        ASSERT_TRUE(bench.card.is_ready()) << "transfer " << transfer;
        EXPECT_TRUE(bench.card.read()) << "transfer " << transfer;
    }
    EXPECT_GT(transfer, 10u);
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST_F(RealUsb, an_idle_reader_says_when_it_is_pulled_out_and_when_it_is_back) {
    RealBench bench;
    bench.power();
    ASSERT_TRUE(bench.card.is_ready());
    for (int round = 0; round < 20; ++round) {
        bench.card.device->unplug();
        ASSERT_TRUE(bench.is_gone()) << round;
        ASSERT_TRUE(bench.bus.settle());
        bench.card.device->plug();
        ASSERT_TRUE(bench.card.is_ready()) << round;
    }
    bench.card.place("wang_xiulan");
    EXPECT_TRUE(bench.card.read());
}

TEST_F(RealUsb, a_transfer_that_waits_ends_when_the_cable_is_pulled) {
    PipeBench bench;
    ASSERT_TRUE(bench.transport.open());
    const auto file = bench.bus.file();
    std::jthread puller([&] {
        while (file->in_flight() == 0) std::this_thread::yield();
        bench.device->unplug();
    });
    // Only pulling can end it within the test's time.
    const auto got = bench.read(std::chrono::minutes(10));
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, FaultCode::UsbDeviceGone);
    EXPECT_EQ(bench.ask().error().code, FaultCode::UsbDeviceGone);
    puller.join();
    bench.transport.close();
    bench.device->plug();
    ASSERT_TRUE(bench.bus.settle());
    EXPECT_TRUE(bench.transport.open());
}

TEST_F(RealUsb, a_reader_that_another_program_holds_is_busy_until_it_lets_go) {
    RealBench bench;
    bench.bus.bind("usbfs");
    bench.power();
    const auto health =
        bench.card.inbox.next_health(DeviceKind::id_card_reader, DeviceState::unavailable);
    ASSERT_TRUE(health);
    EXPECT_EQ(health->fault, (base::Fault{FaultCode::CardReaderAbsent, "busy"}));
    bench.bus.bind("");
    EXPECT_TRUE(bench.card.is_ready());
}

TEST_F(RealUsb, two_handles_of_one_process_do_not_share_an_interface) {
    PipeBench bench;
    ASSERT_TRUE(bench.transport.open());
    LibusbTransport other{id_card::served_readers()};
    EXPECT_EQ(other.open().error(), (base::Fault{FaultCode::UsbFailed, "busy"}));
    bench.transport.close();
    EXPECT_TRUE(other.open());
}

TEST_F(RealUsb, a_kernel_driver_makes_room_and_is_let_in_again) {
    PipeBench bench;
    bench.bus.bind("usbhid");
    ASSERT_TRUE(bench.transport.open());
    EXPECT_EQ(bench.bus.file()->asked().drivers_detached, 1);
    EXPECT_EQ(bench.bus.file()->driver(), "");
    bench.transport.close();
    EXPECT_EQ(bench.bus.file()->asked().drivers_attached, 1);
}

TEST_F(RealUsb, where_there_are_no_notices_the_list_of_devices_is_looked_at) {
    const auto device = std::make_shared<EmulatedIdCardReader>();
    device->unplug();
    usbdevfs::MockBus bus(device);
    base::BoundedQueue<int> told(16);
    const PlugWatch watch(
        {device->id()}, [&] { (void)told.push(1); }, PlugWatch::Means::looking);
    const PlugWatch stranger(
        {{0x1234, 0x5678}}, [&] { (void)told.push(2); }, PlugWatch::Means::looking);
    device->plug();
    EXPECT_EQ(told.pop_for(std::stop_token{}, std::chrono::seconds(20)), 1);
    device->unplug();
    EXPECT_EQ(told.pop_for(std::stop_token{}, std::chrono::seconds(20)), 1);
    EXPECT_EQ(told.size(), 0u);
}

TEST_F(RealUsb, notices_come_for_the_wanted_device_only_and_not_after_the_watch_has_ended) {
    const auto device = std::make_shared<EmulatedIdCardReader>();
    usbdevfs::MockBus bus(device);
    base::BoundedQueue<int> told(16);
    auto watch =
        std::make_unique<PlugWatch>(std::vector{device->id()}, [&] { (void)told.push(1); });
    const PlugWatch stranger({{0x1234, 0x5678}}, [&] { (void)told.push(2); });
    device->unplug();
    EXPECT_EQ(told.pop_for(std::stop_token{}, std::chrono::seconds(20)), 1);
    watch.reset();
    device->plug();
    ASSERT_TRUE(bus.settle());
    EXPECT_EQ(told.size(), 0u);
}

}  // namespace
}  // namespace drivers::usb
