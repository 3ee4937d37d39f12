// Orders to pay: one SQLite file of its own. Orders are never deleted, and one that was paid stays
// paid, however late the money came. A person is found by a keyed hash that only the intake can
// compute; no name, number or account of theirs lies here. One thread at a time; the cashier's
// commands may work on the same file from another program.
#pragma once

#include "base/clock.hpp"
#include "domain/payment_order.hpp"
#include "offline/intake/paying/cashier.hpp"
#include "offline/store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

inline constexpr base::Millis order_time{10 * 60'000};  // how long a code may be paid

class OrderBook {
  public:
    static base::Result<OrderBook> open(const std::string& folder);

    // An order for what `due` says, or the one there is already: of the same key; of the same fee
    // while its code may be paid; of the same fee when it was paid, so that nobody pays twice.
    base::Result<domain::PaymentOrder> create(base::ByteView person, domain::PaymentOrder due,
                                              const std::string& key, Cashier& cashier,
                                              base::Instant now);
    // None: no such order of this person.
    base::Result<std::optional<domain::PaymentOrder>> find(base::ByteView person,
                                                           const std::string& order_no,
                                                           base::Instant now);
    base::Result<std::optional<domain::PaymentOrder>> cancel(base::ByteView person,
                                                             const std::string& order_no,
                                                             base::Instant now);
    // Newest first, as many as an answer may hold.
    base::Result<std::vector<domain::PaymentOrder>> paid(base::ByteView person);
    // Paid at or after `since`, newest first.
    base::Result<std::vector<domain::PaymentOrder>> paid_since(base::ByteView person,
                                                               base::Instant since);

    // ---- the cashier's word
    // Of whatever state: money that came is kept. AnswerNotFound.
    base::Status pay(const std::string& order_no, base::Instant now);
    // AnswerNotFound; AnswerWrong when it is not to be paid any more.
    base::Status fail(const std::string& order_no);
    base::Result<std::vector<domain::PaymentOrder>> all();

  private:
    explicit OrderBook(store::Database database) : database_(std::move(database)) {}
    base::Result<std::optional<domain::PaymentOrder>> one(store::Query query);
    base::Result<std::vector<domain::PaymentOrder>> list(store::Query query);
    base::Status keep(const domain::PaymentOrder& order);
    // Those whose time is over say so.
    base::Status let_time_pass(base::Instant now);
    store::Database database_;
};

}  // namespace offline::intake
