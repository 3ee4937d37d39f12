// The outbox as a Depot, on the thread that owns it. This is the one file of the courier that knows
// the outbox's functions.
#pragma once

#include "base/event_log.hpp"
#include "offline/courier/terminal/depot.hpp"

namespace offline::courier {

class OutboxDepot final : public Depot {
  public:
    OutboxDepot(outbox::Outbox& outbox, const sealing::KeySet& keys, base::EventLog& log)
        : outbox_(outbox), keys_(keys), log_(log) {}

    base::Result<std::vector<Waiting>> waiting(std::int64_t after, std::size_t most) override;
    base::Result<std::optional<Package>> package(std::int64_t seq) override;
    base::Result<base::Bytes> attachment(const sealing::AttachmentId& id, std::int64_t at,
                                         std::size_t most) override;
    base::Result<Taken> take_receipt(base::ByteView receipt) override;

  private:
    // Empty: it does not wait (any more).
    base::Result<std::optional<outbox::ParcelState>> state_of(std::int64_t seq);

    outbox::Outbox& outbox_;
    const sealing::KeySet& keys_;
    base::EventLog& log_;
};

}  // namespace offline::courier
