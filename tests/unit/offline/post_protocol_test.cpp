#include "offline/formats/record.hpp"
#include "offline/post/protocol.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace offline::post;
using base::FaultCode;

domain::AppReport full_report() {
    domain::AppReport out;
    out.parts = {{domain::DeviceKind::id_card_reader, domain::DeviceState::ready,
                  domain::Supply::unknown, ""},
                 {domain::DeviceKind::document_printer, domain::DeviceState::unavailable,
                  domain::Supply::out, "PrinterPaperOut"}};
    out.version = "1.0.0";
    out.pack = "cn-county";
    out.pack_version = 12;
    out.key_set = 3;
    out.pack_outdated = true;
    out.page = "form_address";
    out.proof = domain::ScreenProof::frozen;
    out.pause = "paper";
    out.started_at = base::Instant{base::Millis{5}};
    out.sessions = 9;
    out.kept = 4;
    out.memory_kib = 180'000;
    out.disk_free_percent = 61;
    out.paper_hours = 30;
    out.roll_hours = 12;
    return out;
}

std::vector<ClientMessage> client_messages() {
    return {message::Hello{domain::Realm::training},
            message::Reserve{5, domain::SubId{{1, 2, 3}}, 1 << 20},
            message::Abandon{domain::SubId{{1, 2, 3}}},
            message::AttachmentBegin{6, domain::SubId{{1, 2, 3}}, {9, 8}, "M1"},
            message::AttachmentChunk{6, {9, 8}, 65536, base::Bytes(chunk_bytes_max, 7)},
            message::AttachmentEnd{6, {9, 8}},
            message::Accept{1, domain::SubId{{1, 2, 3}}, "990511001000", 3,
                            base::Instant{base::Millis{5}}, base::Bytes(5000, 7)},
            message::Accept{7,
                            domain::SubId{{1, 2, 3}},
                            "990511001000",
                            3,
                            base::Instant{base::Millis{5}},
                            base::Bytes(5000, 7),
                            {{9, 8}, {7}},
                            Lane::urgent,
                            domain::SubId{{4}},
                            2},
            message::LookUp{2, "CW1.abc"},
            message::Ask{3, "progress", {1, 2, 3}},
            message::ReceiptShown{"ABCD"},
            message::Nudge{},
            message::StockAsked{8},
            message::CourierBegin{9, domain::CourierWork::import_returns},
            message::AppReported{full_report()},
            message::CommandDone{3, "ConfigInvalid"}};
}

domain::OutboxStock full_stock() {
    domain::OutboxStock out;
    out.waiting = 3;
    out.sending = 2;
    out.attention = 1;
    out.oldest = base::Instant{base::Millis{5}};
    out.bytes = 70'000;
    out.used_percent = 41;
    out.causes = {{"revoked", 1}, {"item unknown", 12}};
    out.clock_trust = domain::ClockTrust::server;
    out.last_contact = base::Instant{base::Millis{0}};
    out.sticks = true;
    return out;
}

