// The bodies of the requests between kiosk-post and the intake, both directions, as CBOR records:
//   H  POST /v1/hello                          HelloRequest → HelloReply (signed, bound to a nonce)
//   S  PUT  /v1/t/{terminal}/s/{sub_id}        Delivered → one centre receipt (R1 or a signed
//   refusal) C  POST /v1/t/{terminal}/s/{sub_id}/commit → one centre receipt (R2) R  POST
//   /v1/t/{terminal}/receipts          ReceiptsRequest → the newest receipt of each Q  POST
//   /v1/questions                      AskRequest → a sealed answer
// H, R and Q are signed by the terminal. Whatever does not decode strictly is BytesMalformed. Pure.
#pragma once

#include "base/clock.hpp"
#include "offline/papers/centre_receipt.hpp"

#include <string>
#include <vector>

namespace offline::papers::wire {

inline constexpr const char* content_type = "application/cbor";
inline constexpr std::size_t body_bytes_max = 1u << 20;
inline constexpr std::size_t receipts_max = 64;

using Nonce = std::array<std::uint8_t, 16>;

struct HelloRequest {
    base::Bytes certificate;
    Nonce nonce{};
    std::int64_t next_seq = 1;
    std::int64_t waiting = 0;
    sealing::Digest chain_head{};
};
struct HelloReply {
    domain::Realm realm{};
    Nonce nonce{};
    base::Instant server_time{};
};
struct Delivered {
    base::Bytes certificate, manifest, signature, envelope;
};
struct ReceiptsRequest {
    base::Bytes certificate;
    std::vector<domain::SubId> sub_ids;
};
struct AskRequest {
    base::Bytes certificate;
    std::string kind;
    base::Bytes question;
};
// A request that names its terminal: the certificate is verified against the root before anything.
template <class Request>
struct FromTerminal {
    Request request;
    sealing::TerminalCertificate certificate;
};

base::Result<base::Bytes> encode(const HelloRequest& request, const sealing::Signer& terminal_key);
base::Result<base::Bytes> encode(const ReceiptsRequest& request,
                                 const sealing::Signer& terminal_key);
base::Result<base::Bytes> encode(const AskRequest& request, const sealing::Signer& terminal_key);
base::Result<FromTerminal<HelloRequest>> hello_request(base::ByteView body,
                                                       const sealing::PinnedRoot& root);
base::Result<FromTerminal<ReceiptsRequest>> receipts_request(base::ByteView body,
                                                             const sealing::PinnedRoot& root);
base::Result<FromTerminal<AskRequest>> ask_request(base::ByteView body,
                                                   const sealing::PinnedRoot& root);

base::Bytes encode(const Delivered& delivered);
base::Result<Delivered> delivered(base::ByteView body);

base::Result<base::Bytes> encode(const HelloReply& reply, const sealing::Signer& receipt_key);
// CentreNonsense-worthy faults: SignatureWrong, RealmMismatch, BytesMalformed (also another nonce).
base::Result<HelloReply> hello_reply(base::ByteView body, const sealing::KeySet& keys,
                                     const Nonce& nonce);

base::Bytes encode_receipts(const std::vector<base::Bytes>& receipts);
base::Result<std::vector<base::Bytes>> receipts(base::ByteView body);
base::Bytes encode_answer(base::ByteView sealed_answer);
base::Result<base::Bytes> answer(base::ByteView body);
// A refusal of the request itself, unsigned: one word. It never changes what a terminal holds.
base::Bytes encode_refusal(const std::string& reason);
bool is_refusal(base::ByteView body);
// One centre receipt, as S and C answer it.
base::Bytes encode_receipt(base::ByteView receipt);
base::Result<base::Bytes> receipt(base::ByteView body);

}  // namespace offline::papers::wire
