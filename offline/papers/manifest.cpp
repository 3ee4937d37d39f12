#include "offline/papers/manifest.hpp"

#include "offline/papers/local_number.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace offline::papers {

namespace {

using base::FaultCode;
using formats::Fields;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::array<std::string_view, 4> trust_names{"none", "rtc", "ntp", "server"};

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

constexpr std::array<std::string_view, 2> lane_names{"urgent", "normal"};

template <std::size_t N>
base::Bytes bytes(const std::array<std::uint8_t, N>& array) {
    return {array.begin(), array.end()};
}

// id, digest, length and kind, one blank between them.
std::string as_text(const AttachmentLine& line) {
    return base::to_hex(line.id) + " " + base::to_hex(line.digest) + " " +
           std::to_string(line.length) + " " + line.kind;
}

template <std::size_t N>
bool take_hex(std::string_view text, std::array<std::uint8_t, N>& out) {
    const auto value = base::from_hex(text);
    if (!value || value->size() != N) return false;
    std::copy(value->begin(), value->end(), out.begin());
    return true;
}

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    });
}

base::Result<AttachmentLine> attachment_line(const std::string& text) {
    constexpr std::size_t id_end = 32, digest_end = id_end + 1 + 64;
    const auto wrong = [] { return base::fail(FaultCode::BytesMalformed, "manifest: attachment"); };
    const std::size_t length_end = text.find(' ', std::min(digest_end + 1, text.size()));
    if (length_end == std::string::npos) return wrong();
    AttachmentLine line;
    const std::string_view view = text;
    if (!take_hex(view.substr(0, id_end), line.id) ||
        !take_hex(view.substr(id_end + 1, 64), line.digest))
        return wrong();
    const auto [end, problem] =
        std::from_chars(text.data() + digest_end + 1, text.data() + length_end, line.length);
    if (problem != std::errc{} || line.length < 1 || line.length > attachment_bytes_max)
        return wrong();
    line.kind = text.substr(length_end + 1);
    // One spelling only: what would be written differently is refused.
    if (!is_word(line.kind) || as_text(line) != text) return wrong();
    return line;
}

}  // namespace

std::string_view name(Lane lane) {
    return lane_names.at(static_cast<std::size_t>(lane));
}

std::string_view name(domain::ClockTrust trust) {
    return trust_names.at(static_cast<std::size_t>(trust));
}

base::Result<domain::ClockTrust> clock_trust_from(std::string_view text) {
    for (std::size_t i = 0; i < trust_names.size(); ++i)
        if (trust_names[i] == text) return static_cast<domain::ClockTrust>(i);
    return base::fail(FaultCode::BytesMalformed, "clock trust");
}

base::Bytes Manifest::encode() const {
    formats::Texts lines;
    for (const auto& line : attachments) lines.push_back(as_text(line));
    return formats::to_json({{"v", std::int64_t{2}},
                             {"kind", std::string("submission")},
                             {"suite", std::string(domain::name(suite))},
                             {"realm", std::string(domain::name(realm))},
                             {"terminal", terminal},
                             {"epoch", bytes(epoch)},
                             {"seq", seq},
                             {"sub_id", sub_id.text()},
                             {"local_number", local_number},
                             {"item", item_code},
                             {"item_version", item_version},
                             {"captured_at", ms(captured_at)},
                             {"kept_at", ms(kept_at)},
                             {"clock_trust", std::string(name(clock_trust))},
                             {"server_time", ms(server_time)},
                             {"lane", std::string(name(lane))},
                             {"amends", amends},
                             {"key_set", key_set},
                             {"kid", kid},
                             {"envelope_digest", bytes(envelope_digest)},
                             {"envelope_bytes", envelope_bytes},
                             {"attachments", lines},
                             {"chain_before", bytes(chain_before)}});
}

base::Result<Manifest> Manifest::parse(base::ByteView manifest_bytes) {
    const formats::Record record = TRY(formats::record_from_json(manifest_bytes));
    Fields fields(record, FaultCode::BytesMalformed, "manifest");
    TRY_STATUS(fields.exactly("v", 2));
    TRY_STATUS(fields.exactly("kind", "submission"));
    Manifest out;
    out.suite = TRY(sealing::suite_in(fields));
    const std::string realm = TRY(fields.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm));
    out.terminal = TRY(fields.text("terminal", 15));
    out.epoch = TRY(fields.array<16>("epoch"));
    out.seq = TRY(fields.integer("seq", 1, seq_max));
    const std::string sub_id = TRY(fields.text("sub_id", 32));
    out.sub_id = TRY(domain::SubId::parse(sub_id));
    out.local_number = TRY(fields.text("local_number", 16));
    out.item_code = TRY(fields.text("item", 64));
    out.item_version = TRY(fields.integer("item_version", 0, no_limit));
    out.captured_at = base::Instant{base::Millis{TRY(fields.integer("captured_at", 0, no_limit))}};
    out.kept_at = base::Instant{base::Millis{TRY(fields.integer("kept_at", 0, no_limit))}};
    const std::string trust = TRY(fields.text("clock_trust", 8));
    out.clock_trust = TRY(clock_trust_from(trust));
    out.server_time = base::Instant{base::Millis{TRY(fields.integer("server_time", 0, no_limit))}};
    const std::string lane = TRY(fields.text("lane", 8));
    if (lane != name(Lane::urgent) && lane != name(Lane::normal)) return fields.wrong("lane");
    out.lane = lane == name(Lane::urgent) ? Lane::urgent : Lane::normal;
    out.amends = TRY(fields.text("amends", 32));
    if (!out.amends.empty()) TRY(domain::SubId::parse(out.amends));
    out.key_set = TRY(fields.integer("key_set", 0, no_limit));
    out.kid = TRY(fields.text("kid", 16));
    out.envelope_digest = TRY(fields.array<32>("envelope_digest"));
    out.envelope_bytes = TRY(fields.integer("envelope_bytes", 1, no_limit));
    const formats::Texts lines = TRY(fields.texts("attachments", attachments_max));
    for (const auto& line : lines) out.attachments.push_back(TRY(attachment_line(line)));
    out.chain_before = TRY(fields.array<32>("chain_before"));
    TRY_STATUS(fields.finish());
    if (!is_local_number(out.local_number)) return fields.wrong("local_number");
    if (!sealing::is_terminal_id(out.terminal)) return fields.wrong("terminal");
    for (std::size_t i = 0; i < out.attachments.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (out.attachments[i].id == out.attachments[j].id) return fields.wrong("attachments");
    return out;
}

sealing::Digest chain_after(sealing::SuiteId suite, const sealing::Digest& before, std::int64_t seq,
                            const sealing::Digest& manifest_digest) {
    base::Bytes link = bytes(before);
    for (int shift = 56; shift >= 0; shift -= 8)
        link.push_back(static_cast<std::uint8_t>(seq >> shift));
    link.insert(link.end(), manifest_digest.begin(), manifest_digest.end());
    return sealing::digest(suite, link);
}

}  // namespace offline::papers
