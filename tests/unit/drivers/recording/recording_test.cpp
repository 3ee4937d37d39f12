// Recordings of USB traffic: written, read back, replayed strictly, and without the person.
#include "card_bench.hpp"
#include "drivers/id_card/codec/card_content.hpp"
#include "drivers/id_card/codec/card_redaction.hpp"
#include "drivers/usb/recording/recorded_transport.hpp"
#include "drivers/usb/recording/replayed_transport.hpp"

#include <cstdlib>
#include <random>

namespace drivers::id_card {
namespace {

using base::FaultCode;
using usb::Exchange;
using usb::Recording;
using Kind = usb::Exchange::Kind;

const std::array<std::pair<const char*, PipeShape>, 3> fixtures{
    {{"tests/fixtures/usb/card_four_pipes.usb", PipeShape::two_pairs},
     {"tests/fixtures/usb/card_one_pair.usb", PipeShape::one_pair},
     {"tests/fixtures/usb/card_reports.usb", PipeShape::reports}}};

base::Bytes random_photo(std::uint32_t seed) {
    std::mt19937 random(seed);
    base::Bytes photo(1024);
    for (auto& byte : photo) byte = static_cast<std::uint8_t>(random());
    return photo;
}

// One read of a card over a recorded transport, and what it leaves when the person is out.
struct Taken {
    CardBench bench;
    domain::IdCardRecord person;
    Recording recording;
    bool was_read = false;

