#include "tests/simulator/world/post.hpp"

namespace simulator {

using namespace offline;

namespace {

class RealPost final : public Post {
  public:
    RealPost(PostParts parts, outbox::Outbox outbox)
        : keys_(std::move(parts.keys)),
          outbox_(std::move(outbox)),
          delivery_({{base::Millis{2000}, retry_cap, base::Millis{20000}}, parts.seed, "simulated"},
                    outbox_, keys_, parts.clock, parts.log,
                    [this, send = std::move(parts.send)](sync::Exchange exchange) {
                        send(++reference_, std::move(exchange));
                    }) {}

    base::Result<domain::LocalReceipt> accept(const outbox::Acceptance& given) override {
        return outbox_.accept(given);
    }
    base::Millis tick() override {
        [[maybe_unused]] const auto ignored = outbox_.checkpoint_when_due();
        return delivery_.tick();
    }
    void answered(std::int64_t, const base::Result<sync::Answer>& answer) override {
        delivery_.answered(answer);
    }
    void line_came_back() override { delivery_.nudge(); }
    outbox::Outbox& outbox() override { return outbox_; }

  private:
    sealing::KeySet keys_;
    outbox::Outbox outbox_;
    std::int64_t reference_ = 0;
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
