// Every way to a reader with true bytes: pipes chosen from descriptors, reports, a serial line.
#include "domain/citizen_identity.hpp"
#include "drivers/emulation/people.hpp"
#include "drivers/id_card/card_link.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/codec/status_words.hpp"
#include "drivers/id_card/emulated/emulated_id_card_reader.hpp"
#include "drivers/id_card/emulated/emulated_serial_reader.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/serial_wire.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "event_inbox.hpp"
#include "test_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace drivers::id_card {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;
using usb::TransferKind;

TEST(card_wires, the_four_documented_pipes_carry_header_and_body_apart) {
    const auto pipes = choose_pipes(Speaks::by_descriptors, {{0x85, TransferKind::interrupt, 64},
                                                             {0x02, TransferKind::bulk, 64},
                                                             {0x81, TransferKind::interrupt, 64},
                                                             {0x06, TransferKind::bulk, 64}});
    ASSERT_TRUE(pipes);
    EXPECT_EQ(*pipes, (Pipes{0x02, 0x06, 0x81, 0x85, false}));
}

TEST(card_wires, one_bulk_pair_is_found_wherever_it_stands) {
    const auto pipes = choose_pipes(Speaks::by_descriptors, {{0x83, TransferKind::interrupt, 8},
                                                             {0x8A, TransferKind::bulk, 512},
                                                             {0x04, TransferKind::bulk, 512}});
    ASSERT_TRUE(pipes);
    EXPECT_EQ(*pipes, (Pipes{0x04, 0x04, 0x8A, 0x8A, false}));
}

TEST(card_wires, a_pair_of_interrupt_pipes_is_spoken_to_in_reports) {
    const std::vector<usb::Endpoint> endpoints{{0x81, TransferKind::interrupt, 64},
                                               {0x02, TransferKind::interrupt, 64}};
    for (const auto speaks : {Speaks::by_descriptors, Speaks::hid_reports})
        EXPECT_EQ(*choose_pipes(speaks, endpoints), (Pipes{0x02, 0x02, 0x81, 0x81, true}));
}

TEST(card_wires, reports_go_out_by_request_where_no_pipe_leads_out) {
    for (const auto speaks : {Speaks::by_descriptors, Speaks::hid_reports})
        EXPECT_EQ(*choose_pipes(speaks, {{0x81, TransferKind::interrupt, 64}}),
                  (Pipes{usb::report_pipe, usb::report_pipe, 0x81, 0x81, true}));
}

TEST(card_wires, a_reader_without_a_usable_pair_is_not_one) {
    for (const auto& endpoints :
         {std::vector<usb::Endpoint>{},
          {{0x81, TransferKind::bulk, 64}},
          {{0x81, TransferKind::bulk, 64}, {0x02, TransferKind::interrupt, 64}}}) {
        const auto pipes = choose_pipes(Speaks::by_descriptors, endpoints);
        ASSERT_FALSE(pipes);
        EXPECT_EQ(pipes.error(), (base::Fault{FaultCode::CardReaderAbsent, "endpoints"}));
    }
    EXPECT_FALSE(choose_pipes(
        Speaks::never, {{0x82, TransferKind::interrupt, 64}, {0x01, TransferKind::interrupt, 64}}));
}

// Keeps what was written and answers from a list: one entry per IN transfer.
class ScriptedUsb final : public usb::UsbTransport {
  public:
    std::vector<base::Bytes> written, replies;
    usb::DeviceId called{0x2B8B, 0x2721};

    base::Status open() override { return {}; }
    void close() override {}
    usb::DeviceId id() const override { return called; }
    std::vector<usb::Endpoint> endpoints() const override {
        return {{0x81, TransferKind::interrupt, 64}, {0x01, TransferKind::interrupt, 64}};
    }
    base::Status write(std::uint8_t, base::ByteView bytes, base::Millis) override {
        written.emplace_back(bytes.begin(), bytes.end());
        return {};
    }
    base::Result<std::size_t> read(std::uint8_t, std::span<std::uint8_t> into,
                                   base::Millis) override {
        if (replies.empty()) return base::fail(FaultCode::UsbTimedOut);
        const auto reply = replies.front();
        replies.erase(replies.begin());
        std::copy(reply.begin(), reply.end(), into.begin());
        return reply.size();
    }
};

