// What the courier needs of the outbox: what waits, its bytes, and a place for verified papers. The
// outbox has one owner; OutboxDepot reaches it directly, RunningPost asks the kiosk-post that has
// it. Called on the courier's thread. Faults are those of the outbox; PostUnreachable.
#pragma once

#include "offline/outbox/outbox.hpp"
#include "offline/papers/manifest.hpp"

#include <optional>
#include <vector>

namespace offline::courier {

// A submission whose R2 is not here.
struct Waiting {
    std::int64_t seq = 0;
    std::int64_t bytes = 0;  // about, with its attachments
};

// Exactly what S would carry, and what of attachments belongs to it.
struct Package {
    base::Bytes submission;
    std::vector<papers::AttachmentLine> attachments;
};

enum class Taken { changed, known_already };

class Depot {
  public:
    virtual ~Depot() = default;
    // With seq > after, ascending, at most `most`.
    virtual base::Result<std::vector<Waiting>> waiting(std::int64_t after, std::size_t most) = 0;
    // Empty: it is complete by now.
    virtual base::Result<std::optional<Package>> package(std::int64_t seq) = 0;
    // Sealed bytes; empty at the end.
    virtual base::Result<base::Bytes> attachment(const sealing::AttachmentId& id, std::int64_t at,
                                                 std::size_t most) = 0;
    // The receipt is verified here as one from the network is, then stored; an R2 purges.
    virtual base::Result<Taken> take_receipt(base::ByteView receipt) = 0;
};

}  // namespace offline::courier
