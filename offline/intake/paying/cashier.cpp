#include "offline/intake/paying/cashier.hpp"

namespace offline::intake {

namespace {

class TrainingCashier final : public Cashier {
  public:
    base::Result<std::string> open(const domain::PaymentOrder& order) override {
        return "https://cashier.training.invalid/pay/" + order.order_no;
    }
    base::Status close(const std::string&) override { return {}; }
};

}  // namespace

std::unique_ptr<Cashier> cashier_of(domain::Realm realm) {
    if (realm == domain::Realm::training) return std::make_unique<TrainingCashier>();
    return nullptr;
}

}  // namespace offline::intake
