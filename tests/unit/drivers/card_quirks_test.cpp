// Quirks Q1 to Q8 of drivers/id_card/README.md, each by its number.
#include "card_bench.hpp"
#include "drivers/id_card/codec/card_frames.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

namespace drivers::id_card {
namespace {

using base::FaultCode;
using domain::DeviceState;

TEST(card_quirks, q1_a_lost_first_byte_of_every_reply_is_tolerated_on_every_wire) {
    for (const auto shape : all_shapes) {
        CardBench bench(shape);
        bench.place("wang_xiulan", CardFault::lost_preamble);
        const auto record = bench.read();
        ASSERT_TRUE(record) << record.error().safe_detail;
        EXPECT_EQ((*record)->name, "王秀兰");
    }
}

TEST(card_quirks, q2_reading_a_card_may_take_three_seconds_and_other_answers_may_not) {
    constexpr int three_seconds = 12;  // of the quarter seconds a reply is awaited in
    CardBench slow_card;
    slow_card.device->delay_reading(three_seconds);
    slow_card.place("wang_xiulan");
    EXPECT_TRUE(slow_card.read());

    CardBench slow_reader;
    slow_reader.device->delay_replies(three_seconds);
    const auto record = slow_reader.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, FaultCode::CardReaderSilent);
}

TEST(card_quirks, q3_the_link_is_up_only_after_the_module_has_told_its_id) {
    CardBench bench;
    bench.device->sam().refuse(read_sam_id);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardReaderModuleFailed, "sam id"}));
    EXPECT_EQ(bench.reader->health().state, DeviceState::unavailable);
    const auto asked = bench.device->sam().asked();
    EXPECT_EQ(std::count(asked.begin(), asked.end(), find_card), 0);
}

TEST(card_quirks, q3_after_a_failed_transfer_the_link_is_opened_anew) {
    CardBench bench;
    bench.start();
    ASSERT_TRUE(bench.is_ready());
    const auto ids = [&] {
        const auto asked = bench.device->sam().asked();
        return std::count(asked.begin(), asked.end(), read_sam_id);
    };
    ASSERT_EQ(ids(), 1);
    bench.device->stall_next();
    ASSERT_FALSE(bench.finished());
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
    EXPECT_EQ(ids(), 2);
}

TEST(card_quirks, q4_nothing_but_the_commands_of_the_standard_is_ever_sent) {
    CardBench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    bench.device->lift();
    ASSERT_TRUE(bench.inbox.next<CardRemoved>());
    const std::array standard{sam_status,  read_sam_id,         find_card,
                              select_card, read_text_and_photo, read_card_management_number};
    const auto asked = bench.device->sam().asked();
    ASSERT_FALSE(asked.empty());
    for (const auto command : asked)
        EXPECT_EQ(std::count(standard.begin(), standard.end(), command), 1)
            << int{command.command} << " " << int{command.parameter};
}

TEST(card_quirks, q5_a_lifted_card_is_noticed_by_its_management_number) {
    CardBench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    EXPECT_FALSE(bench.inbox.next<CardRemoved>(std::chrono::seconds(1)));
    bench.device->lift();
    EXPECT_TRUE(bench.inbox.next<CardRemoved>());
}

TEST(card_quirks, q5_a_model_without_management_numbers_is_asked_for_the_newest_address) {
    for (const auto& address : {base::Bytes{}, base::Bytes(70, 0x20)}) {
        CardBench bench;
        bench.device->sam().refuse(read_card_management_number);
        bench.device->place({*encode_record(bench.people.at("wang_xiulan").record), {}, address});
        ASSERT_TRUE(bench.read());
        EXPECT_FALSE(bench.inbox.next<CardRemoved>(std::chrono::seconds(1)));
        bench.device->lift();
        EXPECT_TRUE(bench.inbox.next<CardRemoved>());
    }
}

