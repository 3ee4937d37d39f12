// Is this receipt about exactly this parcel, and did the intake sign it? Nothing in the outbox
// changes before this said yes. Pure.
#pragma once

#include "offline/outbox/outbox.hpp"

namespace offline::sync {

// SignatureWrong, KeyUnknown, SuiteMismatch, RealmMismatch, CentreNonsense (not a receipt, or of
// something else: which field).
base::Result<papers::CentreReceipt> check_receipt(base::ByteView bytes,
                                                  const outbox::Parcel& parcel,
                                                  const sealing::TerminalCertificate& terminal,
                                                  const sealing::KeySet& keys);

}  // namespace offline::sync
