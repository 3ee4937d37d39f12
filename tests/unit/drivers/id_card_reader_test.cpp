// The real reader driver over an emulated USB reader that speaks true bytes.
#include "domain/citizen_identity.hpp"
#include "drivers/emulation/people.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/emulated/emulated_id_card_reader.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "event_inbox.hpp"
#include "test_files.hpp"

#include <gtest/gtest.h>

namespace drivers::id_card {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;
using domain::Ticket;

constexpr base::Date today{std::chrono::year{2026}, std::chrono::November, std::chrono::day{22}};

struct Bench {
    testing::EventInbox inbox;
    std::shared_ptr<EmulatedIdCardReader> device;
    emulation::People people = *emulation::load_people(testing::people_folder);
    std::unique_ptr<SdtIdCardReader> reader;
    std::uint64_t request = 0;

    explicit Bench(PipeShape shape = PipeShape::two_pairs)
        : device(std::make_shared<EmulatedIdCardReader>(shape)) {}
    void power() {
        reader = std::make_unique<SdtIdCardReader>(
            std::make_unique<UsbWire>(std::make_shared<usb::EmulatedUsbTransport>(device)),
            inbox.sink());
    }
    void place(const std::string& id, CardFault fault = CardFault::none) {
        device->set_fault(fault);
        device->place({*encode_record(people.at(id).record), base::Bytes(1024, 0x57), {}});
    }
    Ticket start() {
        if (!reader) power();
        const Ticket ticket{1, ++request};
        reader->start_read(ticket);
        return ticket;
    }
    base::Result<base::Secret<domain::IdCardRecord>> read() {
        const auto ticket = start();
        auto finished = inbox.next<CardReadFinished>();
        if (!finished) return base::fail(FaultCode::InternalError, "no completion");
        EXPECT_EQ(finished->ticket, ticket);
        return finished->record;
    }
    base::Result<domain::CitizenIdentity> identify() {
        const auto record = TRY(read());
        return domain::CitizenIdentity::from_card(*record, today);
    }
};

TEST(id_card, a_placed_card_is_found_and_read_as_it_is) {
    for (const auto shape : {PipeShape::two_pairs, PipeShape::one_pair, PipeShape::reports}) {
        Bench bench(shape);
        bench.place("wang_xiulan");
        const auto ticket = bench.start();
        const auto found = bench.inbox.next<CardFound>();
        ASSERT_TRUE(found);
        EXPECT_EQ(found->ticket, ticket);
        auto finished = bench.inbox.next<CardReadFinished>();
        ASSERT_TRUE(finished && finished->record);
        auto expected = bench.people.at("wang_xiulan").record;
        expected.photo = base::Bytes(1024, 0x57);
        EXPECT_EQ(**finished->record, expected);
    }
}

TEST(id_card, characters_beyond_the_basic_plane_come_through) {
    Bench bench;
    bench.place("wang_rare");
    EXPECT_EQ(bench.identify()->name(), "王𠅤𬱖");
}

TEST(id_card, a_card_placed_later_is_found_by_polling) {
    Bench bench;
    const auto ticket = bench.start();
    ASSERT_TRUE(bench.inbox.next_health(DeviceKind::id_card_reader, DeviceState::ready));
    bench.place("li_young");
    const auto finished = bench.inbox.next<CardReadFinished>();
    ASSERT_TRUE(finished && finished->record);
    EXPECT_EQ(finished->ticket, ticket);
}

TEST(id_card, a_lifted_card_is_told_once_even_after_stop) {
    Bench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    bench.reader->stop();
    bench.device->lift();
    const auto removed = bench.inbox.next<CardRemoved>();
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->ticket, (Ticket{1, 1}));
}

TEST(id_card, a_card_that_was_read_must_be_lifted_before_it_is_read_again) {
    Bench bench;
    bench.place("wang_xiulan");
    ASSERT_TRUE(bench.read());
    bench.start();
    EXPECT_TRUE(bench.inbox.next<CardInTheWay>());
    EXPECT_FALSE(bench.inbox.next<CardFound>(std::chrono::seconds(1)));
    bench.place("li_young");
    const auto finished = bench.inbox.next<CardReadFinished>();
    ASSERT_TRUE(finished && finished->record);
    EXPECT_EQ((**finished->record).name, bench.people.at("li_young").record.name);
}

TEST(id_card, a_refused_card_left_lying_is_said_to_be_in_the_way_of_the_next) {
    Bench bench;
    bench.place("wang_xiulan", CardFault::garbled);
    ASSERT_FALSE(bench.read());
    const auto ticket = bench.start();
    const auto lies = bench.inbox.next<CardInTheWay>();
    ASSERT_TRUE(lies);
    EXPECT_EQ(lies->ticket, ticket);
    bench.device->lift();
    const auto removed = bench.inbox.next<CardRemoved>();
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->ticket, ticket);
    bench.place("li_young");
    const auto finished = bench.inbox.next<CardReadFinished>();
    ASSERT_TRUE(finished && finished->record);
    EXPECT_EQ((**finished->record).name, bench.people.at("li_young").record.name);
}

TEST(id_card, a_watch_notices_a_card_and_reads_nothing) {
    Bench bench;
    bench.power();
    bench.reader->start_watch({1, 9});
    bench.place("wang_xiulan");
    const auto found = bench.inbox.next<CardFound>();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->ticket, (Ticket{1, 9}));
    EXPECT_FALSE(bench.inbox.next<CardReadFinished>(std::chrono::seconds(1)));
    EXPECT_TRUE(bench.read());
}

TEST(id_card, short_packets_and_slow_replies_are_put_together) {
    Bench bench(PipeShape::one_pair);
    bench.device->limit_packets(5);
    bench.device->delay_replies(4);
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
}