TEST(card_wires, a_report_is_64_bytes_filled_up_with_zeros) {
    const auto usb = std::make_shared<ScriptedUsb>();
    UsbWire wire(usb);
    ASSERT_TRUE(wire.open());
    const base::Bytes frame(70, 0x11);
    ASSERT_TRUE(wire.send(frame));
    ASSERT_EQ(usb->written.size(), 2u);
    base::Bytes second(64, 0);
    std::fill_n(second.begin(), 6, std::uint8_t{0x11});
    EXPECT_EQ(usb->written[0], base::Bytes(64, 0x11));
    EXPECT_EQ(usb->written[1], second);
}

TEST(card_wires, what_stands_behind_a_frame_in_its_report_is_not_handed_on) {
    const auto usb = std::make_shared<ScriptedUsb>();
    UsbWire wire(usb);
    ASSERT_TRUE(wire.open());
    usb->replies = {base::Bytes(64, 0x22), base::Bytes(64, 0x33)};
    std::array<std::uint8_t, 200> room{};
    EXPECT_EQ(*wire.receive(room, {7, true}, base::Millis{1}), 7u);
    EXPECT_EQ(*wire.receive(room, {20, false}, base::Millis{1}), 20u);
    EXPECT_EQ(room[0], 0x22);
    ASSERT_TRUE(wire.send(base::Bytes(10)));  // the rest of that report is over
    EXPECT_EQ(*wire.receive(room, {7, true}, base::Millis{1}), 7u);
    EXPECT_EQ(room[0], 0x33);
}

TEST(card_wires, the_pause_of_the_table_goes_with_the_reader_that_was_opened) {
    const auto usb = std::make_shared<ScriptedUsb>();
    UsbWire wire(usb);
    ASSERT_TRUE(wire.open());
    EXPECT_EQ(wire.pause_before_reply(), base::Millis{100});
    usb->called = {0x0400, 0xC35A};
    ASSERT_TRUE(wire.open());
    EXPECT_EQ(wire.pause_before_reply(), base::Millis{0});
    usb->called = {0x1234, 0xABCD};  // named by the configuration
    ASSERT_TRUE(wire.open());
    EXPECT_EQ(wire.pause_before_reply(), base::Millis{0});
}

// A module that is well, on a reader that wants so long a pause that no test could wait for it.
class PausingWire final : public ReaderWire {
  public:
    base::Status open() override { return {}; }
    void close() override {}
    base::Status send(base::ByteView frame) override {
        const bool id = std::ranges::equal(frame, encode(read_sam_id));
        reply_ = encode(Reply{0, 0, sw_success, id ? base::Bytes(16, 1) : base::Bytes{}});
        {
            std::lock_guard lock(mutex_);
            ++asked_;
        }
        changed_.notify_all();
        return {};
    }
    base::Result<std::size_t> receive(std::span<std::uint8_t> room, Awaited awaited,
                                      base::Millis) override {
        const auto size = std::min({room.size(), awaited.bytes, reply_.size()});
        std::copy_n(reply_.begin(), size, room.begin());
        reply_.erase(reply_.begin(), reply_.begin() + static_cast<std::ptrdiff_t>(size));
        {
            std::lock_guard lock(mutex_);
            looked_ = asked_;
        }
        changed_.notify_all();
        return size;
    }
    void drain() override {}
    std::string where() const override { return "here"; }
    base::Millis pause_before_reply() const override { return std::chrono::hours(24); }

    bool is_asked(int times) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return asked_ == times; });
    }
    // Whether somebody looks for the reply to that command before long.
    bool is_looked_at(int command) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, base::Millis{300}, [&] { return looked_ == command; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    base::Bytes reply_;
    int asked_ = 0, looked_ = 0;
};

TEST(card_wires,
     a_reader_that_wants_a_pause_gets_it_for_cards_only_and_not_from_a_worker_that_ends) {
    auto owned = std::make_unique<PausingWire>();
    auto& wire = *owned;
    CardLink link(std::move(owned));
    ASSERT_TRUE(link.open({})) << "status and id are not cards";
    ASSERT_TRUE(link.ask(find_card, {}));
    base::Result<Reply> reply = Reply{};
    std::jthread worker([&](std::stop_token stop) { reply = link.ask(read_text_and_photo, stop); });
    ASSERT_TRUE(wire.is_asked(4));
    EXPECT_FALSE(wire.is_looked_at(4));
    worker.request_stop();
    worker.join();
    EXPECT_FALSE(reply);
    EXPECT_FALSE(wire.is_looked_at(4));
}

