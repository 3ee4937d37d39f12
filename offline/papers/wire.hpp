// The bodies of the requests between kiosk-post and the intake, both directions, as CBOR records.
// H is in hello.hpp, O and P (attachments) in upload.hpp.
//   S  PUT  /v1/t/{terminal}/s/{sub_id}         Delivered → one centre receipt (R1, R2 when it has
//                                               no attachments left to come, or a signed refusal)
//   B  POST /v1/t/{terminal}/batch              many Delivered → for each what S would have said
//   C  POST /v1/t/{terminal}/s/{sub_id}/commit  → R2, or unsigned 409 attachments-pending
//   R  POST /v1/t/{terminal}/receipts           ReceiptsRequest → the newest receipt of each
//   Q  POST /v1/questions                       AskRequest → a sealed answer
// R and Q are signed by the terminal. Whatever does not decode strictly is BytesMalformed. Pure.
#pragma once

#include "base/clock.hpp"
#include "offline/papers/centre_receipt.hpp"
#include "offline/papers/signed_request.hpp"

#include <string>
#include <vector>

namespace offline::papers::wire {

inline constexpr const char* content_type = "application/cbor";
inline constexpr std::size_t body_bytes_max = 1u << 20;
inline constexpr std::size_t receipts_max = 64;
inline constexpr std::size_t batch_items_max = 64;
inline constexpr std::size_t batch_bytes_max = body_bytes_max - 1024;  // of its items, encoded

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
base::Result<base::Bytes> encode(const ReceiptsRequest& request,
                                 const sealing::Signer& terminal_key);
base::Result<base::Bytes> encode(const AskRequest& request, const sealing::Signer& terminal_key);
base::Result<FromTerminal<ReceiptsRequest>> receipts_request(base::ByteView body,
                                                             const sealing::PinnedRoot& root);
base::Result<FromTerminal<AskRequest>> ask_request(base::ByteView body,
                                                   const sealing::PinnedRoot& root);

base::Bytes encode(const Delivered& delivered);
base::Result<Delivered> delivered(base::ByteView body);

// One answer of a batch: what S would have been answered for this item.
struct BatchAnswer {
    int status = 200;
    base::Bytes body;
    friend bool operator==(const BatchAnswer&, const BatchAnswer&) = default;
};
// The items as they go out in S. At most batch_items_max and batch_bytes_max (else a bug).
base::Bytes encode_batch(const std::vector<base::Bytes>& delivered);
base::Result<std::vector<base::Bytes>> batch(base::ByteView body);
// In the order of the items, one for each.
base::Bytes encode_batch_answers(const std::vector<BatchAnswer>& answers);
base::Result<std::vector<BatchAnswer>> batch_answers(base::ByteView body);

base::Bytes encode_receipts(const std::vector<base::Bytes>& receipts);
base::Result<std::vector<base::Bytes>> receipts(base::ByteView body);
base::Bytes encode_answer(base::ByteView sealed_answer);
base::Result<base::Bytes> answer(base::ByteView body);
// A refusal of the request itself, unsigned: one word. It never changes what a terminal holds.
base::Bytes encode_refusal(const std::string& reason);
bool is_refusal(base::ByteView body);
base::Result<std::string> refusal_reason(base::ByteView body);

// Words that a terminal acts on.
namespace refusal {
inline constexpr const char* attachments_pending = "attachments-pending";  // 409, with C
inline constexpr const char* epoch_superseded = "epoch-superseded";        // 403
inline constexpr const char* unknown_kid = "unknown-kid";                  // 415
inline constexpr const char* unknown = "unknown";                          // 404
inline constexpr const char* later = "later";                              // 503
inline constexpr const char* offset = "offset";                            // 409, with P
inline constexpr const char* digest = "digest";                            // 422, with P
}  // namespace refusal

// One centre receipt, as S and C answer it.
base::Bytes encode_receipt(base::ByteView receipt);
base::Result<base::Bytes> receipt(base::ByteView body);

}  // namespace offline::papers::wire
