// What delivery needs of the place where parcels are kept: windows of what waits in each lane,
// never the whole backlog; the bytes; and the few things that a verified paper changes. Called on
// the thread of delivery; faults are those of the outbox (outbox/outbox.hpp).
#pragma once

#include "offline/outbox/outbox.hpp"
#include "offline/papers/hello.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace offline::sync {

// A submission that waits.
struct Item {
    std::int64_t seq = 0;
    std::int64_t bytes = 0;  // of its envelope
};

// An attachment whose bytes are not all at the centre; its submission is (R1).
struct Upload {
    sealing::AttachmentId id{};
    std::int64_t seq = 0;
    sealing::Digest digest{};
    std::int64_t length = 0;
    std::int64_t acked = 0;  // a hint: the centre's own offset decides
};

// What a hello says of what is here.
struct Holdings {
    sealing::Epoch epoch{};
    std::int64_t first_seq = 1, next_seq = 1;
    sealing::Digest chain_head{};
    std::int64_t low = 0;
    std::vector<std::int64_t> complete_above;
    papers::wire::LaneLoad urgent, normal;
};

class Parcels {
  public:
    virtual ~Parcels() = default;

    virtual const outbox::Terminal& terminal() const = 0;
    virtual base::Result<Holdings> holdings() = 0;

    // At most `most` of them with seq > after, ascending: not sent yet, by lane.
    virtual base::Result<std::vector<Item>> queued(papers::Lane lane, std::int64_t after,
                                                   std::size_t most) = 0;
    // Sent (R1), nothing left to send, no R2: it may be asked for.
    virtual base::Result<std::vector<Item>> unanswered(std::int64_t after, std::size_t most) = 0;
    // The smallest remainder first.
    virtual base::Result<std::vector<Upload>> uploads(std::size_t most) = 0;

    // All of this submission, also those that are there.
    virtual base::Result<std::vector<Upload>> uploads_of(std::int64_t seq) = 0;

    // Empty: it is not here any more.
    virtual base::Result<std::optional<outbox::Parcel>> parcel(std::int64_t seq) = 0;
    virtual base::Result<base::Bytes> read_attachment(const sealing::AttachmentId& id,
                                                      std::int64_t at, std::size_t most) = 0;

    virtual base::Status note_acked(const sealing::AttachmentId& id, std::int64_t offset) = 0;
    virtual base::Status attempt_failed(std::int64_t seq, base::FaultCode fault) = 0;
    // The receipt was verified against this parcel (receipt_check). R2 stores, then purges.
    virtual base::Status store_receipt(const papers::CentreReceipt& receipt,
                                       base::ByteView bytes) = 0;
    // Its bytes stay; a person decides.
    virtual base::Status set_aside(std::int64_t seq, std::string_view why) = 0;

    // Papers of a hello. The centre lost what it had receipted: false when the bytes are gone here.
    virtual base::Result<bool> send_again(std::int64_t seq) = 0;
    // The chain as this side has it after `seq`; empty: not known any more.
    virtual base::Result<std::optional<sealing::Digest>> chain_after(std::int64_t seq) = 0;
    virtual base::Status forget_up_to(std::int64_t seq) = 0;
};

}  // namespace offline::sync
