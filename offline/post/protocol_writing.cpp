// Writing the messages of the local socket.
#include "offline/formats/record.hpp"
#include "offline/post/protocol.hpp"
#include "offline/post/protocol_words.hpp"

namespace offline::post {

namespace {

using base::FaultCode;
using formats::Record;
using formats::Texts;

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
std::string text(std::string_view view) {
    return std::string(view);
}
std::string realm(domain::Realm value) {
    return text(domain::name(value));
}
template <std::size_t N>
base::Bytes bytes(const std::array<std::uint8_t, N>& array) {
    return {array.begin(), array.end()};
}
base::Bytes bytes(const domain::SubId& id) {
    return bytes(id.bytes);
}

Record fields(const message::Hello& m) {
    return {{"t", text("hello")}, {"realm", realm(m.realm)}};
}
Record fields(const message::Reserve& m) {
    return {{"t", text("reserve")}, {"id", m.id}, {"sub_id", bytes(m.sub_id)}, {"bytes", m.bytes}};
}
Record fields(const message::Abandon& m) {
    return {{"t", text("abandon")}, {"sub_id", bytes(m.sub_id)}};
}
Record fields(const message::AttachmentBegin& m) {
    return {{"t", text("attachment_begin")},
            {"id", m.id},
            {"sub_id", bytes(m.sub_id)},
            {"attachment", bytes(m.attachment)},
            {"kind", m.kind}};
}
Record fields(const message::AttachmentChunk& m) {
    return {{"t", text("attachment_chunk")},
            {"id", m.id},
            {"attachment", bytes(m.attachment)},
            {"offset", m.offset},
            {"bytes", m.bytes}};
}
Record fields(const message::AttachmentEnd& m) {
    return {{"t", text("attachment_end")}, {"id", m.id}, {"attachment", bytes(m.attachment)}};
}
Record fields(const message::Accept& m) {
    base::Bytes attachments;
    for (const auto& id : m.attachments)
        attachments.insert(attachments.end(), id.begin(), id.end());
    return {{"t", text("accept")},
            {"id", m.id},
            {"sub_id", bytes(m.sub_id)},
            {"item", m.item_code},
            {"item_version", m.item_version},
            {"captured_at", ms(m.captured_at)},
            {"envelope", m.envelope},
            {"attachments", attachments},
            {"lane", text(words::lanes.at(static_cast<std::size_t>(m.lane)))},
            {"amends", m.amends ? bytes(*m.amends) : base::Bytes{}},
            {"key_set", m.key_set}};
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
Record fields(const message::Reserved& m) {
    return {{"t", text("reserved")}, {"id", m.id}};
}
Record fields(const message::AttachmentKept& m) {
    return {{"t", text("attachment_kept")},
            {"id", m.id},
            {"attachment", bytes(m.line.attachment)},
            {"digest", bytes(m.line.digest)},
            {"length", m.line.length},
            {"kind", m.line.kind}};
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
            {"since", m.status.since},
            {"sub_id", m.status.sub_id}};
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
Record fields(const message::StockAsked& m) {
    return {{"t", text("stock_asked")}, {"id", m.id}};
}
Record fields(const message::CourierBegin& m) {
    return {{"t", text("courier_begin")}, {"id", m.id}, {"work", text(domain::name(m.work))}};
}
std::int64_t ms_or_none(const std::optional<base::Instant>& instant) {
    return instant ? ms(*instant) : -1;
}
Record fields(const message::Stock& m) {
    const auto& s = m.stock;
    Texts causes;
    for (const auto& [why, count] : s.causes) causes.push_back(std::to_string(count) + " " + why);
    return {{"t", text("stock")},
            {"id", m.id},
            {"waiting", s.waiting},
            {"sending", s.sending},
            {"attention", s.attention},
            {"oldest", ms_or_none(s.oldest)},
            {"bytes", s.bytes},
            {"used_percent", std::int64_t{s.used_percent}},
            {"causes", causes},
            {"clock_trust", static_cast<std::int64_t>(s.clock_trust)},
            {"last_contact", ms_or_none(s.last_contact)},
            {"sticks", std::int64_t{s.sticks ? 1 : 0}}};
}
Record fields(const message::CourierSaid& m) {
    return {{"t", text("courier_said")}, {"id", m.id}, {"line", m.line}};
}
Record fields(const message::CourierDone& m) {
    return {
        {"t", text("courier_done")}, {"id", m.id}, {"all_well", std::int64_t{m.all_well ? 1 : 0}}};
}
Record fields(const message::AppReported& m) {
    const auto& r = m.report;
    Texts parts;
    for (const auto& part : r.parts) parts.push_back(words::line_of(part));
    Record out{{"t", text("app_reported")},
               {"parts", parts},
               {"version", r.version},
               {"pack", r.pack},
               {"pack_version", r.pack_version},
               {"key_set", r.key_set},
               {"pack_outdated", std::int64_t{r.pack_outdated ? 1 : 0}},
               {"page", r.page},
               {"proof", text(domain::name(r.proof))},
               {"pause", r.pause},
               {"started_at", ms(r.started_at)},
               {"sessions", r.sessions},
               {"kept", r.kept},
               {"memory_kib", r.memory_kib},
               {"disk_free", std::int64_t{r.disk_free_percent}},
               {"paper_hours", std::int64_t{r.paper_hours}}};
    if (r.roll_hours >= 0) out["roll_hours"] = std::int64_t{r.roll_hours};
    return out;
}
Record fields(const message::CommandDone& m) {
    return {{"t", text("command_done")}, {"serial", m.serial}, {"outcome", m.outcome}};
}
Record fields(const message::CommandGiven& m) {
    return {{"t", text("command_given")},
            {"serial", m.serial},
            {"command", text(domain::name(m.kind))},
            {"text", m.notice.text},
            {"until", ms(m.notice.until)}};
}
Record fields(const message::StatusNow& m) {
    Texts unshown;
    for (const auto& kept : m.status.unshown) unshown.push_back(kept.local_number);
    return {{"t", text("status")},
            {"line", text(words::lines.at(static_cast<std::size_t>(m.status.line)))},
            {"taking", std::int64_t{m.status.taking ? 1 : 0}},
            {"revoked", std::int64_t{m.status.revoked ? 1 : 0}},
            {"waiting", m.status.waiting},
            {"sending", m.status.sending},
            {"attention", m.status.attention},
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

}  // namespace

base::Result<base::Bytes> frame_of(const ClientMessage& message) {
    return framed(message);
}
base::Result<base::Bytes> frame_of(const ServerMessage& message) {
    return framed(message);
}

}  // namespace offline::post
