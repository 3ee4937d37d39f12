#include "tests/simulator/world/post.hpp"

namespace simulator {

using namespace offline;

namespace {

std::string in_outbox(const char* name) {
    return std::string(outbox_folder) + "/" + name;
}

class WatchedParcels final : public sync::OutboxParcels {
  public:
    WatchedParcels(outbox::Outbox& outbox, store::Disk& disk)
        : OutboxParcels(outbox), disk_(disk) {}
    base::Status store_receipts(const std::vector<outbox::Receipted>& receipts) override {
        const bool ballast = disk_.exists(in_outbox("outbox.ballast"));
        auto stored = OutboxParcels::store_receipts(receipts);
        if (ballast && !stored && stored.error().code == base::FaultCode::DiskFull) ++without_room;
        return stored;
    }
    int without_room = 0;

  private:
    store::Disk& disk_;
};

class RealPost final : public Post {
  public:
    RealPost(PostParts parts, outbox::Outbox outbox)
        : keys_(std::move(parts.keys)),
          outbox_(std::move(outbox)),
          parcels_(outbox_, parts.disk),
          floor_(in_outbox("clock.floor"), parts.clock, parts.log, parts.disk),
          delivery_({{base::Millis{2000}, retry_cap, base::Millis{20000}}, parts.seed, "simulated"},
                    parcels_, keys_, floor_, parts.clock, parts.log, std::move(parts.send)) {}

    base::Result<domain::LocalReceipt> accept(const outbox::Acceptance& given) override {
        return outbox_.accept(given);
    }
    base::Millis tick() override {
        [[maybe_unused]] const auto ignored = outbox_.checkpoint_when_due();
        return delivery_.tick();
    }
    void answered(std::int64_t reference, const base::Result<sync::Answer>& answer) override {
        delivery_.answered(reference, answer);
    }
    void line_came_back() override { delivery_.nudge(); }
    outbox::Outbox& outbox() override { return outbox_; }
    base::Instant time_floor() const override { return floor_.floor(); }
    int receipts_without_room() const override { return parcels_.without_room; }

  private:
    sealing::KeySet keys_;
    outbox::Outbox outbox_;
    WatchedParcels parcels_;
    sync::ClockFloor floor_;
    sync::Delivery delivery_;
};

}  // namespace

base::Result<std::unique_ptr<Post>> make_post(PostParts parts) {
    outbox::OutboxOptions options{outbox_folder, outbox_quota, &parts.disk};
    options.ballast_bytes = parts.ballast;
    auto outbox = outbox::Outbox::open(options, parts.terminal, parts.clock);
    if (!outbox) return base::fail(outbox.error());
    return std::make_unique<RealPost>(std::move(parts), std::move(*outbox));
}

}  // namespace simulator
