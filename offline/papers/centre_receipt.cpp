#include "offline/papers/centre_receipt.hpp"

#include "offline/papers/local_number.hpp"

#include <limits>

namespace offline::papers {

namespace {

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::array<std::string_view, 3> kind_names{"R1", "R2", "REFUSED"};

}  // namespace

std::string_view name(ReceiptKind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

base::Result<base::Bytes> CentreReceipt::sign(const sealing::Signer& receipt_key) const {
    formats::Record record{
        {"v", std::int64_t{2}},
        {"kind", std::string(name(kind))},
        {"realm", std::string(domain::name(realm))},
        {"terminal", terminal},
        {"epoch", base::Bytes(epoch.begin(), epoch.end())},
        {"seq", seq},
        {"sub_id", sub_id.text()},
        {"manifest_digest", base::Bytes(manifest_digest.begin(), manifest_digest.end())},
        {"server_time", server_time.time_since_epoch().count()},
        {"serial", serial},
        {"previous", base::Bytes(previous.begin(), previous.end())}};
    if (kind == ReceiptKind::r2) record["case_number"] = case_number;
    if (kind == ReceiptKind::refused) record["reason"] = reason;
    record = TRY(
        sealing::signed_by_kid(std::move(record), receipt_key, sealing::context::centre_receipt));
    return formats::to_json(record);
}

base::Result<CentreReceipt> CentreReceipt::verify(base::ByteView bytes,
                                                  const sealing::KeySet& keys) {
    const formats::Record record = TRY(formats::record_from_json(bytes));
    TRY_STATUS(sealing::verify_by_kid(record, keys, sealing::KeyPurpose::receipt,
                                      sealing::context::centre_receipt));
    return read(record);
}

base::Result<CentreReceipt> CentreReceipt::verify(base::ByteView bytes,
                                                  const sealing::PublicKey& receipt_key) {
    const formats::Record record = TRY(formats::record_from_json(bytes));
    TRY_STATUS(sealing::verify_record(record, receipt_key, sealing::context::centre_receipt));
    return read(record);
}

base::Result<CentreReceipt> CentreReceipt::read(const formats::Record& record) {
    formats::Fields fields(record, base::FaultCode::BytesMalformed, "receipt");
    TRY_STATUS(fields.exactly("v", 2));
    CentreReceipt out;
    const std::string kind = TRY(fields.text("kind", 8));
    std::size_t at = 0;
    while (at < kind_names.size() && kind_names[at] != kind) ++at;
    if (at == kind_names.size()) return fields.wrong("kind");
    out.kind = static_cast<ReceiptKind>(at);
    const std::string realm = TRY(fields.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm));
    out.terminal = TRY(fields.text("terminal", 15));
    out.epoch = TRY(fields.array<16>("epoch"));
    out.seq = TRY(fields.integer("seq", 1, seq_max));
    const std::string sub_id = TRY(fields.text("sub_id", 32));
    out.sub_id = TRY(domain::SubId::parse(sub_id));
    out.manifest_digest = TRY(fields.array<32>("manifest_digest"));
    out.server_time = base::Instant{base::Millis{TRY(fields.integer("server_time", 0, no_limit))}};
    out.serial = TRY(fields.integer("serial", 0, no_limit));
    out.previous = TRY(fields.array<32>("previous"));
    if (out.kind == ReceiptKind::r2) {
        out.case_number = TRY(fields.text("case_number", 50));
        if (out.case_number.empty()) return fields.wrong("case_number");
    }
    if (out.kind == ReceiptKind::refused) out.reason = TRY(fields.text("reason", 64));
    TRY(sealing::suite_in(fields));
    TRY(fields.text("kid", 16));
    TRY(fields.bytes("signature", 64));
    TRY_STATUS(fields.finish());
    return out;
}

}  // namespace offline::papers
