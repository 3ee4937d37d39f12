// Who takes the money: the seam to the province's cashier (统一支付平台). What it is asked for is a
// place where an order may be paid; what was paid it tells the order book itself. One thread at a
// time.
#pragma once

#include "base/result.hpp"
#include "domain/identifiers.hpp"
#include "domain/payment_order.hpp"

#include <memory>
#include <string>

namespace offline::intake {

class Cashier {
  public:
    virtual ~Cashier() = default;
    // The address that stands in the code. A fault: no code now, ask again later.
    virtual base::Result<std::string> open(const domain::PaymentOrder& order) = 0;
    // Nobody should pay it any more; who pays all the same has paid.
    virtual base::Status close(const std::string& order_no) = 0;
};

// Training: addresses that lead nowhere; whoever trains says what was paid (`intake cashier`).
// Service: none, until the province's cashier is connected.
std::unique_ptr<Cashier> cashier_of(domain::Realm realm);

}  // namespace offline::intake
