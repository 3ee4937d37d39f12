// What the intake signs about one submission: R1 (the envelope is durable there), R2 (complete,
// with the case number: the only thing that lets a terminal delete), or a refusal with its reason.
// Pure.
#pragma once

#include "base/clock.hpp"
#include "offline/papers/manifest.hpp"

#include <string>

namespace offline::papers {

enum class ReceiptKind { r1, r2, refused };
std::string_view name(ReceiptKind kind);  // R1, R2, REFUSED

struct CentreReceipt {
    ReceiptKind kind{};
    domain::Realm realm{};
    std::string terminal;
    sealing::Epoch epoch{};
    std::int64_t seq = 0;
    domain::SubId sub_id;
    sealing::Digest manifest_digest{};
    base::Instant server_time{};
    std::int64_t serial = 0;     // the intake's own count of stored submissions
    sealing::Digest previous{};  // digest of the receipt before it for this terminal
    std::string case_number;     // of an R2 only
    std::string reason;          // of a refusal only: a word
    friend bool operator==(const CentreReceipt&, const CentreReceipt&) = default;

    // Names the key it is signed with and its suite.
    base::Result<base::Bytes> sign(const sealing::Signer& receipt_key) const;
    // With the key of the set that it names. KeyUnknown, SuiteMismatch, SignatureWrong,
    // BytesMalformed.
    static base::Result<CentreReceipt> verify(base::ByteView bytes, const sealing::KeySet& keys);
    // SignatureWrong, BytesMalformed.
    static base::Result<CentreReceipt> verify(base::ByteView bytes,
                                              const sealing::PublicKey& receipt_key);

  private:
    static base::Result<CentreReceipt> read(const formats::Record& record);
};

}  // namespace offline::papers
