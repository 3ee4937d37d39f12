// What mutants are made of: wrappers around the two ends, and how soon a mutant is found.
#pragma once

#include "tests/simulator/runs.hpp"

namespace simulator {

// How many seeds it took; 0: it was not found.
inline int seeds_until(const std::string& invariant, const Makers& makers, int most) {
    for (int seed = 1; seed <= most; ++seed)
        if (run_seed(static_cast<std::uint64_t>(seed), makers).breaks(invariant)) return seed;
    return 0;
}

class AroundPost : public Post {
  public:
    explicit AroundPost(std::unique_ptr<Post> inner) : inner_(std::move(inner)) {}
    base::Result<domain::LocalReceipt> accept(const offline::outbox::Acceptance& given) override {
        return inner_->accept(given);
    }
    base::Millis tick() override { return inner_->tick(); }
    void answered(std::int64_t reference,
                  const base::Result<offline::sync::Answer>& answer) override {
        inner_->answered(reference, answer);
    }
    void line_came_back() override { inner_->line_came_back(); }
    offline::outbox::Outbox& outbox() override { return inner_->outbox(); }
    base::Instant time_floor() const override { return inner_->time_floor(); }
    int receipts_without_room() const override { return inner_->receipts_without_room(); }

  protected:
    std::unique_ptr<Post> inner_;
};

template <class Mutant>
Makers with_post() {
    Makers makers;
    makers.post = [](PostParts parts) -> base::Result<std::unique_ptr<Post>> {
        return std::make_unique<Mutant>(TRY(make_post(std::move(parts))));
    };
    return makers;
}

class AroundCentre : public Centre {
  public:
    explicit AroundCentre(const CentreParts& parts) : parts_(parts), inner_(make_centre(parts)) {}
    offline::sync::Answer handle(const offline::sync::Exchange& exchange) override {
        return inner_->handle(exchange);
    }
    void hear_part(const offline::sync::Exchange& slice, std::size_t arrived) override {
        inner_->hear_part(slice, arrived);
    }
    const std::vector<Effect>& effects() override { return inner_->effects(); }
    base::Bytes attachment(const std::string& id) override { return inner_->attachment(id); }

  protected:
    CentreParts parts_;
    std::unique_ptr<Centre> inner_;
};

template <class Mutant>
Makers with_centre() {
    Makers makers;
    makers.centre = [](const CentreParts& parts) { return std::make_unique<Mutant>(parts); };
    return makers;
}

}  // namespace simulator
