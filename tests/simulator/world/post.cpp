#include "tests/simulator/world/post.hpp"

namespace simulator {

using namespace offline;

namespace {

class RealPost final : public Post {
  public:
    RealPost(PostParts parts, outbox::Outbox outbox)
        : keys_(std::move(parts.keys)),
          outbox_(std::move(outbox)),
          parcels_(outbox_),
          floor_(std::string(outbox_folder) + "/clock.floor", parts.clock, parts.log, parts.disk),
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

  private:
    sealing::KeySet keys_;
    outbox::Outbox outbox_;
    sync::OutboxParcels parcels_;
    sync::ClockFloor floor_;
    sync::Delivery delivery_;
};

}  // namespace

base::Result<std::unique_ptr<Post>> make_post(PostParts parts) {
    auto outbox = outbox::Outbox::open({outbox_folder, outbox_quota, &parts.disk}, parts.terminal,
                                       parts.clock);
    if (!outbox) return base::fail(outbox.error());
    return std::make_unique<RealPost>(std::move(parts), std::move(*outbox));
}

}  // namespace simulator
