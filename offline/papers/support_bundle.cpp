#include "offline/papers/support_bundle.hpp"

namespace offline::papers::wire {

using base::FaultCode;
using formats::Fields;
using formats::Record;

base::Result<base::Bytes> encode(const SupportBundle& bundle, const sealing::Signer& terminal_key) {
    return signed_request({{"kind", std::string("support-bundle")},
                           {"certificate", bundle.certificate},
                           {"serial", bundle.serial},
                           {"file", bundle.file}},
                          terminal_key);
}

base::Result<FromTerminal<SupportBundle>> support_bundle(base::ByteView body,
                                                         const sealing::PinnedRoot& root) {
    return open_request<SupportBundle>(
        body, root, "support-bundle", [](Fields& in, SupportBundle& out) -> base::Status {
            out.serial = TRY(in.integer("serial", 1, no_limit));
            out.file = TRY(in.bytes("file", support_bundle_bytes_max));
            return out.file.empty() ? in.wrong("file") : base::Status{};
        });
}

base::Result<base::Bytes> encode(const SupportBundleKept& kept,
                                 const sealing::Signer& receipt_key) {
    const Record record =
        TRY(sealing::signed_by_kid({{"v", std::int64_t{1}},
                                    {"kind", std::string("support-bundle-kept")},
                                    {"terminal", kept.terminal},
                                    {"serial", kept.serial},
                                    {"digest", as_bytes(kept.digest)}},
                                   receipt_key, sealing::context::support_bundle));
    return formats::to_cbor(record);
}

base::Result<SupportBundleKept> support_bundle_kept(base::ByteView body,
                                                    const sealing::KeySet& keys) {
    const Record record = TRY(formats::record_from_cbor(body));
    TRY_STATUS(sealing::verify_by_kid(record, keys, sealing::KeyPurpose::receipt,
                                      sealing::context::support_bundle));
    Fields in(record, FaultCode::BytesMalformed, "support bundle");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "support-bundle-kept"));
    SupportBundleKept out;
    out.terminal = TRY(in.text("terminal", 15));
    out.serial = TRY(in.integer("serial", 1, no_limit));
    out.digest = TRY(in.array<32>("digest"));
    TRY(in.text("kid", 16));
    TRY(sealing::suite_in(in));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace offline::papers::wire
