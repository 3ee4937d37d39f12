// The outbox as the place that delivery takes its parcels from.
#pragma once

#include "offline/sync/parcels.hpp"

namespace offline::sync {

class OutboxParcels : public Parcels {
  public:
    explicit OutboxParcels(outbox::Outbox& outbox) : outbox_(outbox) {}

    const outbox::Terminal& terminal() const override { return outbox_.terminal(); }
    base::Result<Holdings> holdings() override;
    base::Result<std::vector<Item>> queued(papers::Lane lane, std::int64_t after,
                                           std::size_t most) override;
    base::Result<std::vector<Item>> unanswered(std::int64_t after, std::size_t most) override;
    base::Result<std::vector<Upload>> uploads(std::size_t most) override;
    base::Result<std::vector<Upload>> uploads_of(std::int64_t seq) override;
    base::Result<std::optional<outbox::Parcel>> parcel(std::int64_t seq) override;
    base::Result<base::Bytes> read_attachment(const sealing::AttachmentId& id, std::int64_t at,
                                              std::size_t most) override;
    base::Status note_acked(const sealing::AttachmentId& id, std::int64_t offset) override;
    base::Status attempt_failed(std::int64_t seq, base::FaultCode fault) override;
    base::Status store_receipts(const std::vector<outbox::Receipted>& receipts) override;
    base::Status set_aside(std::int64_t seq, std::string_view why) override;
    base::Result<bool> send_again(std::int64_t seq) override;
    base::Result<std::optional<sealing::Digest>> chain_after(std::int64_t seq) override;
    base::Status forget_up_to(std::int64_t seq) override;
    void note_server_time(base::Instant time) override { outbox_.note_server_time(time); }

  private:
    outbox::Outbox& outbox_;
};

}  // namespace offline::sync
