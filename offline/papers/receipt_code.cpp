#include "offline/papers/receipt_code.hpp"

#include "base/assert.hpp"

#include <algorithm>

namespace offline::papers {

namespace {

using base::FaultCode;

constexpr std::string_view prefix = "CW1.";
constexpr std::uint8_t version = 1;
constexpr std::size_t body_size = 1 + 1 + 1 + 8 + 16 + 5 + 16 + 8;
constexpr std::size_t signature_size = 64;

base::Result<base::Bytes> bytes_of(std::string_view text) {
    if (!looks_like_receipt_code(text))
        return base::fail(FaultCode::BytesMalformed, "code: prefix");
    base::Bytes bytes = TRY(base::from_base64url(text.substr(prefix.size())));
    if (bytes.size() != body_size + signature_size)
        return base::fail(FaultCode::BytesMalformed, "code: length");
    return bytes;
}

base::Result<ReceiptCode> read(base::ByteView bytes) {
    const auto wrong = [](const char* what) { return base::fail(FaultCode::BytesMalformed, what); };
    if (bytes[0] != version) return wrong("code: version");
    if (bytes[1] > 1) return wrong("code: realm");
    if (bytes[2] > static_cast<std::uint8_t>(domain::ClockTrust::server))
        return wrong("code: clock");
    if (bytes[3] > 0x0F) return wrong("code: time");
    ReceiptCode code;
    code.realm = static_cast<domain::Realm>(bytes[1]);
    code.clock_trust = static_cast<domain::ClockTrust>(bytes[2]);
    std::int64_t kept_at = 0;
    for (const auto byte : bytes.subspan(3, 8)) kept_at = kept_at << 8 | byte;
    code.kept_at = base::Instant{base::Millis{kept_at}};
    code.local_number = std::string(base::as_text(bytes.subspan(11, 16)));
    if (!is_local_number(code.local_number)) return wrong("code: number");
    std::copy_n(bytes.begin() + 27, code.token.size(), code.token.begin());
    std::copy_n(bytes.begin() + 32, code.manifest_digest.size(), code.manifest_digest.begin());
    std::copy_n(bytes.begin() + 48, code.certificate_id.size(), code.certificate_id.begin());
    return code;
}

}  // namespace

bool looks_like_receipt_code(std::string_view text) {
    return text.starts_with(prefix);
}

base::Result<std::string> make_receipt_code(const ReceiptCode& code,
                                            const sealing::Signer& terminal_key) {
    const std::int64_t kept_at = code.kept_at.time_since_epoch().count();
    KIOSK_ASSERT(is_local_number(code.local_number) && kept_at >= 0);
    base::Bytes bytes{version, static_cast<std::uint8_t>(code.realm),
                      static_cast<std::uint8_t>(code.clock_trust)};
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(kept_at >> shift));
    bytes.insert(bytes.end(), code.local_number.begin(), code.local_number.end());
    bytes.insert(bytes.end(), code.token.begin(), code.token.end());
    bytes.insert(bytes.end(), code.manifest_digest.begin(), code.manifest_digest.end());
    bytes.insert(bytes.end(), code.certificate_id.begin(), code.certificate_id.end());
    const auto signature = TRY(terminal_key.sign(sealing::context::receipt_code, bytes));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return std::string(prefix) + base::to_base64url(bytes);
}

base::Result<ReceiptCode> parse_receipt_code(std::string_view text) {
    const base::Bytes bytes = TRY(bytes_of(text));
    return read(bytes);
}

base::Result<ReceiptCode> verify_receipt_code(std::string_view text,
                                              const sealing::PublicKey& terminal_key) {
    const base::Bytes bytes = TRY(bytes_of(text));
    const base::ByteView all(bytes);
    TRY_STATUS(sealing::verify(terminal_key, sealing::context::receipt_code, all.first(body_size),
                               all.subspan(body_size)));
    return read(bytes);
}

}  // namespace offline::papers