TEST(card_quirks, q5_a_model_that_knows_neither_says_that_it_cannot_tell) {
    CardBench bench;
    bench.device->sam().refuse(read_card_management_number);
    bench.device->sam().refuse(read_newest_address);
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    EXPECT_TRUE(bench.inbox.next<CardWatchEnded>());
}

TEST(card_quirks, q6_after_an_authentication_error_the_card_must_be_lifted_first) {
    CardBench bench;
    bench.place("wang_xiulan", CardFault::distrusted);
    const auto refused = bench.read();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (base::Fault{FaultCode::CardReadFailed, "module_distrusts_card"}));
    // The same card, still lying there: not tried again, though it would be read now.
    bench.device->set_fault(CardFault::none);
    bench.start();
    EXPECT_FALSE(bench.inbox.next<CardFound>(std::chrono::seconds(1)));
    bench.place("wang_xiulan");  // lifted and placed again
    EXPECT_TRUE(bench.finished());
}

// Notices a command sent while a reply is owed, or a second thread.
class WatchfulTransport final : public usb::UsbTransport {
  public:
    explicit WatchfulTransport(std::shared_ptr<EmulatedIdCardReader> device)
        : inner_(std::move(device)) {}
    std::atomic<int> overlapping{0}, threads{0};

    base::Status open() override { return inner_.open(); }
    void close() override { inner_.close(); }
    usb::DeviceId id() const override { return inner_.id(); }
    std::vector<usb::Endpoint> endpoints() const override { return inner_.endpoints(); }
    base::Status write(std::uint8_t endpoint, base::ByteView bytes, base::Millis limit) override {
        note_thread();
        if (missing_ > 0) ++overlapping;
        so_far_.clear();
        missing_ = 1;
        return inner_.write(endpoint, bytes, limit);
    }
    base::Result<std::size_t> read(std::uint8_t endpoint, std::span<std::uint8_t> into,
                                   base::Millis limit) override {
        note_thread();
        auto got = inner_.read(endpoint, into, limit);
        if (!got) return got;
        so_far_.insert(so_far_.end(), into.begin(),
                       into.begin() + static_cast<std::ptrdiff_t>(*got));
        missing_ = missing_from_reply(so_far_).value_or(0);
        return got;
    }

  private:
    void note_thread() {
        if (std::exchange(last_, std::this_thread::get_id()) != std::this_thread::get_id())
            ++threads;
    }
    usb::EmulatedUsbTransport inner_;
    std::thread::id last_;
    base::Bytes so_far_;
    std::size_t missing_ = 0;
};

TEST(card_quirks, q7_one_thread_talks_to_a_reader_and_waits_for_each_answer) {
    const auto device = std::make_shared<EmulatedIdCardReader>(PipeShape::one_pair);
    const auto transport = std::make_shared<WatchfulTransport>(device);
    const auto people = *emulation::load_people(testing::people_folder);
    testing::EventInbox inbox;
    {
        SdtIdCardReader reader(std::make_unique<UsbWire>(transport), inbox.sink());
        device->place({*encode_record(people.at("wang_xiulan").record), {}, {}});
        // Asked from here, as often as the app may: only the last one is answered.
        for (std::uint64_t i = 1; i <= 20; ++i) {
            reader.start_read({1, i});
            (void)reader.health();
        }
        const auto finished = inbox.next<CardReadFinished>();
        ASSERT_TRUE(finished && finished->record);
        device->lift();
        ASSERT_TRUE(inbox.next<CardRemoved>());
    }
    EXPECT_EQ(transport->overlapping, 0);
    EXPECT_EQ(transport->threads, 1);
}

TEST(card_quirks, q8_inner_spaces_belong_to_the_address_and_only_the_end_is_padding) {
    CardBench bench;
    auto record = bench.people.at("wang_xiulan").record;
    record.address = " 示例县 示例镇  三组 5 号";
    bench.device->place({*encode_record(record), {}, {}});
    const auto read = bench.read();
    ASSERT_TRUE(read);
    EXPECT_EQ((*read)->address, record.address);
}

}  // namespace
}  // namespace drivers::id_card
