#include "offline/papers/service_record.hpp"

#include "offline/papers/signed_request.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace offline::papers {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::array<std::string_view, 4> kind_names{"commissioning", "swap", "inspection",
                                                     "update"};

bool is_line(const std::string& text) {
    return text.size() <= service_line_bytes_max && std::ranges::none_of(text, [](unsigned char c) {
               return (c < 0x20 && c != '\t') || c == 0x7f;
           });
}

base::Result<Texts> lines_in(Fields& fields, const std::string& name) {
    Texts lines = TRY(fields.texts(name, service_lines_max));
    if (!std::ranges::all_of(lines, is_line)) return fields.wrong(name);
    return lines;
}

void put(Record& record, const ServiceContent& content) {
    record["kind"] = std::string(name(content.kind));
    record["made_at"] = content.made_at.time_since_epoch().count();
    record["technician"] = content.technician;
    record["software"] = content.software;
    record["machine"] = content.machine;
    record["devices"] = content.devices;
    record["checks"] = content.checks;
}

base::Result<ServiceContent> content_in(Fields& fields) {
    ServiceContent out;
    const std::string kind = TRY(fields.text("kind", 16));
    out.kind = TRY(service_kind_from(kind));
    out.made_at = base::Instant{base::Millis{TRY(fields.integer("made_at", 0, no_limit))}};
    out.technician = TRY(fields.text("technician", 32));
    out.software = TRY(fields.text("software", 64));
    if (!is_line(out.technician)) return fields.wrong("technician");
    if (!is_line(out.software)) return fields.wrong("software");
    out.machine = TRY(lines_in(fields, "machine"));
    out.devices = TRY(lines_in(fields, "devices"));
    out.checks = TRY(lines_in(fields, "checks"));
    return out;
}

base::Result<ServiceRecord> record_in(const Record& record) {
    Fields fields(record, FaultCode::BytesMalformed, "service record");
    TRY_STATUS(fields.exactly("v", 1));
    TRY_STATUS(fields.exactly("paper", "service-record"));
    ServiceRecord out;
    const std::string realm = TRY(fields.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm));
    out.terminal = TRY(fields.text("terminal", 15));
    out.epoch = TRY(fields.array<16>("epoch"));
    out.number = TRY(fields.integer("number", 1, no_limit));
    out.previous = TRY(fields.array<32>("previous"));
    TRY(fields.bytes("signature", 64));
    out.content = TRY(content_in(fields));
    TRY_STATUS(fields.finish());
    return out;
}

}  // namespace

std::string_view name(ServiceKind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

base::Result<ServiceKind> service_kind_from(std::string_view text) {
    for (std::size_t i = 0; i < kind_names.size(); ++i)
        if (kind_names[i] == text) return static_cast<ServiceKind>(i);
    return base::fail(FaultCode::BytesMalformed, "service record: kind");
}

Record as_record(const ServiceContent& content) {
    Record out;
    put(out, content);
    return out;
}

base::Result<ServiceContent> service_content(const Record& record) {
    Fields fields(record, FaultCode::BytesMalformed, "service record");
    ServiceContent out = TRY(content_in(fields));
    TRY_STATUS(fields.finish());
    return out;
}

base::Result<base::Bytes> ServiceRecord::sign(const sealing::Signer& terminal_key) const {
    Record record{{"v", std::int64_t{1}},
                  {"paper", std::string("service-record")},
                  {"realm", std::string(domain::name(realm))},
                  {"terminal", terminal},
                  {"epoch", base::Bytes(epoch.begin(), epoch.end())},
                  {"number", number},
                  {"previous", base::Bytes(previous.begin(), previous.end())}};
    put(record, content);
    record = TRY(
        sealing::signed_record(std::move(record), terminal_key, sealing::context::service_record));
    return formats::to_json(record);
}

base::Result<ServiceRecord> ServiceRecord::read(base::ByteView file) {
    if (file.size() > service_record_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "service record: size");
    const Record record = TRY(formats::record_from_json(file));
    return record_in(record);
}

base::Result<ServiceRecord> ServiceRecord::verify(base::ByteView file,
                                                  const sealing::TerminalCertificate& certificate) {
    if (file.size() > service_record_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "service record: size");
    const Record record = TRY(formats::record_from_json(file));
    TRY_STATUS(sealing::verify_record(record, certificate.key, sealing::context::service_record));
    ServiceRecord out = TRY(record_in(record));
    if (out.realm != certificate.realm)
        return base::fail(FaultCode::RealmMismatch, "service record");
    if (out.terminal != certificate.terminal)
        return base::fail(FaultCode::SignatureWrong, "service record of another terminal");
    return out;
}

namespace wire {

base::Bytes encode(const ServiceDelivery& delivery) {
    return formats::to_cbor({{"v", std::int64_t{1}},
                             {"kind", std::string("service-record")},
                             {"certificate", delivery.certificate},
                             {"file", delivery.file}});
}

base::Result<ServiceDelivery> service_delivery(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "service record");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "service-record"));
    ServiceDelivery out;
    out.certificate = TRY(in.bytes("certificate", certificate_bytes_max));
    out.file = TRY(in.bytes("file", service_record_bytes_max));
    TRY_STATUS(in.finish());
    return out;
}

base::Result<base::Bytes> encode(const ServiceKept& kept, const sealing::Signer& receipt_key) {
    Record record{{"v", std::int64_t{1}},
                  {"kind", std::string("service-record-kept")},
                  {"terminal", kept.terminal},
                  {"number", kept.number},
                  {"digest", base::Bytes(kept.digest.begin(), kept.digest.end())}};
    record = TRY(sealing::signed_by_kid(std::move(record), receipt_key,
                                        sealing::context::service_record_kept));
    return formats::to_cbor(record);
}

base::Result<ServiceKept> service_kept(base::ByteView body, const sealing::KeySet& keys) {
    const Record record = TRY(formats::record_from_cbor(body));
    TRY_STATUS(sealing::verify_by_kid(record, keys, sealing::KeyPurpose::receipt,
                                      sealing::context::service_record_kept));
    Fields in(record, FaultCode::BytesMalformed, "service record");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "service-record-kept"));
    ServiceKept out;
    out.terminal = TRY(in.text("terminal", 15));
    out.number = TRY(in.integer("number", 1, no_limit));
    out.digest = TRY(in.array<32>("digest"));
    TRY(in.text("kid", 16));
    TRY(sealing::suite_in(in));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace wire

}  // namespace offline::papers
