// What happens while somebody pays: presses, and what the centre answers. Alternatives of
// session::Event.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/identifiers.hpp"
#include "domain/payment_order.hpp"

#include <cstddef>

namespace session {

struct PayOpened {};
struct DueChosen {
    std::size_t which = 0;
};
struct PayConfirmed {};   // 去缴费
struct PayWaysOpened {};  // 怎样用其他方式缴
struct PayAskedAgain {};  // what is due, once more
struct BillWanted {};
struct PayFinished {};

// To a list what is due and was paid; else the one order.
struct PaymentAnswered {
    domain::Ticket ticket;
    base::Result<base::Secret<domain::PaymentOrders>> orders;
};

}  // namespace session
