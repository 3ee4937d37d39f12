// What the centre did: I2 (one effect), I6 and I7 (offsets and attachments), I8 (other bytes change
// nothing), I12 (receipts are the same bytes for ever), and that nobody is read on the line (I14).
#include "tests/simulator/checks/checks.hpp"

#include <algorithm>
#include <map>

namespace simulator {

using namespace offline;

namespace {

class CentreChecks final : public Check {
  public:
    using Check::Check;

    void sent(Machine&, const sync::Exchange& exchange, Fate) override {
        if (base::as_text(exchange.body).find(canary) != std::string_view::npos)
            broken("I14", "a person on the line");
    }

    void centre_answered(const sync::Exchange& exchange, const sync::Answer& answer) override {
        if (restores_ != world_.centre_restores()) {
            restores_ = world_.centre_restores();
            cases_.clear();
            receipts_.clear();
            acknowledged_.clear();
        }
        count_effects();
        const Kind kind = kind_of(exchange);
        if (kind.what == "batch") {
            const auto answers = papers::wire::batch_answers(answer.body);
            if (answers)
                for (const auto& one : *answers) same_bytes(one.body);
        } else if (!kind.ids.empty() || kind.what == "slice") {
            same_bytes(answer.body);
        }
        if (!kind.attachment.empty()) offsets(kind.attachment, answer);
    }

  private:
    void count_effects() {
        std::map<int, int> of_intent;
        for (const auto& effect : world_.effects()) {
            const auto* intent = world_.intent_of(effect.sub_id);
            if (intent == nullptr) {
                broken("I3", "a case for something that nobody handed in");
                continue;
            }
            if (++of_intent[intent->number] > 1) broken("I2", intent->name() + " has two cases");
            const auto [known, fresh] = cases_.emplace(effect.sub_id, effect);
            if (effect.complete && (fresh || !known->second.complete)) {
                known->second.complete = true;
                all_are_there(*intent);
            }
            if (fresh) continue;
            if (known->second.case_number != effect.case_number)
                broken("I2", intent->name() + " has another case now");
            if (known->second.manifest_digest != effect.manifest_digest)
                broken("I8", intent->name() + " was overwritten");
        }
    }

    void all_are_there(const Intent& intent) {
        for (std::size_t i = 0; i < intent.photos.size(); ++i)
            if (world_.centre()->attachment(base::to_hex(intent.given.attachments[i])) !=
                intent.photos[i])
                broken("I7", intent.name() + " is complete without its photos");
    }

    // What is acknowledged is there, is what the terminal has, and stays.
    void offsets(const std::string& id, const sync::Answer& answer) {
        const auto offset = papers::upload::offset_in(answer.headers);
        if (!offset) return;
        std::int64_t& before = acknowledged_[id];
        constexpr long begins_again = 422;
        if (answer.status != begins_again && offset->at < before)
            broken("I6", "an acknowledged offset went back");
        before = offset->at;
        const base::Bytes there = world_.centre()->attachment(id);
        for (const auto& intent : world_.intents())
            for (std::size_t i = 0; i < intent->photos.size(); ++i) {
                if (base::to_hex(intent->given.attachments[i]) != id) continue;
                const auto acknowledged = static_cast<std::size_t>(offset->at);
                const auto& own = intent->photos[i];
                if (there.size() < acknowledged || own.size() < acknowledged ||
                    !std::equal(own.begin(), own.begin() + offset->at, there.begin()))
                    broken("I6", intent->name() + " has other bytes below its offset");
            }
    }

    void same_bytes(base::ByteView body) {
        const auto bytes = papers::wire::receipt(body);
        if (!bytes) return;
        const auto receipt = papers::CentreReceipt::verify(*bytes, world_.realm().keys());
        if (!receipt) return broken("I12", "a receipt that does not verify");
        const std::string about = receipt->terminal + receipt->sub_id.text() +
                                  std::string(papers::name(receipt->kind)) +
                                  base::to_hex(receipt->manifest_digest);
        const auto [known, fresh] = receipts_.emplace(about, *bytes);
        if (!fresh && known->second != *bytes) broken("I12", "a receipt in two versions");
    }

    int restores_ = 0;
    std::map<domain::SubId, Effect> cases_;
    std::map<std::string, base::Bytes> receipts_;
    std::map<std::string, std::int64_t> acknowledged_;
};

}  // namespace

std::unique_ptr<Check> centre_checks(World& world) {
    return std::make_unique<CentreChecks>(world);
}

}  // namespace simulator
