#include "offline/post/protocol.hpp"

#include "offline/formats/record.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace offline::post {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t short_text = 64;
constexpr std::size_t code_text = 1024;
constexpr std::size_t unshown_max = 1000;

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
std::string text(std::string_view view) {
    return std::string(view);
}
std::string realm(domain::Realm value) {
    return text(domain::name(value));
}
base::Bytes bytes(const domain::SubId& id) {
    return {id.bytes.begin(), id.bytes.end()};
}

constexpr std::array<std::string_view, 4> line_names{"unknown", "online", "offline", "absent"};
constexpr std::array<std::string_view, 5> delivery_names{"kept", "sending", "received", "attention",
                                                         "unknown"};

template <class Enum, std::size_t N>
base::Result<Enum> word(Fields& in, const char* field,
                        const std::array<std::string_view, N>& names) {
    const std::string found = TRY(in.text(field, short_text));
    const auto at = std::find(names.begin(), names.end(), found);
    if (at == names.end()) return in.wrong(field);
    return static_cast<Enum>(at - names.begin());
}

base::Result<domain::Realm> realm_field(Fields& in) {
    const std::string found = TRY(in.text("realm", short_text));
    const auto value = domain::realm_from(found);
    if (!value) return in.wrong("realm");
    return *value;
}

base::Result<domain::SubId> sub_id_field(Fields& in) {
    domain::SubId id;
    id.bytes = TRY(in.array<16>("sub_id"));
    return id;
}

base::Result<base::Fault> fault_fields(Fields& in) {
    const std::string found = TRY(in.text("fault", short_text));
    base::Fault fault;
    fault.safe_detail = TRY(in.text("detail", code_text));
    for (int i = 0; i < base::fault_code_count; ++i) {
        fault.code = static_cast<base::FaultCode>(i);
        if (base::name(fault.code) == found) return fault;
    }
    return in.wrong("fault");
}

// ---- writing ----

Record fields(const message::Hello& m) {
    return {{"t", text("hello")}, {"realm", realm(m.realm)}};
}
Record fields(const message::Accept& m) {
    return {{"t", text("accept")},
            {"id", m.id},
            {"sub_id", bytes(m.sub_id)},
            {"item", m.item_code},
            {"item_version", m.item_version},
            {"captured_at", ms(m.captured_at)},
            {"envelope", m.envelope}};
}
Record fields(const message::LookUp& m) {
    return {{"t", text("look_up")}, {"id", m.id}, {"code", m.receipt_code}};
}
Record fields(const message::Ask& m) {
    return {{"t", text("ask")}, {"id", m.id}, {"kind", m.kind}, {"question", m.question}};
}
Record fields(const message::ReceiptShown& m) {
    return {{"t", text("receipt_shown")}, {"local_number", m.local_number}};
}
Record fields(const message::Nudge&) {
    return {{"t", text("nudge")}};
}
Record fields(const message::Welcome& m) {
    return {{"t", text("welcome")}, {"realm", realm(m.realm)}};
}
Record fields(const message::Accepted& m) {
    return {{"t", text("accepted")},
            {"id", m.id},
            {"sub_id", bytes(m.receipt.sub_id)},
            {"local_number", m.receipt.local_number},
            {"look_up_code", m.receipt.look_up_code},
            {"seq", m.receipt.seq},
            {"kept_at", ms(m.receipt.kept_at)},
            {"clock_trust", static_cast<std::int64_t>(m.receipt.clock_trust)},
            {"qr_text", m.receipt.qr_text}};
}
Record fields(const message::Found& m) {
    return {{"t", text("found")},
            {"id", m.id},
            {"delivery", text(domain::name(m.status.delivery))},
            {"local_number", m.status.local_number},
            {"case_number", m.status.case_number},
            {"centre_state", m.status.centre_state},
            {"since", m.status.since}};
}
Record fields(const message::Answered& m) {
    return {{"t", text("answered")}, {"id", m.id}, {"answer", m.sealed_answer}};
}
Record fields(const message::Failed& m) {
    return {{"t", text("failed")},
            {"id", m.id},
            {"fault", text(base::name(m.fault.code))},
            {"detail", m.fault.safe_detail}};
}
Record fields(const message::StatusNow& m) {
    Texts unshown;
    for (const auto& kept : m.status.unshown) unshown.push_back(kept.local_number);
    return {{"t", text("status")},
            {"line", text(line_names.at(static_cast<std::size_t>(m.status.line)))},
            {"taking", std::int64_t{m.status.taking ? 1 : 0}},
            {"waiting", m.status.waiting},
            {"unshown", unshown}};
}

template <class Message>
base::Result<base::Bytes> framed(const Message& message) {
    Record record = std::visit([](const auto& m) { return fields(m); }, message);
    record["v"] = protocol_version;
    const base::Bytes body = formats::to_cbor(record);
    if (body.size() > message_bytes_max)
        return base::fail(FaultCode::PostMessageMalformed, "message: too long");
    base::Bytes out;
    out.reserve(body.size() + 4);
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(body.size() >> shift));
    out.insert(out.end(), body.begin(), body.end());
    return out;
}

// ---- reading ----

