#include "offline/intake/paying/payment_answerer.hpp"

#include <algorithm>
#include <set>

namespace offline::intake {

namespace {

using domain::PaymentOrder;
using domain::PaymentState;
using questions::PaymentAction;

base::SecretText refused(const char* reason) {
    return base::SecretText(questions::refused_answer(reason));
}
base::SecretText text_of(const std::vector<PaymentOrder>& orders) {
    return base::SecretText(questions::payment_answer(orders));
}

base::Instant begin_of_day(base::Instant now) {
    base::Instant out{};
    const auto text = base::iso8601_local(now);  // 2026-11-22T09:41:00+08:00
    base::parse_iso8601(text.substr(0, 11) + "00:00:00" + text.substr(19), out);
    return out;
}

}  // namespace

std::optional<PaymentOrder> due_of(const questions::Fee& fee) {
    const auto left = fee.due_fen - fee.paid_fen;
    if (left <= 0) return std::nullopt;
    const auto relief = std::min(fee.relief_fen, left);
    PaymentOrder out;
    out.fee_no = fee.order_no;
    out.payee = fee.payee;
    out.items = {
        {fee.purpose, fee.basis, left, relief, relief > 0 ? fee.relief_basis : std::string()}};
    out.total_fen = left - relief;
    out.state = out.total_fen == 0 ? PaymentState::waived : PaymentState::due;
    if (!domain::is_sound(out)) return std::nullopt;
    return out;
}

base::Result<std::vector<PaymentOrder>> PaymentAnswerer::list(base::ByteView person) {
    std::set<std::string> settled;
    for (const auto& order : TRY(orders_.paid(person))) settled.insert(order.fee_no);
    Orders out;
    for (const auto& fee : TRY(fees_.fees(person)))
        if (settled.count(fee.order_no) == 0)
            if (auto due = due_of(fee)) out.push_back(std::move(*due));
    for (auto& order : TRY(orders_.paid_since(person, begin_of_day(clock_.now()))))
        out.push_back(std::move(order));
    constexpr std::size_t most = 100;  // of a list in an answer
    if (out.size() > most) out.resize(most);
    return out;
}

void PaymentAnswerer::note(const PaymentOrder& order, PaymentState from) {
    log_.record(base::log::CaseMoved{"order", order.order_no, std::string(domain::name(from)),
                                     std::string(domain::name(order.state))});
}

base::Result<base::SecretText> PaymentAnswerer::create(const questions::PaymentAsked& asked,
                                                       base::ByteView person) {
    if (cashier_ == nullptr) return refused(questions::refusal::no_cashier);
    for (const auto& fee : TRY(fees_.fees(person))) {
        if (fee.order_no != asked.number) continue;
        auto due = due_of(fee);
        if (!due || due->state == PaymentState::waived)
            return refused(questions::refusal::nothing_to_pay);
        const auto order =
            TRY(orders_.create(person, std::move(*due), asked.key, *cashier_, clock_.now()));
        note(order, PaymentState::due);
        return text_of({order});
    }
    return refused(questions::refusal::no_such_order);
}

base::Result<base::SecretText> PaymentAnswerer::answer(const sealing::OpenedQuestion& question,
                                                       base::ByteView) {
    const auto asked = questions::read_payment_question(*question.plaintext);
    if (!asked) return refused(questions::refusal::malformed);
    const base::Bytes person = person_hash(keys_, asked->payer);
    if (asked->action == PaymentAction::list) return text_of(TRY(list(person)));
    if (asked->action == PaymentAction::create) return create(*asked, person);
    if (asked->action == PaymentAction::cancel && cashier_ != nullptr)
        TRY_STATUS(cashier_->close(asked->number));
    const auto found = asked->action == PaymentAction::cancel
                           ? TRY(orders_.cancel(person, asked->number, clock_.now()))
                           : TRY(orders_.find(person, asked->number, clock_.now()));
    if (!found) return refused(questions::refusal::no_such_order);
    if (found->state == PaymentState::cancelled) note(*found, PaymentState::shown);
    return text_of({*found});
}

}  // namespace offline::intake
