#include "offline/sync/receipt_check.hpp"

namespace offline::sync {

using base::FaultCode;

base::Result<papers::CentreReceipt> check_receipt(base::ByteView bytes,
                                                  const outbox::Parcel& parcel,
                                                  const sealing::TerminalCertificate& terminal,
                                                  const sealing::KeySet& keys) {
    auto receipt = papers::CentreReceipt::verify(bytes, keys);
    if (!receipt) {
        if (receipt.error().code == FaultCode::BytesMalformed)
            return base::fail(FaultCode::CentreNonsense, receipt.error().safe_detail);
        return base::fail(receipt.error());
    }
    if (receipt->realm != terminal.realm) return base::fail(FaultCode::RealmMismatch, "receipt");
    const auto other = [](const char* what) {
        return base::fail(FaultCode::CentreNonsense, std::string("receipt of another ") + what);
    };
    if (receipt->terminal != terminal.terminal) return other("terminal");
    if (receipt->epoch != parcel.epoch) return other("epoch");
    if (receipt->seq != parcel.seq) return other("seq");
    if (receipt->sub_id != parcel.sub_id) return other("submission");
    if (receipt->manifest_digest != parcel.manifest_digest) return other("digest");
    return receipt;
}

}  // namespace offline::sync
