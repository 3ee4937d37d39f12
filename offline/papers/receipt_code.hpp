// The text of the QR code on the slip. Version 1 is "CW1." and the base64url of 120 bytes:
//   version 1 | realm 1 | clock trust 1 | kept at 8 (ms, big-endian) | local number 16 (ASCII)
//   | look-up token 5 | first 16 bytes of the manifest's SHA-256 | terminal certificate id 8
//   | Ed25519 signature of the post 64, context "cw-receipt-code-1", over all before it
// Nothing in it names a person. Reading is strict; the parser sees whatever a scanner sees. Pure.
#pragma once

#include "base/clock.hpp"
#include "domain/local_receipt.hpp"
#include "offline/papers/local_number.hpp"
#include "offline/sealing/signing.hpp"

#include <string>
#include <string_view>

namespace offline::papers {

struct ReceiptCode {
    domain::Realm realm{};
    domain::ClockTrust clock_trust{};
    base::Instant kept_at{};
    std::string local_number;
    Token token{};
    std::array<std::uint8_t, 16> manifest_digest{};  // truncated
    std::array<std::uint8_t, 8> certificate_id{};
    friend bool operator==(const ReceiptCode&, const ReceiptCode&) = default;
};

bool looks_like_receipt_code(std::string_view text);
base::Result<std::string> make_receipt_code(const ReceiptCode& code,
                                            const sealing::Signer& terminal_key);
// BytesMalformed. What it says is not yet believed.
base::Result<ReceiptCode> parse_receipt_code(std::string_view text);
// The same, and signed by this terminal: SignatureWrong otherwise.
base::Result<ReceiptCode> verify_receipt_code(std::string_view text,
                                              const sealing::PublicKey& terminal_key);

}  // namespace offline::papers
