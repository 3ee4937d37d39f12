// A terminal whose line was away for a year: delivery and a backlog that fits into no memory.
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
using papers::Lane;

// So many that nobody may hold them: they are made when delivery asks for their bytes.
class YearsBacklog final : public sync::Parcels {
  public:
    static constexpr std::int64_t count = 100'000;
    explicit YearsBacklog(MemoryParcels& made) : made_(made) {}

    std::int64_t looked_at = 0;
    std::size_t widest = 0;
    std::vector<std::int64_t> sent;

    base::Result<std::vector<sync::Item>> queued(Lane lane, std::int64_t after,
                                                 std::size_t most) override {
        std::vector<sync::Item> out;
        widest = std::max(widest, most);
        const bool urgent = lane == Lane::urgent;
        for (std::int64_t seq = after + 1; seq <= count && out.size() < most; ++seq)
            if (!made_.complete.contains(seq) && (seq == count) == urgent)
                out.push_back({seq, 16'000});
        looked_at += static_cast<std::int64_t>(out.size());
        return out;
    }
    base::Result<std::optional<outbox::Parcel>> parcel(std::int64_t seq) override {
        if (!made_.waiting.contains(seq)) {
            made_.next_seq = seq;
            made_.keep();
            sent.push_back(seq);
        }
        return made_.parcel(seq);
    }
    base::Result<sync::Holdings> holdings() override {
        auto here = TRY(made_.holdings());
        here.next_seq = count + 1;
        here.normal.count = count - 1;
        here.urgent.count = 1;
        return here;
    }
    const outbox::Terminal& terminal() const override { return made_.terminal(); }
    base::Result<std::vector<sync::Item>> unanswered(std::int64_t, std::size_t) override {
        return std::vector<sync::Item>{};
    }
    base::Result<std::vector<sync::Upload>> uploads(std::size_t) override {
        return std::vector<sync::Upload>{};
    }
    base::Result<std::vector<sync::Upload>> uploads_of(std::int64_t) override {
        return std::vector<sync::Upload>{};
    }
    base::Result<base::Bytes> read_attachment(const sealing::AttachmentId&, std::int64_t,
                                              std::size_t) override {
        return base::fail(FaultCode::AnswerNotFound);
    }
    base::Status note_acked(const sealing::AttachmentId&, std::int64_t) override { return {}; }
    base::Status attempt_failed(std::int64_t, FaultCode) override { return {}; }
    base::Status store_receipts(const std::vector<outbox::Receipted>& receipts) override {
        return made_.store_receipts(receipts);
    }
    base::Status set_aside(std::int64_t seq, std::string_view why) override {
        return made_.set_aside(seq, why);
    }
    base::Result<bool> send_again(std::int64_t) override { return false; }
    base::Result<std::optional<sealing::Digest>> chain_after(std::int64_t) override {
        return std::optional<sealing::Digest>{};
    }
    base::Status forget_up_to(std::int64_t) override { return {}; }
    void note_server_time(base::Instant) override {}

  private:
    MemoryParcels& made_;
};

TEST(delivery_backlog,
     row_57_a_hundred_thousand_that_wait_are_looked_at_in_windows_and_urgent_ones_go_first) {
    const Folder folder;
    const World world;
    base::ManualClock clock{start};
    CountingLog log;
    intake::IntakeService service = service_of(world, folder / "intake", clock, log);
    MemoryParcels parcels{world};
    YearsBacklog backlog(parcels);
    Runner back(world, backlog, clock, log);
    constexpr int requests = 30;
    std::int64_t largest = 0;
    back.run(
        [&](const auto& exchange) {
            largest = std::max(largest, static_cast<std::int64_t>(exchange.body.size()));
            return ask(service, exchange);
        },
        requests);
    const std::size_t answered = backlog.sent.size();
    back.out->tick();  // a batch's receipts are read after the next one went out
    ASSERT_GT(answered, 20u);
    EXPECT_EQ(backlog.sent.front(), YearsBacklog::count) << "the urgent one";
    EXPECT_TRUE(std::is_sorted(backlog.sent.begin() + 1, backlog.sent.end())) << "then by age";
    EXPECT_EQ(parcels.complete.size(), answered) << "each has its R2";
    EXPECT_LE(backlog.widest, 256u);
    EXPECT_LE(backlog.looked_at, requests * 2 * 256);
    EXPECT_LE(largest, static_cast<std::int64_t>(papers::wire::body_bytes_max));
}

}  // namespace
