#include "offline/papers/heartbeat.hpp"

#include "domain/app_report.hpp"
#include "offline/papers/command.hpp"
#include "offline/papers/signed_request.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace offline::papers {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;
using wire::no_limit;

constexpr std::size_t word_max = 48;
constexpr std::int64_t app_there = 1, taking = 2, pack_outdated = 4, revoked = 8, all_flags = 15;

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

// Words with one space between them, exactly so many.
template <std::size_t N>
std::optional<std::array<std::string, N>> words_of(std::string_view line) {
    std::array<std::string, N> out;
    for (std::size_t i = 0; i < N; ++i) {
        const auto end = line.find(' ');
        if ((end == std::string_view::npos) != (i + 1 == N)) return std::nullopt;
        out.at(i) = std::string(line.substr(0, end));
        if (!domain::is_report_word(out.at(i))) return std::nullopt;
        if (end != std::string_view::npos) line.remove_prefix(end + 1);
    }
    return out;
}

std::optional<std::int64_t> number_in(const std::string& text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    if (!whole || number < 0 || std::to_string(number) != text) return std::nullopt;
    return number;
}

std::string line_of(const PartLine& part) {
    return part.part + " " + part.state + " " + part.supply + " " +
           (part.fault.empty() ? "-" : part.fault);
}

base::Result<std::vector<PartLine>> parts_in(Fields& in) {
    const Texts lines = TRY(in.texts("x", heartbeat_parts_max));
    std::vector<PartLine> out;
    for (const auto& line : lines) {
        auto words = words_of<4>(line);
        if (!words) return in.wrong("x");
        auto& [part, state, supply, fault] = *words;
        out.push_back({part, state, supply, fault == "-" ? std::string{} : fault});
    }
    return out;
}

base::Result<std::string> word_or_empty(Fields& in, const char* field) {
    std::string out = TRY(in.text(field, word_max));
    if (!out.empty() && !domain::is_report_word(out)) return in.wrong(field);
    return out;
}

void put(Record& record, const HeartbeatContent& c) {
    Texts parts;
    for (const auto& part : c.parts) parts.push_back(line_of(part));
    const std::int64_t flags = (c.app_there ? app_there : 0) | (c.taking ? taking : 0) |
                               (c.pack_outdated ? pack_outdated : 0) | (c.revoked ? revoked : 0);
    record["a"] = c.app;
    record["p"] = c.post;
    record["g"] = c.pack;
    record["gv"] = c.pack_version;
    record["ks"] = c.key_set;
    record["s"] = c.page;
    record["d"] = c.proof;
    record["z"] = c.pause;
    record["f"] = flags;
    record["x"] = std::move(parts);
    record["st"] = c.started_s;
    record["ss"] = c.sessions;
    record["sk"] = c.kept;
    record["m"] = c.memory_kib;
    record["fd"] = c.disk_free_percent;
    record["ph"] = c.paper_hours;
    // Left out while it is not known: a centre of before reads what it knows.
    if (c.roll_hours >= 0) record["rh"] = c.roll_hours;
    record["w"] = c.waiting;
    record["o"] = c.sending;
    record["e"] = c.attention;
    record["om"] = c.oldest_minutes;
    record["ou"] = c.outbox_percent;
    record["l"] = c.line;
    record["ct"] = c.clock_trust;
    record["cd"] = c.certificate_days;
}

base::Result<HeartbeatContent> content_in(const Record& record, Fields& in) {
    HeartbeatContent c;
    c.app = TRY(word_or_empty(in, "a"));
    c.post = TRY(word_or_empty(in, "p"));
    c.pack = TRY(word_or_empty(in, "g"));
    c.pack_version = TRY(in.integer("gv", 0, no_limit));
    c.key_set = TRY(in.integer("ks", 0, no_limit));
    c.page = TRY(word_or_empty(in, "s"));
    c.proof = TRY(in.integer("d", 0, 3));
    c.pause = TRY(word_or_empty(in, "z"));
    const std::int64_t flags = TRY(in.integer("f", 0, all_flags));
    c.app_there = (flags & app_there) != 0;
    c.taking = (flags & taking) != 0;
    c.pack_outdated = (flags & pack_outdated) != 0;
    c.revoked = (flags & revoked) != 0;
    c.parts = TRY(parts_in(in));
    c.started_s = TRY(in.integer("st", 0, no_limit));
    c.sessions = TRY(in.integer("ss", 0, no_limit));
    c.kept = TRY(in.integer("sk", 0, no_limit));
    c.memory_kib = TRY(in.integer("m", 0, no_limit));
    c.disk_free_percent = TRY(in.integer("fd", -1, 100));
    c.paper_hours = TRY(in.integer("ph", -1, 9999));
    if (record.contains("rh")) c.roll_hours = TRY(in.integer("rh", 0, 9999));
    c.waiting = TRY(in.integer("w", 0, no_limit));
    c.sending = TRY(in.integer("o", 0, no_limit));
    c.attention = TRY(in.integer("e", 0, no_limit));
    c.oldest_minutes = TRY(in.integer("om", -1, no_limit));
    c.outbox_percent = TRY(in.integer("ou", 0, 1000));
    c.line = TRY(in.integer("l", 0, 3));
    c.clock_trust = TRY(in.integer("ct", 0, 3));
    c.certificate_days = TRY(in.integer("cd", -1, no_limit));
    return c;
}

bool is_hex16(std::string_view text) {
    return text.size() == 16 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// A share in coarse steps: what moves within one is no news.
std::int64_t step_of(std::int64_t percent, std::int64_t below_a, std::int64_t below_b) {
    return percent < 0 ? 3 : percent < below_a ? 0 : percent < below_b ? 1 : 2;
}

}  // namespace