struct SerialBench {
    std::string port = ::testing::TempDir() + "card_reader_" + std::to_string(::getpid());
    EmulatedSerialReader device;
    emulation::People people = *emulation::load_people(testing::people_folder);
    testing::EventInbox inbox;
    std::unique_ptr<SdtIdCardReader> reader;
    std::uint64_t request = 0;

    explicit SerialBench(int speed = 115200) : device(port, speed) {}
    void place(const std::string& id) {
        device.sam().place({*encode_record(people.at(id).record), base::Bytes(1024, 0x57), {}});
    }
    base::Result<base::Secret<domain::IdCardRecord>> read(int speed = 115200) {
        if (!reader)
            reader = std::make_unique<SdtIdCardReader>(
                std::make_unique<SerialWire>(SerialPort{port, speed}), inbox.sink());
        reader->start_read({1, ++request});
        auto finished = inbox.next<CardReadFinished>();
        if (!finished) return base::fail(FaultCode::InternalError, "no completion");
        return finished->record;
    }
};

TEST(card_wires, a_card_is_read_over_a_serial_line_a_few_bytes_at_a_time) {
    SerialBench bench;
    bench.place("wang_rare");
    bench.device.drip(7);
    const auto record = bench.read();
    ASSERT_TRUE(record) << record.error().safe_detail;
    auto expected = bench.people.at("wang_rare").record;
    expected.photo = base::Bytes(1024, 0x57);
    EXPECT_EQ(**record, expected);
    bench.device.sam().lift();
    EXPECT_TRUE(bench.inbox.next<CardRemoved>());
}

TEST(card_wires, a_serial_reader_at_another_speed_stays_silent) {
    SerialBench bench(9600);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, FaultCode::CardReaderSilent);
}

TEST(card_wires, a_serial_reader_is_found_whatever_its_speed) {
    for (const int speed : {115200, 57600, 9600}) {
        SerialBench bench(speed);
        bench.place("wang_xiulan");
        EXPECT_TRUE(bench.read(any_speed)) << speed;
    }
}

TEST(card_wires, a_serial_cable_pulled_during_the_reply_ends_the_read_and_comes_back) {
    for (const std::size_t cut : {1u, 7u, 8u, 300u, 1294u}) {
        SerialBench bench;
        bench.place("wang_xiulan");
        bench.device.cut_replies(cut);
        const auto record = bench.read();
        ASSERT_FALSE(record) << cut;
        EXPECT_EQ(record.error().code, FaultCode::CardReaderUnplugged) << cut;
        bench.device.cut_replies(0);
        bench.device.plug();
        ASSERT_TRUE(bench.inbox.next_health(DeviceKind::id_card_reader, DeviceState::ready)) << cut;
        EXPECT_TRUE(bench.read()) << cut;
    }
}

TEST(card_wires, a_serial_port_that_is_not_there_or_none_says_so) {
    EXPECT_EQ(SerialWire({"/nonexistent/port", 115200}).open().error().code,
              FaultCode::CardReaderAbsent);
    EXPECT_EQ(SerialWire({"/dev/null", 115200}).open().error(),
              (base::Fault{FaultCode::CardReaderAbsent, "not a serial port"}));
    EXPECT_EQ(SerialWire({"/dev/null", 1200}).open().error(),
              (base::Fault{FaultCode::CardReaderAbsent, "speed"}));
}

TEST(card_wires, what_waits_on_a_serial_line_before_a_command_answers_nothing) {
    SerialBench bench;
    SerialWire wire({bench.port, 115200});
    ASSERT_TRUE(wire.open());
    std::array<std::uint8_t, 64> room{};
    for (int round = 0; round < 2; ++round) {
        ASSERT_TRUE(wire.send(encode(sam_status)));
        ASSERT_GT(*wire.receive(room, {1, true}, base::Millis{2000}), 0u);
    }
    EXPECT_EQ(room[0], 0xAA);  // the second reply begins at its beginning
}

}  // namespace
}  // namespace drivers::id_card