std::vector<ServerMessage> server_messages() {
    domain::LocalReceipt receipt{
        domain::SubId::draw(),   "ABCD", "WXYZ", 9, base::Instant{base::Millis{5}},
        domain::ClockTrust::ntp, "CW1.x"};
    return {message::Welcome{domain::Realm::service},
            message::Reserved{5},
            message::AttachmentKept{6, {{9, 8}, {1}, 70'000, "M1"}},
            message::Accepted{1, receipt},
            message::Found{2, {domain::Delivery::received, "ABCD", "CASE", "", "", "2026"}},
            message::Answered{3, {1, 2}},
            message::Failed{4, {FaultCode::DiskFull, "detail"}},
            message::Stock{8, {}},
            message::Stock{8, full_stock()},
            message::CourierSaid{9, "已写入 10%"},
            message::CourierDone{9, false},
            message::CommandGiven{
                3, domain::CommandKind::notice, {"今天停机", base::Instant{base::Millis{9}}}},
            message::CommandGiven{4, domain::CommandKind::restart, {}},
            message::StatusNow{{domain::Line::online, true, 2, 3, 4, {{"A"}, {"B"}}}},
            message::StatusNow{{domain::Line::offline, false, 2, 3, 4, {}, true}}};
}

base::Bytes body(const base::Bytes& frame) {
    return {frame.begin() + 4, frame.end()};
}

TEST(post_protocol, every_message_reads_back_as_it_was_sent) {
    for (const auto& sent : client_messages())
        EXPECT_EQ(client_message(body(frame_of(sent).value())).value(), sent);
    for (const auto& sent : server_messages())
        EXPECT_EQ(server_message(body(frame_of(sent).value())).value(), sent);
}

TEST(post_protocol, frames_that_come_in_pieces_are_put_together) {
    base::Bytes stream;
    for (const auto& sent : client_messages()) {
        const auto frame = frame_of(sent).value();
        stream.insert(stream.end(), frame.begin(), frame.end());
    }
    FrameReader reader;
    std::vector<ClientMessage> seen;
    for (const auto byte : stream) {
        reader.take(base::ByteView(&byte, 1));
        while (const auto next = reader.next().value())
            seen.push_back(client_message(*next).value());
    }
    EXPECT_EQ(seen, client_messages());
}

TEST(post_protocol, PostMessageMalformed_garbage_never_crashes_and_never_passes) {
    std::mt19937 random(7);
    for (const auto& sent : client_messages()) {
        const base::Bytes good = body(frame_of(sent).value());
        for (int i = 0; i < 400; ++i) {
            base::Bytes bad = good;
            bad[random() % std::min<std::size_t>(bad.size(), 200)] ^=
                static_cast<std::uint8_t>(1 + random() % 255);
            if (random() % 3 == 0) bad.resize(random() % bad.size());
            const auto read = client_message(bad);
            EXPECT_TRUE(read || read.error().code == FaultCode::PostMessageMalformed);
        }
        for (std::size_t size = 0; size < std::min<std::size_t>(good.size(), 300); ++size)
            EXPECT_FALSE(client_message(base::ByteView(good).first(size)));
    }
    EXPECT_FALSE(client_message(base::Bytes(1'000'000, 0x81)));
    EXPECT_FALSE(server_message(base::Bytes(1'000'000, 0xA1)));
}

TEST(post_protocol, PostMessageMalformed_an_unknown_field_kind_or_version_is_refused) {
    using offline::formats::Record;
    const auto read = [](Record record) {
        return client_message(offline::formats::to_cbor(record));
    };
    const Record nudge{{"v", protocol_version}, {"t", std::string("nudge")}};
    EXPECT_TRUE(read(nudge));
    auto changed = nudge;
    changed["extra"] = std::int64_t{1};
    EXPECT_FALSE(read(changed));
    for (const std::int64_t other : {protocol_version - 1, protocol_version + 1}) {
        changed = nudge;
        changed["v"] = other;
        const auto refused = read(changed);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, FaultCode::PostMessageMalformed);
        EXPECT_NE(refused.error().safe_detail.find("version " + std::to_string(other)),
                  std::string::npos)
            << refused.error().safe_detail;
    }
    changed = nudge;
    changed["t"] = std::string("delete_everything");
    EXPECT_FALSE(read(changed));
}

TEST(post_protocol, PostMessageMalformed_a_revoked_terminal_that_takes_submissions_is_refused) {
    using offline::formats::Record;
    const message::StatusNow taking{{domain::Line::online, true, 0, 0, 0, {}}};
    auto record =
        offline::formats::record_from_cbor(body(frame_of(ServerMessage(taking)).value())).value();
    record["revoked"] = std::int64_t{1};
    const auto read = server_message(offline::formats::to_cbor(record));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, FaultCode::PostMessageMalformed);
    record["taking"] = std::int64_t{0};
    const auto closed = server_message(offline::formats::to_cbor(record));
    ASSERT_TRUE(closed);
    EXPECT_TRUE(std::get<message::StatusNow>(*closed).status.revoked);
    record["revoked"] = std::int64_t{2};
    EXPECT_FALSE(server_message(offline::formats::to_cbor(record)));
    // A post of the version before does not say it: it is refused by its version.
    record.erase("revoked");
    record["v"] = protocol_version - 1;
    const auto older = server_message(offline::formats::to_cbor(record));
    ASSERT_FALSE(older);
    EXPECT_NE(older.error().safe_detail.find("version"), std::string::npos);
}