    Taken(PipeShape shape, const std::string& who, CardFault fault = CardFault::none)
        : bench(shape), person(bench.people.at(who).record) {
        person.photo = random_photo(1);
        bench.device->set_fault(fault);
        bench.device->place({*encode_record(person), person.photo, {}});
        const base::SystemClock clock;
        const auto transport = std::make_shared<usb::RecordedTransport>(
            std::make_shared<usb::EmulatedUsbTransport>(bench.device), clock);
        bench.reader = std::make_unique<SdtIdCardReader>(std::make_unique<UsbWire>(transport),
                                                         bench.inbox.sink());
        was_read = bench.read().has_value();
        bench.reader.reset();
        recording = transport->redacted(without_people);
    }
    // All that came in, one after the other.
    base::Bytes heard() const {
        base::Bytes all;
        for (const auto& one : recording.exchanges)
            if (one.kind == Kind::in) all.insert(all.end(), one.bytes.begin(), one.bytes.end());
        return all;
    }
};

bool holds(const base::Bytes& all, base::ByteView part) {
    return std::search(all.begin(), all.end(), part.begin(), part.end()) != all.end();
}

void expect_nobody_in(const base::Bytes& all, const domain::IdCardRecord& person) {
    constexpr std::size_t too_short_to_tell = 6;
    for (const auto& field : {person.name, person.number, person.address, person.birth_yyyymmdd,
                              person.authority, person.valid_from_yyyymmdd, person.valid_until,
                              person.english_name, person.pass_number}) {
        const auto bytes = base::utf16le_from_utf8(field);
        if (bytes.size() >= too_short_to_tell && field != "长期") {
            EXPECT_FALSE(holds(all, bytes)) << field;
        }
    }
    constexpr std::size_t window = 6;
    for (std::size_t at = 0; at + window <= person.photo.size(); ++at)
        ASSERT_FALSE(holds(all, base::ByteView(person.photo).subspan(at, window))) << at;
}

base::Result<base::Secret<domain::IdCardRecord>> read_replay(const Recording& recording) {
    testing::EventInbox inbox;
    SdtIdCardReader reader(
        std::make_unique<UsbWire>(std::make_shared<usb::ReplayedTransport>(recording)),
        inbox.sink());
    reader.start_read({1, 1});
    auto finished = inbox.next<CardReadFinished>();
    if (!finished) return base::fail(FaultCode::InternalError, "no completion");
    return finished->record;
}

TEST(recording, a_card_is_read_from_its_recording_as_another_person_of_the_same_kind) {
    for (const auto shape : all_shapes)
        for (const char* who : {"wang_xiulan", "hk_resident"}) {
            const Taken taken(shape, who);
            ASSERT_TRUE(taken.was_read);
            const auto replayed = read_replay(taken.recording);
            ASSERT_TRUE(replayed) << replayed.error().safe_detail;
            auto expected = stand_in(taken.person.type);
            expected.photo = base::Bytes(1024, 0x57);
            EXPECT_EQ(**replayed, expected);
        }
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST(recording, no_byte_of_the_person_is_left_whatever_happened_during_the_read) {
    for (const auto shape : all_shapes)
        for (const auto& [name, fault] : card_faults) {
            const Taken taken(shape, "wang_xiulan", fault);
            expect_nobody_in(taken.heard(), taken.person);
            EXPECT_EQ(usb::recording_from_text(usb::as_text(taken.recording))->exchanges,
                      taken.recording.exchanges)
                << name;
        }
}

// One command and its answer, as they would be recorded.
Recording asked(Command command, const Reply& reply, std::size_t noise = 0) {
    Recording recording;
    Exchange out, in;
    out.kind = Kind::out;
    out.bytes = encode(command);
    in.kind = Kind::in;
    in.bytes = base::Bytes(noise, 0xEE);
    const auto frame = encode(reply);
    in.bytes.insert(in.bytes.end(), frame.begin(), frame.end());
    in.bytes.insert(in.bytes.end(), 20, 0xA5);  // behind the frame
    in.room = in.bytes.size();
    recording.exchanges = {out, in};
    return recording;
}

TEST(recording, fingerprints_new_addresses_and_numbers_of_cards_are_replaced_at_their_length) {
    const auto people = *emulation::load_people(testing::people_folder);
    auto person = people.at("wang_xiulan").record;
    person.photo = random_photo(2);
    auto with_prints = join_text_and_photo(*encode_record(person), person.photo);
    const auto prints = random_photo(3);
    const base::Bytes length{0x04, 0x00};
    with_prints.insert(with_prints.begin() + 4, length.begin(), length.end());
    with_prints.insert(with_prints.end(), prints.begin(), prints.end());
    auto address = base::utf16le_from_utf8("示例县示例镇示例村三组");
    while (address.size() < 70) address.insert(address.end(), {0x20, 0x00});
    auto blocks = person.photo;
    blocks.insert(blocks.end(), prints.begin(), prints.end());
    struct Case {
        Command command;
        base::Bytes data, secret;  // secret: what of it must not be left
    };
    std::vector<Case> cases{
        {read_text_photo_and_fingerprints, with_prints, blocks},
        {read_newest_address, address, base::Bytes(address.begin(), address.begin() + 22)}};
    for (const auto command : {read_card_management_number, find_card, select_card,
                               Command{0x55, 0x01}}) {  // the last is no command of ours
        const auto data = random_photo(command.command);
        cases.push_back({command, data, data});
    }
    for (const auto& [command, data, secret] : cases)
        for (const std::size_t noise : {0u, 1u}) {
            const auto before = asked(command, {0, 0, 0x90, data}, noise);
            const auto after = without_people(before);
            const auto &was = before.exchanges[1].bytes, &is = after.exchanges[1].bytes;
            ASSERT_EQ(is.size(), was.size());
            EXPECT_EQ(after.exchanges[0], before.exchanges[0]);
            constexpr std::size_t window = 6;
            for (std::size_t at = 0; at + window <= secret.size(); ++at)
                ASSERT_FALSE(holds(is, base::ByteView(secret).subspan(at, window)))
                    << int(command.command) << " " << at;
            if (command == read_text_photo_and_fingerprints) expect_nobody_in(is, person);
            const auto reply = decode_reply(base::ByteView(is).first(is.size() - 20));
            ASSERT_TRUE(reply) << int(command.command);
            EXPECT_EQ(reply->data.size(), data.size());
            EXPECT_EQ(reply->sw3, 0x90);
        }
}

TEST(recording, what_is_no_frame_is_blotted_out) {
    auto recording = asked(read_text_and_photo, {0, 0, 0x90, random_photo(8)});
    recording.exchanges[1].bytes[30] ^= 0x01;
    const auto after = without_people(recording);
    EXPECT_EQ(after.exchanges[1].bytes, base::Bytes(recording.exchanges[1].bytes.size(), 0));
    // The same for what came before anything was asked.
    recording.exchanges.erase(recording.exchanges.begin());
    EXPECT_EQ(without_people(recording).exchanges[0].bytes,
              base::Bytes(recording.exchanges[0].bytes.size(), 0));
}

TEST(recording, text_and_recording_are_the_same_and_a_wrong_line_is_named) {
    const Taken taken(PipeShape::two_pairs, "li_young");
    const auto text = usb::as_text(taken.recording);
    EXPECT_EQ(*usb::recording_from_text(text), taken.recording);
    EXPECT_EQ(*usb::recording_from_text(text + "# a remark\n\n"), taken.recording);
    const std::string head = "usb-recording 1\ndevice 0400:C35A\nendpoint 81 bulk 64\n";
    for (const char* wrong : {"5 in 81 2 ok AABBCC", "5 in 81 2 ok A", "5 out 02 AA", "x open ok",
                              "5 open maybe", "5 leave ok", "5 in 181 2 ok AA", "5 open ok ok",
                              "device 0400", "endpoint 81 other 64"}) {
        const auto read = usb::recording_from_text(head + wrong + "\n");
        ASSERT_FALSE(read) << wrong;
        EXPECT_EQ(read.error(), (base::Fault{FaultCode::BytesMalformed, "line 4"})) << wrong;
    }
    EXPECT_FALSE(usb::recording_from_text("something else"));
}

TEST(recording, a_replay_tells_where_the_driver_asks_something_else) {
    const auto played = [] {
        return usb::ReplayedTransport(*usb::recording_from_text(
            "usb-recording 1\ndevice 0400:C35A\n0 open ok\n1 out 02 AABB ok\n"
            "2 in 81 64 UsbTimedOut\n3 in 81 64 ok CC\n4 close ok\n"));
    };
    std::array<std::uint8_t, 64> room{};
    const base::Bytes right{0xAA, 0xBB}, wrong{0xAA, 0xBC};
    constexpr base::Millis limit{1};
    {
        auto transport = played();
        ASSERT_TRUE(transport.open());
        ASSERT_TRUE(transport.write(0x02, right, limit));
        EXPECT_EQ(transport.read(0x81, room, limit).error().code, FaultCode::UsbTimedOut);
        EXPECT_EQ(*transport.read(0x81, room, limit), 1u);
        EXPECT_EQ(room[0], 0xCC);
        transport.close();
        EXPECT_TRUE(transport.is_played_out());
        EXPECT_FALSE(transport.mismatch());
        EXPECT_EQ(transport.read(0x81, room, limit).error(),
                  (base::Fault{FaultCode::UsbFailed, "replay 6: expected the end"}));
    }
    auto other_bytes = played();
    ASSERT_TRUE(other_bytes.open());
    EXPECT_EQ(other_bytes.write(0x02, wrong, limit).error().safe_detail,
              "replay 2: expected other bytes");
    auto other_order = played();
    ASSERT_TRUE(other_order.open());
    EXPECT_EQ(other_order.read(0x81, room, limit).error().safe_detail, "replay 2: expected out 02");
    EXPECT_TRUE(other_order.mismatch());
    auto other_room = played();
    ASSERT_TRUE(other_room.open());
    ASSERT_TRUE(other_room.write(0x02, right, limit));
    EXPECT_EQ(other_room.read(0x81, std::span(room).first(7), limit).error().safe_detail,
              "replay 3: expected room for 64 bytes");
}

TEST(recording, the_recordings_kept_as_fixtures_are_still_read) {
    if (std::getenv("CW_UPDATE_REFERENCES") != nullptr) {
        for (const auto& [path, shape] : fixtures)
            ASSERT_TRUE(base::write_file(
                path, base::to_bytes(usb::as_text(Taken(shape, "wang_xiulan").recording)), 0644));
    }
    for (const auto& [path, shape] : fixtures) {
        const auto file = base::read_file(path);
        ASSERT_TRUE(file) << path;
        const auto recording = usb::recording_from_text(std::string(base::as_text(*file)));
        ASSERT_TRUE(recording) << path;
        const auto replayed = read_replay(*recording);
        ASSERT_TRUE(replayed) << path << " " << replayed.error().safe_detail;
        EXPECT_EQ((**replayed).name, stand_in(domain::CardType::resident).name);
    }
}

}  // namespace
}  // namespace drivers::id_card