std::string as_line(const CommandReport& report) {
    return std::to_string(report.number) + " " + std::to_string(report.serial) + " " +
           report.digest + " " + report.outcome;
}

base::Result<CommandReport> command_report(std::string_view line) {
    const auto wrong = base::fail(FaultCode::BytesMalformed, "command report");
    const auto words = words_of<4>(line);
    if (!words) return wrong;
    const auto number = number_in((*words)[0]), serial = number_in((*words)[1]);
    if (!number || !serial || *number < 1 || !is_hex16((*words)[2])) return wrong;
    return CommandReport{*number, *serial, (*words)[2], (*words)[3]};
}

std::string matter_of(const HeartbeatContent& c) {
    Record record;
    HeartbeatContent matter = c;
    matter.page.clear();
    matter.sessions = matter.kept = matter.memory_kib = matter.started_s = 0;
    matter.waiting = matter.sending = 0;
    // A day's wait is news, the hours before are not.
    matter.oldest_minutes = c.oldest_minutes >= 24 * 60 ? 1 : 0;
    matter.disk_free_percent = step_of(c.disk_free_percent, 5, 10);
    matter.paper_hours = step_of(c.paper_hours, 4, 24);
    matter.roll_hours = step_of(c.roll_hours, 4, 24);
    matter.outbox_percent = step_of(100 - c.outbox_percent, 5, 20);
    matter.certificate_days = step_of(c.certificate_days, 3, 14);
    put(record, matter);
    return std::string(base::as_text(formats::to_json(record)));
}

namespace wire {

base::Result<base::Bytes> encode(const Heartbeat& heartbeat, const sealing::Signer& terminal_key) {
    Texts reports;
    for (const auto& report : heartbeat.reports) reports.push_back(as_line(report));
    Record record{{"v", std::int64_t{1}},          {"k", std::string("hb")},
                  {"i", heartbeat.certificate_id}, {"c", heartbeat.certificate},
                  {"n", heartbeat.number},         {"t", ms(heartbeat.at)},
                  {"r", std::move(reports)}};
    put(record, heartbeat.content);
    record =
        TRY(sealing::signed_record(std::move(record), terminal_key, sealing::context::heartbeat));
    return formats::to_cbor(record);
}

base::Result<Heartbeat> heartbeat(base::ByteView body) {
    if (body.size() > heartbeat_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "heartbeat: size");
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "heartbeat");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("k", "hb"));
    Heartbeat out;
    out.certificate_id = TRY(in.text("i", 16));
    if (!is_hex16(out.certificate_id)) return in.wrong("i");
    out.certificate = TRY(in.bytes("c", certificate_bytes_max));
    out.number = TRY(in.integer("n", 1, no_limit));
    out.at = base::Instant{base::Millis{TRY(in.integer("t", 0, no_limit))}};
    const Texts reports = TRY(in.texts("r", heartbeat_reports_max));
    for (const auto& line : reports) {
        auto report = TRY(command_report(line));
        if (!out.reports.empty() && report.number <= out.reports.back().number)
            return in.wrong("r");
        out.reports.push_back(std::move(report));
    }
    out.content = TRY(content_in(record, in));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    return out;
}

base::Status signed_by(base::ByteView body, const sealing::TerminalCertificate& certificate) {
    const Record record = TRY(formats::record_from_cbor(body));
    return sealing::verify_record(record, certificate.key, sealing::context::heartbeat);
}

base::Bytes encode(const HeartbeatContent& content) {
    Record record{{"v", std::int64_t{1}}};
    put(record, content);
    return formats::to_cbor(record);
}

base::Result<HeartbeatContent> heartbeat_content(base::ByteView bytes) {
    const Record record = TRY(formats::record_from_cbor(bytes));
    Fields in(record, FaultCode::BytesMalformed, "heartbeat");
    TRY_STATUS(in.exactly("v", 1));
    auto out = TRY(content_in(record, in));
    TRY_STATUS(in.finish());
    return out;
}

base::Result<base::Bytes> encode(const HeartbeatTaken& taken, const sealing::Signer& receipt_key) {
    const Record record =
        TRY(sealing::signed_by_kid({{"v", std::int64_t{1}},
                                    {"k", std::string("hb")},
                                    {"t", taken.terminal},
                                    {"n", taken.number},
                                    {"r", taken.reports_up_to},
                                    {"c", Texts(taken.commands)}},
                                   receipt_key, sealing::context::heartbeat_taken));
    return formats::to_cbor(record);
}

base::Result<HeartbeatTaken> heartbeat_taken(base::ByteView body, const sealing::KeySet& keys) {
    const Record record = TRY(formats::record_from_cbor(body));
    TRY_STATUS(sealing::verify_by_kid(record, keys, sealing::KeyPurpose::receipt,
                                      sealing::context::heartbeat_taken));
    Fields in(record, FaultCode::BytesMalformed, "heartbeat");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("k", "hb"));
    HeartbeatTaken out;
    out.terminal = TRY(in.text("t", 15));
    out.number = TRY(in.integer("n", 1, no_limit));
    out.reports_up_to = TRY(in.integer("r", 0, no_limit));
    out.commands = TRY(in.texts("c", heartbeat_commands_max));
    for (const auto& command : out.commands)
        if (command.size() > command_bytes_max) return in.wrong("c");
    TRY(in.text("kid", 16));
    TRY(sealing::suite_in(in));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace wire

}  // namespace offline::papers