TEST(id_card, a_garbled_card_asks_to_place_it_again_and_a_good_one_is_read_then) {
    Bench bench;
    bench.place("wang_xiulan", CardFault::garbled);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardFrameGarbled, "check"}));
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
}

TEST(id_card, a_card_left_unread_is_told_when_it_goes) {
    Bench bench;
    bench.place("wang_xiulan", CardFault::garbled);
    ASSERT_FALSE(bench.read());
    bench.reader->start_watch({2, 9});
    bench.device->lift();
    const auto removed = bench.inbox.next<CardRemoved>();
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->ticket, (Ticket{1, 1}));
}

TEST(id_card, a_truncated_reply_is_a_fault) {
    Bench bench;
    bench.place("wang_xiulan", CardFault::truncated);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardFrameGarbled, "truncated"}));
}

TEST(id_card, lying_length_words_are_a_fault) {
    Bench bench;
    bench.place("wang_xiulan", CardFault::lying_length);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardFrameGarbled, "content length"}));
}

TEST(id_card, a_card_pulled_during_the_read_asks_to_place_it_again) {
    Bench bench;
    bench.place("wang_xiulan", CardFault::lifted);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, FaultCode::CardLiftedEarly);
    EXPECT_EQ(base::citizen_text(record.error().code, base::Locale::zh),
              "身份证拿早了，请重新放上，等提示再取");
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
}

TEST(id_card, a_wrong_check_digit_is_refused) {
    Bench bench;
    bench.place("wrong_check_digit");
    const auto person = bench.identify();
    ASSERT_FALSE(person);
    EXPECT_EQ(person.error().code, FaultCode::CardNumberWrong);
}

TEST(id_card, an_expired_card_is_refused) {
    Bench bench;
    bench.place("expired");
    const auto person = bench.identify();
    ASSERT_FALSE(person);
    EXPECT_EQ(person.error().code, FaultCode::CardExpired);
}

TEST(id_card, an_unknown_ethnicity_is_shown_as_its_code) {
    Bench bench;
    bench.place("unknown_ethnicity");
    const auto person = bench.identify();
    ASSERT_TRUE(person);
    EXPECT_EQ(domain::ethnicity_name(person->ethnicity_code(), base::Locale::zh), "代码81");
}

TEST(id_card, every_other_kind_of_card_is_named_as_what_it_is) {
    for (const auto& [person, fault] :
         {std::pair{"hk_resident", FaultCode::CardResidencePermit},
          std::pair{"foreigner_2017", FaultCode::CardForeignPermanent},
          std::pair{"foreigner_2023", FaultCode::CardForeignPermanent},
          std::pair{"unknown_type", FaultCode::CardTypeUnsupported}}) {
        Bench bench;
        bench.place(person);
        const auto identified = bench.identify();
        ASSERT_FALSE(identified) << person;
        EXPECT_EQ(identified.error().code, fault) << person;
    }
}

TEST(id_card, an_unplugged_reader_ends_the_read_and_comes_back_when_plugged) {
    Bench bench;
    bench.start();
    ASSERT_TRUE(bench.inbox.next_health(DeviceKind::id_card_reader, DeviceState::ready));
    bench.device->unplug();
    const auto finished = bench.inbox.next<CardReadFinished>();
    ASSERT_TRUE(finished && !finished->record);
    EXPECT_EQ(finished->record.error().code, FaultCode::CardReaderUnplugged);
    EXPECT_EQ(bench.reader->health().state, DeviceState::unavailable);
    bench.device->plug();
    ASSERT_TRUE(bench.inbox.next_health(DeviceKind::id_card_reader, DeviceState::ready));
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
}

TEST(id_card, an_absent_reader_says_so) {
    Bench bench;
    bench.device->unplug();
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, FaultCode::CardReaderAbsent);
    EXPECT_EQ(bench.reader->health().fault->code, FaultCode::CardReaderAbsent);
}

TEST(id_card, a_silent_reader_ends_the_read) {
    Bench bench;
    bench.place("wang_xiulan", CardFault::silent);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, FaultCode::CardReaderSilent);
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
}

TEST(id_card, a_stalled_pipe_ends_the_read_and_the_next_one_works) {
    Bench bench;
    bench.start();
    ASSERT_TRUE(bench.inbox.next_health(DeviceKind::id_card_reader, DeviceState::ready));
    bench.device->stall_next();
    const auto finished = bench.inbox.next<CardReadFinished>();
    ASSERT_TRUE(finished && !finished->record);
    EXPECT_EQ(finished->record.error().code, FaultCode::CardReaderSilent);
    bench.place("wang_xiulan");
    EXPECT_TRUE(bench.read());
}

TEST(id_card, a_module_without_authorisation_is_out_of_service) {
    Bench bench;
    bench.place("wang_xiulan", CardFault::unauthorised);
    const auto record = bench.read();
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error(), (base::Fault{FaultCode::CardReaderModuleFailed, "not_authorised"}));
    EXPECT_EQ(bench.reader->health().state, DeviceState::unavailable);
}

TEST(id_card, a_stopped_read_is_never_heard_of_again) {
    Bench bench;
    bench.start();
    ASSERT_TRUE(bench.inbox.next_health(DeviceKind::id_card_reader, DeviceState::ready));
    bench.reader->stop();
    bench.place("wang_xiulan");
    EXPECT_FALSE(bench.inbox.next<CardReadFinished>(std::chrono::seconds(1)));
}

TEST(id_card, nothing_of_a_read_card_stays_in_the_reader) {
    Bench bench;
    bench.place("wang_xiulan");
    { ASSERT_TRUE(bench.read()); }
    bench.reader.reset();
    EXPECT_EQ(base::live_secrets(), 0);
}

}  // namespace
}  // namespace drivers::id_card
