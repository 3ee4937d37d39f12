// The intake's side of paying: what is due with its reliefs, orders, what became of them.
#pragma once

#include "offline/intake/paying/order_book.hpp"
#include "offline/intake/question_desk.hpp"
#include "offline/questions/payment_question.hpp"

namespace offline::intake {

// What is still to be paid of a fee, as an order without a number: due, or waived whole. None:
// nothing is left of it. Pure.
std::optional<domain::PaymentOrder> due_of(const questions::Fee& fee);

class PaymentAnswerer final : public Answerer {
  public:
    // `cashier`: none where nobody takes money; orders are refused then.
    PaymentAnswerer(OrderBook orders, AnswerBook fees, std::unique_ptr<Cashier> cashier,
                    sealing::IntakeKeys keys, const base::Clock& clock, base::EventLog& log)
        : orders_(std::move(orders)),
          fees_(std::move(fees)),
          cashier_(std::move(cashier)),
          keys_(std::move(keys)),
          clock_(clock),
          log_(log) {}
    questions::Kind kind() const override { return questions::Kind::payment; }
    base::Result<base::SecretText> answer(const sealing::OpenedQuestion& question,
                                          base::ByteView sealed) override;

  private:
    using Orders = std::vector<domain::PaymentOrder>;
    base::Result<Orders> list(base::ByteView person);
    // An order moved on: its number and the words of its states, no sum and nobody's name.
    void note(const domain::PaymentOrder& order, domain::PaymentState from);
    base::Result<base::SecretText> create(const questions::PaymentAsked& asked,
                                          base::ByteView person);

    OrderBook orders_;
    AnswerBook fees_;
    std::unique_ptr<Cashier> cashier_;
    sealing::IntakeKeys keys_;
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::intake
