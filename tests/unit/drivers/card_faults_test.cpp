// What people and cables do to a reader while it reads, at every moment.
#include "card_bench.hpp"
#include "drivers/id_card/codec/card_content.hpp"
#include "drivers/id_card/codec/status_words.hpp"

namespace drivers::id_card {
namespace {

using base::FaultCode;
using domain::DeviceState;

// Pulls the cable at each transfer of opening and reading, one after the other, until one pull
// comes after the read was over. Every time the request must end, the health must say so, and the
// reader must work again when it is plugged in.
TEST(card_faults, a_cable_pulled_at_any_transfer_ends_the_read_and_the_next_one_works) {
    for (const auto shape : all_shapes) {
        constexpr std::size_t moments_at_least = 10;
        std::size_t transfer = 1;
        for (;; ++transfer) {
            ASSERT_LT(transfer, 200u);
            CardBench bench(shape);
            bench.place("wang_xiulan");
            bench.device->unplug_at(transfer);
            const auto record = bench.read();
            if (record) break;
            // Absent when the cable was pulled before the read was asked for.
            const auto code = record.error().code;
            EXPECT_TRUE(code == FaultCode::CardReaderUnplugged ||
                        code == FaultCode::CardReaderAbsent)
                << "transfer " << transfer;
            EXPECT_EQ(bench.reader->health().state, DeviceState::unavailable);
            bench.device->plug();
            EXPECT_TRUE(bench.read()) << "transfer " << transfer;
        }
        EXPECT_GT(transfer, moments_at_least);
    }
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST(card_faults, a_pipe_stalled_at_any_transfer_ends_the_read_and_the_next_one_works) {
    for (const auto shape : all_shapes) {
        constexpr std::size_t moments_at_least = 10;
        std::size_t transfer = 1;
        for (;; ++transfer) {
            ASSERT_LT(transfer, 200u);
            CardBench bench(shape);
            bench.place("wang_xiulan");
            bench.device->stall_at(transfer);
            bench.start();
            auto record = bench.finished();
            if (bench.device->transfers() < transfer) break;
            if (!record) {
                EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardReaderSilent, "stalled"}))
                    << "transfer " << transfer;
                bench.device->lift();
                bench.place("wang_xiulan");
                record = bench.read();
            }
            // A stall while the link is opened, or emptied of leftovers, is overcome in silence.
            EXPECT_TRUE(record) << "transfer " << transfer;
        }
        EXPECT_GT(transfer, moments_at_least);
    }
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST(card_faults, short_packets_and_slow_replies_are_put_together_on_both_bulk_shapes) {
    for (const auto shape : {PipeShape::two_pairs, PipeShape::one_pair})
        for (const std::size_t packet : {1u, 5u, 63u}) {
            CardBench bench(shape);
            bench.device->limit_packets(packet);
            bench.device->delay_replies(4);
            bench.place("wang_xiulan");
            EXPECT_TRUE(bench.read()) << packet;
        }
}

TEST(card_faults, a_cable_pulled_while_the_card_lies_there_is_told_as_the_readers_health) {
    CardBench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    bench.device->unplug();
    const auto lost =
        bench.inbox.next_health(domain::DeviceKind::id_card_reader, DeviceState::unavailable);
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->fault->code, FaultCode::CardReaderUnplugged);
    bench.device->plug();
    ASSERT_TRUE(bench.is_ready());
    bench.device->lift();
    EXPECT_TRUE(bench.inbox.next<CardRemoved>());
}

void expect_lifted_early(Command before) {
    for (const auto shape : all_shapes) {
        CardBench bench(shape);
        bench.device->sam().lift_before(before);
        bench.place("wang_xiulan");
        const auto record = bench.read();
        ASSERT_FALSE(record);
        EXPECT_EQ(record.error().code, FaultCode::CardLiftedEarly);
        bench.place("wang_xiulan");
        EXPECT_TRUE(bench.read());
    }
}

TEST(card_faults, a_card_lifted_between_find_and_select_was_lifted_too_early) {
    expect_lifted_early(select_card);
}

TEST(card_faults, a_card_lifted_between_select_and_read_was_lifted_too_early) {
    expect_lifted_early(read_text_and_photo);
}

TEST(card_faults, a_card_lifted_right_after_the_read_was_read_and_is_told_as_removed) {
    CardBench bench;
    bench.device->sam().lift_before(read_card_management_number);
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
    EXPECT_TRUE(bench.inbox.next<CardRemoved>());
}

TEST(card_faults, two_cards_are_refused_and_one_alone_is_read_after_they_were_lifted) {
    CardBench bench;
    bench.place("wang_xiulan", CardFault::two_cards);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardReadFailed, "select_failed"}));
    bench.start();
    EXPECT_FALSE(bench.inbox.next<CardFound>(std::chrono::seconds(1)));
    bench.place("li_young");
    const auto alone = bench.finished();
    ASSERT_TRUE(alone);
    EXPECT_EQ((*alone)->name, bench.people.at("li_young").record.name);
}

TEST(card_faults, another_card_in_place_of_the_first_one_is_told_as_removed) {
    CardBench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    bench.place("li_young");
    EXPECT_TRUE(bench.inbox.next<CardRemoved>());
}

// Until the driver knows what it could tell the next card by.
void wait_for_number(CardBench& bench) {
    for (;;) {
        const auto asked = bench.device->sam().asked();
        if (!asked.empty() && asked.back() == read_card_management_number) return;
        std::this_thread::yield();
    }
}