TEST(post_protocol, PostMessageMalformed_what_no_terminal_can_say_of_itself_is_refused) {
    const auto refuses = [](const std::string& field, const offline::formats::Value& value) {
        auto record = offline::formats::record_from_cbor(
                          body(frame_of(message::AppReported{full_report()}).value()))
                          .value();
        record[field] = value;
        const auto read = client_message(offline::formats::to_cbor(record));
        return !read && read.error().code == FaultCode::PostMessageMalformed;
    };
    using offline::formats::Texts;
    EXPECT_TRUE(refuses("parts", Texts{"toaster ready unknown -"}));
    EXPECT_TRUE(refuses("parts", Texts{"camera ready unknown"}));
    EXPECT_TRUE(refuses("parts", Texts{"camera ready unknown -", "camera ready unknown -"}));
    EXPECT_TRUE(refuses("parts", Texts{"camera ready unknown 张三"}));
    EXPECT_TRUE(refuses("page", std::string("王秀兰")));
    EXPECT_TRUE(refuses("version", std::string()));
    EXPECT_TRUE(refuses("proof", std::string("seen")));
    EXPECT_TRUE(refuses("disk_free", std::int64_t{101}));
    EXPECT_FALSE(refuses("page", std::string("home")));
}

TEST(post_protocol, PostMessageMalformed_what_no_attachment_and_no_reservation_can_be_is_refused) {
    using offline::formats::Record;
    const auto refuses = [](const ClientMessage& sent, const std::string& field,
                            const offline::formats::Value& value) {
        auto record = offline::formats::record_from_cbor(body(frame_of(sent).value())).value();
        record[field] = value;
        const auto read = client_message(offline::formats::to_cbor(record));
        return !read && read.error().code == FaultCode::PostMessageMalformed;
    };
    const domain::SubId id{{1, 2, 3}};
    const message::Reserve reserve{5, id, 1};
    EXPECT_TRUE(refuses(reserve, "bytes", std::int64_t{-1}));
    EXPECT_TRUE(refuses(reserve, "bytes", reservation_bytes_max + 1));
    EXPECT_TRUE(refuses(reserve, "sub_id", base::Bytes(15)));
    const message::AttachmentChunk chunk{6, {9}, 0, {1}};
    EXPECT_TRUE(refuses(chunk, "bytes", base::Bytes{}));
    EXPECT_TRUE(refuses(chunk, "bytes", base::Bytes(chunk_bytes_max + 1)));
    EXPECT_TRUE(refuses(chunk, "offset", std::int64_t{-1}));
    EXPECT_TRUE(refuses(chunk, "attachment", base::Bytes(17)));
    const message::Accept accept{1, id, "990511001000", 3, base::Instant{}, {1}};
    EXPECT_TRUE(refuses(accept, "attachments", base::Bytes(17)));
    EXPECT_TRUE(refuses(accept, "attachments", base::Bytes(32))) << "one of them twice";
    EXPECT_TRUE(refuses(accept, "attachments", base::Bytes((attachments_max + 1) * 16)));
    EXPECT_TRUE(refuses(accept, "lane", std::string("express")));
    EXPECT_TRUE(refuses(accept, "amends", base::Bytes(8)));
    EXPECT_TRUE(refuses(accept, "key_set", std::int64_t{-1}));
}

TEST(post_protocol, PostMessageMalformed_a_frame_longer_than_a_mebibyte_is_refused_at_its_length) {
    FrameReader reader;
    reader.take(base::Bytes{0x00, 0x10, 0x00, 0x01});
    EXPECT_EQ(reader.next().error().code, FaultCode::PostMessageMalformed);
    EXPECT_FALSE(frame_of(ClientMessage{message::Ask{1, "progress", base::Bytes(1u << 20)}}));
}

}  // namespace
