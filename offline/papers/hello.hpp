// H, the first thing a terminal and the centre say to one another, and how either notices that the
// other lost something: POST /v1/hello, HelloRequest (signed by the terminal) → HelloReply (signed
// by the receipt key, bound to the nonce). Small and cheap, so it is always answered. Pure.
// Source: offline-sync.md 2.3, 3.4.
#pragma once

#include "offline/papers/signed_request.hpp"

#include <string>
#include <vector>

namespace offline::papers::wire {

inline constexpr std::size_t hello_seqs_max = 256;

using Nonce = std::array<std::uint8_t, 16>;

// What waits in one lane.
struct LaneLoad {
    std::int64_t count = 0;
    std::int64_t bytes = 0;
    base::Instant oldest{};  // kept at; 0 when nothing waits
    friend bool operator==(const LaneLoad&, const LaneLoad&) = default;
};

struct HelloRequest {
    base::Bytes certificate;
    Nonce nonce{};
    sealing::Epoch epoch{};
    std::int64_t first_seq = 1;  // of the epoch
    std::int64_t next_seq = 1;
    sealing::Digest chain_head{};              // after next_seq - 1
    std::int64_t low = 0;                      // all seq <= low are complete and purged here
    std::vector<std::int64_t> complete_above;  // further ones, ascending, the first of them
    LaneLoad urgent, normal;
    std::int64_t key_set = 0;  // versions
    std::string software;
};

struct HelloReply {
    domain::Realm realm{};
    Nonce nonce{};
    base::Instant server_time{};
    base::Millis come_back_in{};       // 0: go
    std::int64_t key_set = 0;          // the version the centre uses
    std::int64_t slice_bytes_max = 0;  // of an attachment's slice that the centre takes now
    // Countersigned: the chain as far as the centre holds it without a gap, in this epoch.
    std::int64_t counter_seq = 0;  // 0: nothing yet
    sealing::Digest counter_head{};
    // The terminal may forget what it purged up to here.
    std::int64_t forget_up_to = 0;
    // Numbers that the terminal says are complete and the centre does not hold.
    std::vector<std::int64_t> missing;
};

base::Result<base::Bytes> encode(const HelloRequest& request, const sealing::Signer& terminal_key);
base::Result<FromTerminal<HelloRequest>> hello_request(base::ByteView body,
                                                       const sealing::PinnedRoot& root);

base::Result<base::Bytes> encode(const HelloReply& reply, const sealing::Signer& receipt_key);
// CentreNonsense-worthy faults: SignatureWrong, KeyUnknown, SuiteMismatch, RealmMismatch,
// BytesMalformed (also another nonce).
base::Result<HelloReply> hello_reply(base::ByteView body, const sealing::KeySet& keys,
                                     const Nonce& nonce);

}  // namespace offline::papers::wire
