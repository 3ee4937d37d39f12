// Requests that name their terminal: a record with kind, certificate and a signature by the
// certificate's key. H, R, Q and F are such; S, B and attachments carry signed papers instead.
// Pure.
#pragma once

#include "offline/papers/manifest.hpp"

#include <limits>

namespace offline::papers::wire {

inline constexpr std::size_t certificate_bytes_max = 2048;
inline constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

// The certificate is verified against the root before anything else is believed.
template <class Request>
struct FromTerminal {
    Request request;
    sealing::TerminalCertificate certificate;
};

template <std::size_t N>
base::Bytes as_bytes(const std::array<std::uint8_t, N>& array) {
    return {array.begin(), array.end()};
}

inline base::Result<base::Bytes> signed_request(formats::Record record,
                                                const sealing::Signer& key) {
    record["v"] = std::int64_t{2};
    record = TRY(sealing::signed_record(std::move(record), key, sealing::context::request));
    return formats::to_cbor(record);
}

// `read` takes the request's own fields. BytesMalformed, SignatureWrong, RealmMismatch.
template <class Request, class Read>
base::Result<FromTerminal<Request>> open_request(base::ByteView body,
                                                 const sealing::PinnedRoot& root,
                                                 std::string_view kind, Read read) {
    const formats::Record record = TRY(formats::record_from_cbor(body));
    formats::Fields in(record, base::FaultCode::BytesMalformed, std::string(kind));
    TRY_STATUS(in.exactly("v", 2));
    TRY_STATUS(in.exactly("kind", kind));
    FromTerminal<Request> out;
    out.request.certificate = TRY(in.bytes("certificate", certificate_bytes_max));
    out.certificate = TRY(sealing::TerminalCertificate::verify(out.request.certificate, root));
    TRY_STATUS(sealing::verify_record(record, out.certificate.key, sealing::context::request));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(read(in, out.request));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace offline::papers::wire
