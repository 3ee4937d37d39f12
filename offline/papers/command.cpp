#include "offline/papers/command.hpp"

#include "offline/sealing/keys/key_set.hpp"

#include <limits>

namespace offline::papers {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

base::Result<base::Instant> instant_in(Fields& in, const char* field) {
    return base::Instant{base::Millis{TRY(in.integer(field, 0, no_limit))}};
}

}  // namespace

std::optional<domain::CommandKind> command_kind_from(std::string_view word) {
    for (int i = 0; i < domain::command_kind_count; ++i)
        if (domain::name(static_cast<domain::CommandKind>(i)) == word)
            return static_cast<domain::CommandKind>(i);
    return std::nullopt;
}

std::string command_digest(std::string_view file) {
    const auto whole = sealing::digest(sealing::SuiteId::one, base::to_bytes(std::string(file)));
    return base::to_hex(base::ByteView(whole).first(8));
}

base::Result<std::string> Command::sign(const sealing::Signer& key,
                                        const sealing::Issuer& by) const {
    Record record{{"v", std::int64_t{1}},
                  {"paper", std::string("command")},
                  {"realm", std::string(domain::name(realm))},
                  {"terminal", terminal},
                  {"serial", serial},
                  {"kind", kind},
                  {"text", notice.text},
                  {"until", ms(notice.until)},
                  {"issued_at", ms(issued_at)},
                  {"expires_at", ms(expires_at)},
                  {"issuer", by.file}};
    record = TRY(sealing::signed_record(std::move(record), key, sealing::context::command));
    std::string file(base::as_text(formats::to_json(record)));
    if (file.size() > command_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "command: size");
    return file;
}

base::Result<Command> Command::verify(std::string_view file, const sealing::PinnedRoot& root) {
    if (file.size() > command_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "command: size");
    const Record record = TRY(formats::record_from_json(base::to_bytes(std::string(file))));
    Fields in(record, FaultCode::BytesMalformed, "command");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("paper", "command"));
    const base::Bytes issuer_file = TRY(in.bytes("issuer", sealing::issuer_bytes_max));
    const auto by = TRY(sealing::Issuer::verify(issuer_file, root));
    TRY_STATUS(sealing::verify_record(record, by.key, sealing::context::command));
    Command out;
    const std::string realm_name = TRY(in.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm_name));
    out.terminal = TRY(in.text("terminal", 15));
    out.serial = TRY(in.integer("serial", 1, no_limit));
    out.kind = TRY(in.text("kind", 32));
    out.notice.text = TRY(in.text("text", domain::notice_bytes_max));
    if (!domain::is_notice_text(out.notice.text)) return in.wrong("text");
    out.notice.until = TRY(instant_in(in, "until"));
    out.issued_at = TRY(instant_in(in, "issued_at"));
    out.expires_at = TRY(instant_in(in, "expires_at"));
    out.issuer = sealing::key_id(by.key);
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    if (out.realm != root.realm) return base::fail(FaultCode::RealmMismatch, "command");
    // The issuer was good for commands of the day it signed this one.
    if (out.issued_at < by.validity.not_before || out.issued_at > by.validity.not_after)
        return base::fail(FaultCode::SignatureWrong, "command: the issuer's time");
    return out;
}

}  // namespace offline::papers
