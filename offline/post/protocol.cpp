// Reading the messages of the local socket.
#include "offline/post/protocol.hpp"

#include "offline/formats/record.hpp"
#include "offline/post/protocol_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <set>

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

// One after the other, without a separator; none of them twice.
base::Result<std::vector<AttachmentId>> attachments_field(Fields& in) {
    constexpr std::size_t size = AttachmentId{}.size();
    const base::Bytes all = TRY(in.bytes("attachments", attachments_max * size));
    std::vector<AttachmentId> out(all.size() / size);
    for (std::size_t i = 0; i < out.size(); ++i)
        std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(i * size), size, out[i].begin());
    if (all.size() % size != 0 || std::set(out.begin(), out.end()).size() != out.size())
        return in.wrong("attachments");
    return out;
}

base::Result<std::optional<domain::SubId>> amends_field(Fields& in) {
    domain::SubId id;
    const base::Bytes found = TRY(in.bytes("amends", id.bytes.size()));
    if (found.empty()) return std::optional<domain::SubId>{};
    if (found.size() != id.bytes.size()) return in.wrong("amends");
    std::copy(found.begin(), found.end(), id.bytes.begin());
    return std::optional(id);
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

// "3 CAUSE": how many, then the word.
base::Result<std::vector<std::pair<std::string, std::int64_t>>> causes_field(Fields& in) {
    std::vector<std::pair<std::string, std::int64_t>> out;
    const Texts lines = TRY(in.texts("causes", words::causes_max));
    for (const auto& line : lines) {
        std::int64_t count = -1;
        const auto read = std::from_chars(line.data(), line.data() + line.size(), count);
        const auto at = static_cast<std::size_t>(read.ptr - line.data());
        if (read.ec != std::errc{} || count < 1 || at + 1 >= line.size() || line[at] != ' ' ||
            line.size() > short_text || std::to_string(count) != line.substr(0, at))
            return in.wrong("causes");
        out.emplace_back(line.substr(at + 1), count);
    }
    return out;
}

base::Result<std::optional<base::Instant>> instant_or_none(Fields& in, const char* field) {
    const auto ms = TRY(in.integer(field, -1, no_limit));
    if (ms < 0) return std::optional<base::Instant>{};
    return std::optional(base::Instant{base::Millis{ms}});
}

base::Result<domain::OutboxStock> stock_fields(Fields& in) {
    domain::OutboxStock out;
    out.waiting = TRY(in.integer("waiting", 0, no_limit));
    out.sending = TRY(in.integer("sending", 0, no_limit));
    out.attention = TRY(in.integer("attention", 0, no_limit));
    out.oldest = TRY(instant_or_none(in, "oldest"));
    out.bytes = TRY(in.integer("bytes", 0, no_limit));
    out.used_percent = static_cast<int>(TRY(in.integer("used_percent", 0, 1000)));
    out.causes = TRY(causes_field(in));
    out.clock_trust = static_cast<domain::ClockTrust>(TRY(in.integer("clock_trust", 0, 3)));
    out.last_contact = TRY(instant_or_none(in, "last_contact"));
    out.sticks = TRY(in.integer("sticks", 0, 1)) == 1;
    return out;
}

// The name of one value of an enumeration that ends with `last`.
template <class Enum>
std::optional<Enum> named(std::string_view word, Enum last) {
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (domain::name(static_cast<Enum>(i)) == word) return static_cast<Enum>(i);
    return std::nullopt;
}

base::Result<std::string> report_word(Fields& in, const char* field, bool may_be_empty) {
    std::string out = TRY(in.text(field, short_text));
    if (!(out.empty() && may_be_empty) && !domain::is_report_word(out)) return in.wrong(field);
    return out;
}

// "PART STATE SUPPLY FAULT", a hyphen where there is no fault; no part twice, in their order.
base::Result<std::vector<domain::PartReport>> parts_field(Fields& in) {
    std::vector<domain::PartReport> out;
    const Texts lines = TRY(in.texts("parts", words::parts_max));
    for (const auto& line : lines) {
        std::array<std::string_view, 4> said;
        std::string_view rest = line;
        for (auto& one : said) {
            one = rest.substr(0, rest.find(' '));
            rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        }
        const auto part = named(said[0], domain::DeviceKind::cabinet);
        const auto state = named(said[1], domain::DeviceState::unavailable);
        const auto supply = named(said[2], domain::Supply::out);
        if (!part || !state || !supply || !domain::is_report_word(said[3]))
            return in.wrong("parts");
        domain::PartReport read{*part, *state, *supply,
                                said[3] == "-" ? std::string{} : std::string(said[3])};
        if (words::line_of(read) != line || (!out.empty() && out.back().part >= read.part))
            return in.wrong("parts");
        out.push_back(std::move(read));
    }
    return out;
}

base::Result<domain::AppReport> report_fields(const Record& record, Fields& in) {
    domain::AppReport out;
    out.parts = TRY(parts_field(in));
    out.version = TRY(report_word(in, "version", false));
    out.pack = TRY(report_word(in, "pack", true));
    out.pack_version = TRY(in.integer("pack_version", 0, no_limit));
    out.key_set = TRY(in.integer("key_set", 0, no_limit));
    out.pack_outdated = TRY(in.integer("pack_outdated", 0, 1)) == 1;
    out.page = TRY(report_word(in, "page", true));
    const std::string proof = TRY(in.text("proof", short_text));
    const auto proved = named(proof, domain::ScreenProof::blank);
    if (!proved) return in.wrong("proof");
    out.proof = *proved;
    out.pause = TRY(report_word(in, "pause", true));
    out.started_at = base::Instant{base::Millis{TRY(in.integer("started_at", 0, no_limit))}};
    out.sessions = TRY(in.integer("sessions", 0, no_limit));
    out.kept = TRY(in.integer("kept", 0, no_limit));
    out.memory_kib = TRY(in.integer("memory_kib", 0, no_limit));
    out.disk_free_percent = static_cast<int>(TRY(in.integer("disk_free", -1, 100)));
    out.paper_hours = static_cast<int>(TRY(in.integer("paper_hours", -1, 9999)));
    // An app of before, or one that does not know it, leaves it out.
    if (record.contains("roll_hours"))
        out.roll_hours = static_cast<int>(TRY(in.integer("roll_hours", 0, 9999)));
    return out;
}

struct Opened {
    Record record;
    std::string kind;
};
base::Result<Opened> opened(base::ByteView body) {
    auto record = formats::record_from_cbor(body);
    if (!record) return base::fail(FaultCode::PostMessageMalformed, record.error().safe_detail);
    Fields in(*record, FaultCode::PostMessageMalformed, "message");
    // The two programs come together: another version is a half installation, and said to be one.
    const std::int64_t version = TRY(in.integer("v", 0, no_limit));
    if (version != protocol_version)
        return base::fail(FaultCode::PostMessageMalformed, "protocol version " +
                                                               std::to_string(version) + ", here " +
                                                               std::to_string(protocol_version));
    Opened out;
    out.kind = TRY(in.text("t", short_text));
    record->erase("v");
    record->erase("t");
    out.record = std::move(*record);
    return out;
}

base::Result<ClientMessage> read_attachment(const std::string& kind, Fields& in) {
    const std::int64_t id = TRY(in.integer("id", 1, no_limit));
    if (kind == "attachment_begin") {
        message::AttachmentBegin m{id, TRY(sub_id_field(in)), {}, {}};
        m.attachment = TRY(in.array<16>("attachment"));
        m.kind = TRY(in.text("kind", short_text));
        return m;
    }
    if (kind == "attachment_chunk") {
        message::AttachmentChunk m{id, TRY(in.array<16>("attachment")), 0, {}};
        m.offset = TRY(in.integer("offset", 0, no_limit));
        m.bytes = TRY(in.bytes("bytes", chunk_bytes_max));
        if (m.bytes.empty()) return in.wrong("bytes");
        return m;
    }
    if (kind == "attachment_end")
        return message::AttachmentEnd{id, TRY(in.array<16>("attachment"))};
    return in.wrong("t");
}

base::Result<ClientMessage> read_client(const Opened& message, Fields& in) {
    const auto& kind = message.kind;
    if (kind == "hello") return message::Hello{TRY(realm_field(in))};
    if (kind == "nudge") return message::Nudge{};
    if (kind == "receipt_shown")
        return message::ReceiptShown{TRY(in.text("local_number", short_text))};
    if (kind == "abandon") return message::Abandon{TRY(sub_id_field(in))};
    if (kind == "reserve") {
        message::Reserve m;
        m.id = TRY(in.integer("id", 1, no_limit));
        m.sub_id = TRY(sub_id_field(in));
        m.bytes = TRY(in.integer("bytes", 0, reservation_bytes_max));
        return m;
    }
    if (kind.starts_with("attachment_")) return read_attachment(kind, in);
    if (kind == "accept") {
        message::Accept m;
        m.id = TRY(in.integer("id", 1, no_limit));
        m.sub_id = TRY(sub_id_field(in));
        m.item_code = TRY(in.text("item", short_text));
        m.item_version = TRY(in.integer("item_version", 0, no_limit));
        m.captured_at = base::Instant{base::Millis{TRY(in.integer("captured_at", 0, no_limit))}};
        m.envelope = TRY(in.bytes("envelope", message_bytes_max));
        m.attachments = TRY(attachments_field(in));
        m.lane = TRY(word<Lane>(in, "lane", words::lanes));
        m.amends = TRY(amends_field(in));
        m.key_set = TRY(in.integer("key_set", 0, no_limit));
        return m;
    }
    if (kind == "look_up") {
        message::LookUp m;
        m.id = TRY(in.integer("id", 1, no_limit));
        m.receipt_code = TRY(in.text("code", code_text));
        return m;
    }
    if (kind == "stock_asked") return message::StockAsked{TRY(in.integer("id", 1, no_limit))};
    if (kind == "courier_begin") {
        message::CourierBegin m;
        m.id = TRY(in.integer("id", 1, no_limit));
        const auto work = domain::courier_work_from(TRY(in.text("work", short_text)));
        if (!work) return in.wrong("work");
        m.work = *work;
        return m;
    }
    if (kind == "app_reported") return message::AppReported{TRY(report_fields(message.record, in))};
    if (kind == "command_done") {
        message::CommandDone m;
        m.serial = TRY(in.integer("serial", 1, no_limit));
        m.outcome = TRY(report_word(in, "outcome", false));
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
        m.status.line = TRY(word<domain::Line>(in, "line", words::lines));
        m.status.taking = TRY(in.integer("taking", 0, 1)) == 1;
        m.status.revoked = TRY(in.integer("revoked", 0, 1)) == 1;
        if (m.status.revoked && m.status.taking) return in.wrong("taking");
        m.status.waiting = TRY(in.integer("waiting", 0, no_limit));
        m.status.sending = TRY(in.integer("sending", 0, no_limit));
        m.status.attention = TRY(in.integer("attention", 0, no_limit));
        const Texts unshown = TRY(in.texts("unshown", unshown_max));
        for (const auto& number : unshown) m.status.unshown.push_back({number});
        return m;
    }
    if (kind == "command_given") {
        message::CommandGiven m;
        m.serial = TRY(in.integer("serial", 1, no_limit));
        const std::string what = TRY(in.text("command", short_text));
        const auto known = named(what, domain::CommandKind::reload);
        if (!known) return in.wrong("command");
        m.kind = *known;
        m.notice.text = TRY(in.text("text", domain::notice_bytes_max));
        if (!domain::is_notice_text(m.notice.text)) return in.wrong("text");
        m.notice.until = base::Instant{base::Millis{TRY(in.integer("until", 0, no_limit))}};
        return m;
    }
    const std::int64_t id = TRY(in.integer("id", 0, no_limit));
    if (kind == "failed") return message::Failed{id, TRY(fault_fields(in))};
    if (kind == "answered")
        return message::Answered{id, TRY(in.bytes("answer", message_bytes_max))};
    if (kind == "reserved") return message::Reserved{id};
    if (kind == "stock") return message::Stock{id, TRY(stock_fields(in))};
    if (kind == "courier_said") return message::CourierSaid{id, TRY(in.text("line", code_text))};
    if (kind == "courier_done")
        return message::CourierDone{id, TRY(in.integer("all_well", 0, 1)) == 1};
    if (kind == "attachment_kept") {
        message::AttachmentKept m;
        m.id = id;
        m.line.attachment = TRY(in.array<16>("attachment"));
        m.line.digest = TRY(in.array<32>("digest"));
        m.line.length = TRY(in.integer("length", 1, no_limit));
        m.line.kind = TRY(in.text("kind", short_text));
        return m;
    }
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
        m.status.delivery = TRY(word<domain::Delivery>(in, "delivery", words::deliveries));
        m.status.local_number = TRY(in.text("local_number", short_text));
        m.status.case_number = TRY(in.text("case_number", short_text));
        m.status.centre_state = TRY(in.text("centre_state", short_text));
        m.status.since = TRY(in.text("since", short_text));
        m.status.sub_id = TRY(in.text("sub_id", short_text));
        return m;
    }
    return in.wrong("t");
}

}  // namespace

base::Result<ClientMessage> client_message(base::ByteView body) {
    const Opened message = TRY(opened(body));
    Fields in(message.record, FaultCode::PostMessageMalformed, "message");
    auto read = TRY(read_client(message, in));
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