TEST(card_faults,
     a_reader_that_gives_out_the_last_card_from_its_memory_shows_nobody_another_person) {
    for (const auto shape : all_shapes) {
        CardBench bench(shape);
        bench.place("wang_xiulan", CardFault::remembers);
        ASSERT_TRUE(bench.read());
        wait_for_number(bench);
        for (int turn = 0; turn < 3; ++turn) {
            bench.place("li_young", CardFault::remembers);
            const auto record = bench.read();
            ASSERT_FALSE(record) << "as often as it does it";
            EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardReadFailed, "content stale"}));
        }
        bench.place("li_young");
        const auto own = bench.read();
        ASSERT_TRUE(own);
        EXPECT_EQ((*own)->name, bench.people.at("li_young").record.name);
    }
    EXPECT_EQ(base::live_secrets(), 0);
}

// A module that falls silent keeps its power, and with it what it remembers.
TEST(card_faults, a_reader_that_remembers_is_found_out_although_its_link_was_lost_meanwhile) {
    CardBench bench;
    bench.place("wang_xiulan", CardFault::remembers);
    ASSERT_TRUE(bench.read());
    wait_for_number(bench);
    bench.device->set_fault(CardFault::silent);
    ASSERT_FALSE(bench.read());
    ASSERT_EQ(bench.reader->health().state, DeviceState::unavailable);
    bench.place("li_young", CardFault::remembers);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardReadFailed, "content stale"}));
}

TEST(card_faults, content_of_the_last_card_from_one_that_does_not_say_its_number_is_not_believed) {
    constexpr std::uint8_t not_read = 0x41;
    CardBench bench;
    bench.place("wang_xiulan", CardFault::remembers);
    ASSERT_TRUE(bench.read());
    wait_for_number(bench);
    bench.device->lift();
    ASSERT_TRUE(bench.inbox.next<CardRemoved>());
    bench.device->sam().refuse(read_card_management_number, not_read);
    bench.place("li_young", CardFault::remembers);
    const auto doubtful = bench.read();
    ASSERT_FALSE(doubtful);
    EXPECT_EQ(doubtful.error(), (base::Fault{FaultCode::CardReadFailed, "content doubtful"}));
    // The same person once more, and now it says so.
    bench.device->lift();
    bench.device->sam().refuse_nothing();
    bench.place("wang_xiulan", CardFault::remembers);
    const auto own = bench.read();
    ASSERT_TRUE(own);
    EXPECT_EQ((*own)->name, bench.people.at("wang_xiulan").record.name);
}

TEST(card_faults, the_same_card_again_is_no_memory) {
    CardBench bench;
    for (int turn = 0; turn < 3; ++turn) {
        bench.place("wang_xiulan");
        ASSERT_TRUE(bench.read()) << turn;
        wait_for_number(bench);
    }
    // A model that tells no numbers cannot be found out, and is believed.
    bench.device->sam().refuse(read_card_management_number);
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
}

TEST(card_faults, a_card_left_behind_is_not_read_for_the_next_person) {
    CardBench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    bench.reader->stop();  // the session ended and the card lies there
    EXPECT_FALSE(bench.inbox.next<CardRemoved>(std::chrono::seconds(1)));
    bench.start();
    EXPECT_FALSE(bench.inbox.next<CardFound>(std::chrono::seconds(1)));
    bench.device->lift();
    bench.place("li_young");
    const auto next = bench.finished();
    ASSERT_TRUE(next);
    EXPECT_EQ((*next)->name, bench.people.at("li_young").record.name);
}

// One read as the driver makes it, without its pauses; none when it failed.
std::optional<base::Bytes> content_of_one_read(CardLink& link) {
    for (const auto& [command, wanted] :
         {std::pair{find_card, sw_card_found}, std::pair{select_card, sw_success}}) {
        const auto reply = link.ask(command, {});
        if (!reply || reply->sw3 != wanted) return std::nullopt;
    }
    auto reply = link.ask(read_text_and_photo, {});
    if (!reply || reply->sw3 != sw_success) return std::nullopt;
    return std::move(reply->data);
}

TEST(card_faults, with_five_replies_in_a_hundred_spoiled_nearly_every_card_is_read_and_none_wrong) {
    constexpr int cards = 500, times_placed_max = 3, at_least = 495;
    const CardBench bench;
    CardLink link(
        std::make_unique<UsbWire>(std::make_shared<usb::EmulatedUsbTransport>(bench.device)));
    ASSERT_TRUE(link.open({}));
    const EmulatedCard card{
        *encode_record(bench.people.at("wang_xiulan").record), base::Bytes(1024, 0x57), {}};
    const auto whole = join_text_and_photo(card.text, card.photo);
    bench.device->sam().spoil(5, 1);
    int read = 0;
    for (int number = 0; number < cards; ++number)
        for (int placed = 0; placed < times_placed_max; ++placed) {
            bench.device->lift();
            (void)link.ask(find_card, {});  // sees that nothing lies there
            bench.device->place(card);
            const auto content = content_of_one_read(link);
            if (!content) continue;
            EXPECT_EQ(*content, whole) << "spoiled, and taken for good";
            ++read;
            break;
        }
    EXPECT_GE(read, at_least);
    constexpr std::size_t commands = 4;  // for each card, where nothing has to be asked again
    EXPECT_GT(bench.device->sam().asked().size(), cards * commands * 103 / 100)
        << "there was hardly any noise";
}

TEST(card_faults, a_reader_pulled_and_plugged_ten_times_still_reads) {
    CardBench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    for (int i = 0; i < 10; ++i) {
        bench.device->unplug();
        const auto record = bench.read();
        ASSERT_FALSE(record);
        bench.device->plug();
        bench.place("wang_xiulan");
        ASSERT_TRUE(bench.read()) << i;
    }
    bench.reader.reset();
    EXPECT_EQ(base::live_secrets(), 0);
}

}  // namespace
}  // namespace drivers::id_card
