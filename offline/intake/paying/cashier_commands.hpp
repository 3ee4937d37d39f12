// `intake cashier`: the cashier of training, played by whoever trains. In service it refuses: there
// the province's cashier says what was paid.
#pragma once

#include "base/clock.hpp"
#include "offline/intake/site.hpp"

namespace offline::intake {

enum class CashierAct { list, pay, fail };
// list: "ORDER_NO STATE FEE_NO" a line. RealmMismatch, AnswerNotFound, AnswerWrong.
base::Result<std::string> cashier_text(const Site& site, CashierAct act,
                                       const std::string& order_no, base::Instant now);

}  // namespace offline::intake
