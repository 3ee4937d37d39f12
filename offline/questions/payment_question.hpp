// Orders to pay: what is due with what is waived, one order with its code, whether it was paid.
// Amounts are whole fen and are checked at both ends: the items less their reliefs are the total.
// Paid is said by the centre alone, and only with the bill's code (8 digits) and number (10). Both
// ends. Faults: BytesMalformed for a question; CentreRefused or CentreNonsense for an answer. Pure.
#pragma once

#include "base/secret.hpp"
#include "domain/payment_order.hpp"
#include "offline/questions/kinds.hpp"

#include <vector>

namespace offline::questions {

namespace refusal {
inline constexpr const char* no_cashier = "no-cashier";  // nobody takes the money of this centre
inline constexpr const char* no_such_order = "no-such-order";
inline constexpr const char* nothing_to_pay = "nothing-to-pay";
}  // namespace refusal

enum class PaymentAction { list, create, ask, cancel };

struct PaymentAsked {
    PaymentAction action = PaymentAction::list;
    Person payer;
    std::string number;  // create: of the fee; ask, cancel: of the order; list: empty
    std::string key;     // create: the same one never makes a second order; else empty
    friend bool operator==(const PaymentAsked&, const PaymentAsked&) = default;
};

base::SecretText payment_question(const PaymentAsked& asked);
// list: what is due, what is waived and what was paid lately; else the one order.
base::Result<std::vector<domain::PaymentOrder>> read_payment_answer(std::string_view json);

base::Result<PaymentAsked> read_payment_question(std::string_view json);
std::string payment_answer(const std::vector<domain::PaymentOrder>& orders);

}  // namespace offline::questions
