// A detector that cannot detect is worthless: each of these mistakes is found, and by the invariant
// that it breaks.
#include "tests/simulator/mutants.hpp"

#include "offline/sealing/signing.hpp"

#include <gtest/gtest.h>

namespace simulator {
namespace {

using namespace offline;

// Two nodes behind one name, neither of which knows what the other has stored.
class NoDedup final : public Centre {
  public:
    explicit NoDedup(const CentreParts& parts)
        : nodes_{make_centre({parts.folder + "/a", parts.realm, parts.clock, parts.log}),
                 make_centre({parts.folder + "/b", parts.realm, parts.clock, parts.log})} {}
    sync::Answer handle(const sync::Exchange& exchange) override {
        if (kind_of(exchange).what == "submit") ++turn_;
        return nodes_.at(turn_ % 2)->handle(exchange);
    }
    void hear_part(const sync::Exchange& slice, std::size_t arrived) override {
        nodes_.at(turn_ % 2)->hear_part(slice, arrived);
    }
    base::Bytes attachment(const std::string& id) override {
        auto one = nodes_[0]->attachment(id), other = nodes_[1]->attachment(id);
        return one.size() < other.size() ? other : one;
    }
    const std::vector<Effect>& effects() override {
        all_ = nodes_[0]->effects();
        const auto& more = nodes_[1]->effects();
        all_.insert(all_.end(), more.begin(), more.end());
        return all_;
    }

  private:
    std::array<std::unique_ptr<Centre>, 2> nodes_;
    std::size_t turn_ = 0;
    std::vector<Effect> all_;
};

TEST(mutants, a_centre_that_does_not_know_what_it_stored_is_found) {
    EXPECT_GT(seeds_until("I2", with_centre<NoDedup>(), 20), 0);
}

// Believes the status line instead of the signature.
class BelievesHttp final : public AroundPost {
  public:
    using AroundPost::AroundPost;
    void answered(std::int64_t reference, const base::Result<sync::Answer>& answer) override {
        if (answer && answer->status == 200) purge_one();
        AroundPost::answered(reference, answer);
    }

  private:
    void purge_one() {
        const auto waiting = outbox().waiting();
        if (!waiting || waiting->empty()) return;
        const auto parcel = outbox().parcel(waiting->front().seq);
        if (!parcel || !*parcel) return;
        papers::CentreReceipt receipt;
        receipt.seq = (*parcel)->seq;
        for (const auto kind : {papers::ReceiptKind::r1, papers::ReceiptKind::r2}) {
            receipt.kind = kind;
            [[maybe_unused]] const auto ignored =
                outbox().store_receipt(receipt, base::to_bytes("200 OK"));
        }
    }
};

TEST(mutants, a_terminal_that_deletes_on_200_is_found) {
    EXPECT_GT(seeds_until("I5", with_post<BelievesHttp>(), 20), 0);
}

TEST(mutants, a_new_number_for_each_try_is_found) {
    Makers makers;
    makers.id_again = [](const domain::SubId&, Seeded& random) {
        domain::SubId id;
        for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random.below(256));
        return id;
    };
    EXPECT_GT(seeds_until("I2", makers, 40), 0);
}

// Waits by the wall clock.
class WallDriven final : public base::Clock {
  public:
    explicit WallDriven(const base::Clock& clock) : clock_(clock) {}
    base::Instant now() const override { return clock_.now(); }
    base::Millis steady() const override { return clock_.now().time_since_epoch() - epoch; }

  private:
    // So that both clocks agree until somebody puts one.
    static constexpr base::Millis epoch{1795311660000};
    const base::Clock& clock_;
};

class WaitsByTheWall final : public AroundPost {
  public:
    WaitsByTheWall(std::unique_ptr<WallDriven> clock, std::unique_ptr<Post> inner)
        : AroundPost(nullptr), clock_(std::move(clock)) {
        inner_ = std::move(inner);
    }
    ~WaitsByTheWall() override { inner_.reset(); }

  private:
    std::unique_ptr<WallDriven> clock_;
};

TEST(mutants, a_terminal_that_waits_by_the_wall_clock_is_found) {
    Makers makers;
    makers.post = [](PostParts parts) -> base::Result<std::unique_ptr<Post>> {
        auto clock = std::make_unique<WallDriven>(parts.clock);
        auto inner = TRY(make_post(
            {parts.disk, parts.terminal, parts.keys, *clock, parts.log, parts.seed, parts.send}));
        return std::make_unique<WaitsByTheWall>(std::move(clock), std::move(inner));
    };
    EXPECT_GT(seeds_until("I22", makers, 20), 0);
}

// Tells the citizen yes and writes nothing down.
class KeepsInMemory final : public AroundPost {
  public:
    using AroundPost::AroundPost;
    base::Result<domain::LocalReceipt> accept(const outbox::Acceptance& given) override {
        auto kept = AroundPost::accept(given);
        if (kept || kept.error().code != base::FaultCode::DiskFull) return kept;
        domain::LocalReceipt slip;
        slip.sub_id = given.sub_id;
        slip.seq = 4711;
        slip.qr_text = "CW1.";
        return slip;
    }
};

TEST(mutants, a_terminal_that_says_yes_on_a_full_disk_is_found) {
    EXPECT_GT(seeds_until("I1", with_post<KeepsInMemory>(), 100), 0);
}

}  // namespace
}  // namespace simulator