struct Opened {
    Record record;
    std::string kind;
};
base::Result<Opened> opened(base::ByteView body) {
    auto record = formats::record_from_cbor(body);
    if (!record) return base::fail(FaultCode::PostMessageMalformed, record.error().safe_detail);
    Fields in(*record, FaultCode::PostMessageMalformed, "message");
    TRY_STATUS(in.exactly("v", protocol_version));
    Opened out;
    out.kind = TRY(in.text("t", short_text));
    record->erase("v");
    record->erase("t");
    out.record = std::move(*record);
    return out;
}

base::Result<ClientMessage> read_client(const std::string& kind, Fields& in) {
    if (kind == "hello") return message::Hello{TRY(realm_field(in))};
    if (kind == "nudge") return message::Nudge{};
    if (kind == "receipt_shown")
        return message::ReceiptShown{TRY(in.text("local_number", short_text))};
    if (kind == "accept") {
        message::Accept m;
        m.id = TRY(in.integer("id", 1, no_limit));
        m.sub_id = TRY(sub_id_field(in));
        m.item_code = TRY(in.text("item", short_text));
        m.item_version = TRY(in.integer("item_version", 0, no_limit));
        m.captured_at = base::Instant{base::Millis{TRY(in.integer("captured_at", 0, no_limit))}};
        m.envelope = TRY(in.bytes("envelope", message_bytes_max));
        return m;
    }
    if (kind == "look_up") {
        message::LookUp m;
        m.id = TRY(in.integer("id", 1, no_limit));
        m.receipt_code = TRY(in.text("code", code_text));
        return m;
    }
    if (kind == "ask") {
        message::Ask m;
        m.id = TRY(in.integer("id", 1, no_limit));
        m.kind = TRY(in.text("kind", short_text));
        m.question = TRY(in.bytes("question", message_bytes_max));
        return m;
    }
    return in.wrong("t");
}

base::Result<ServerMessage> read_server(const std::string& kind, Fields& in) {
    if (kind == "welcome") return message::Welcome{TRY(realm_field(in))};
    if (kind == "status") {
        message::StatusNow m;
        m.status.line = TRY(word<domain::Line>(in, "line", line_names));
        m.status.taking = TRY(in.integer("taking", 0, 1)) == 1;
        m.status.waiting = TRY(in.integer("waiting", 0, no_limit));
        const Texts unshown = TRY(in.texts("unshown", unshown_max));
        for (const auto& number : unshown) m.status.unshown.push_back({number});
        return m;
    }
    const std::int64_t id = TRY(in.integer("id", 0, no_limit));
    if (kind == "failed") return message::Failed{id, TRY(fault_fields(in))};
    if (kind == "answered")
        return message::Answered{id, TRY(in.bytes("answer", message_bytes_max))};
    if (kind == "accepted") {
        message::Accepted m;
        m.id = id;
        m.receipt.sub_id = TRY(sub_id_field(in));
        m.receipt.local_number = TRY(in.text("local_number", short_text));
        m.receipt.look_up_code = TRY(in.text("look_up_code", short_text));
        m.receipt.seq = TRY(in.integer("seq", 1, no_limit));
        m.receipt.kept_at = base::Instant{base::Millis{TRY(in.integer("kept_at", 0, no_limit))}};
        m.receipt.clock_trust =
            static_cast<domain::ClockTrust>(TRY(in.integer("clock_trust", 0, 3)));
        m.receipt.qr_text = TRY(in.text("qr_text", code_text));
        return m;
    }
    if (kind == "found") {
        message::Found m;
        m.id = id;
        m.status.delivery = TRY(word<domain::Delivery>(in, "delivery", delivery_names));
        m.status.local_number = TRY(in.text("local_number", short_text));
        m.status.case_number = TRY(in.text("case_number", short_text));
        m.status.centre_state = TRY(in.text("centre_state", short_text));
        m.status.since = TRY(in.text("since", short_text));
        return m;
    }
    return in.wrong("t");
}

}  // namespace

base::Result<base::Bytes> frame_of(const ClientMessage& message) {
    return framed(message);
}
base::Result<base::Bytes> frame_of(const ServerMessage& message) {
    return framed(message);
}

base::Result<ClientMessage> client_message(base::ByteView body) {
    const Opened message = TRY(opened(body));
    Fields in(message.record, FaultCode::PostMessageMalformed, "message");
    auto read = TRY(read_client(message.kind, in));
    TRY_STATUS(in.finish());
    return read;
}

base::Result<ServerMessage> server_message(base::ByteView body) {
    const Opened message = TRY(opened(body));
    Fields in(message.record, FaultCode::PostMessageMalformed, "message");
    auto read = TRY(read_server(message.kind, in));
    TRY_STATUS(in.finish());
    return read;
}

base::Result<std::optional<base::Bytes>> FrameReader::next() {
    if (waiting_.size() < 4) return std::optional<base::Bytes>{};
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8 | waiting_[i];
    if (size == 0 || size > message_bytes_max)
        return base::fail(FaultCode::PostMessageMalformed, "frame: length");
    if (waiting_.size() < 4 + size) return std::optional<base::Bytes>{};
    const auto body_begin = waiting_.begin() + 4;
    const auto body_end = body_begin + static_cast<std::ptrdiff_t>(size);
    base::Bytes body(body_begin, body_end);
    waiting_.erase(waiting_.begin(), body_end);
    return std::optional(std::move(body));
}

}  // namespace offline::post
