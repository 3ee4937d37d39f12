// An order to pay, as the centre says it (domain.md, PaymentOrder). Amounts are whole fen. Nothing
// of a card or an account of the payer is ever in it. Values only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

struct PaymentItem {
    std::string name, basis;  // basis: the rule by which it is asked
    std::int64_t amount_fen = 0, relief_fen = 0;
    std::string relief_basis;  // the rule by which less or nothing is paid; empty: no relief
    friend bool operator==(const PaymentItem&, const PaymentItem&) = default;
};

enum class PaymentState {
    due,        // no order yet
    waived,     // nothing is to be paid for it (免收)
    created,    // an order without a code yet
    shown,      // its code may be paid
    paid,       // the centre says so
    timed_out,  // its time is over
    failed,     // the cashier says that it came to nothing
    cancelled   // somebody went away from it
};
std::string_view name(PaymentState state);
inline constexpr int payment_states = 8;

struct PaymentOrder {
    std::string order_no;  // empty: due or waived
    std::string fee_no, payee;
    std::vector<PaymentItem> items;
    std::int64_t total_fen = 0;  // the items less their reliefs
    std::string qr_text;         // an address of the cashier while it may be paid
    std::string expires_at;      // ISO 8601; empty: no order yet
    PaymentState state = PaymentState::due;
    std::string bill_code, bill_no;  // 8 and 10 digits, once it is paid
    friend bool operator==(const PaymentOrder&, const PaymentOrder&) = default;
};

// What somebody owes and has paid: for base::Secret.
struct PaymentOrders {
    std::vector<PaymentOrder> all;
    void wipe();
    friend bool operator==(const PaymentOrders&, const PaymentOrders&) = default;
};

// Whether it holds together: sums, reliefs with their rule, what a state must have and may not.
bool is_sound(const PaymentOrder& order);
// 1234567 → 12,345.67
std::string yuan_text(std::int64_t fen);

}  // namespace domain
