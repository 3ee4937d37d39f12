// Somebody who pays: the fees of a sample person, and the way to the code.
#include "app/training/samples/samples.hpp"

namespace app::training::samples {

using namespace session;
using domain::PaymentOrder;
using domain::PaymentOrders;
using domain::PaymentState;

PaymentOrder due_fee() {
    PaymentOrder out;
    out.fee_no = "F-2026-0001";
    out.payee = "示例县医疗保障局";
    out.items = {{"居民医保缴费", "示例医保〔2026〕1 号", 40000, 20000,
                  "示例医保〔2026〕3 号：低保对象减半"}};
    out.total_fen = 20000;
    return out;
}

PaymentOrder waived_fee() {
    PaymentOrder out;
    out.fee_no = "F-2026-0002";
    out.payee = "示例县自然资源局";
    out.items = {
        {"不动产登记费", "示例价费〔2026〕2 号", 8000, 8000, "示例政发〔2026〕5 号：免收"}};
    out.state = PaymentState::waived;
    return out;
}

PaymentOrder pay_order(PaymentState state) {
    auto out = due_fee();
    out.order_no = "JF2026112200000001";
    out.expires_at = base::iso8601_local(morning() + std::chrono::minutes{10});
    out.state = state;
    if (state == PaymentState::shown)
        out.qr_text = "https://cashier.training.invalid/pay/" + out.order_no;
    if (state == PaymentState::paid) {
        out.bill_code = "99000126";
        out.bill_no = "0000000001";
    }
    return out;
}

base::Secret<PaymentOrders> orders(std::vector<PaymentOrder> all) {
    return base::Secret<PaymentOrders>(PaymentOrders{std::move(all)});
}

Walker& Walker::to_due_wait() {
    on(PayOpened{}).on(NoticeAccepted{});
    return on(CardRead{in<flows::AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(good_card())});
}
Walker& Walker::to_due() {
    to_due_wait();
    return on(PaymentAnswered{in<flows::AskingDue>()->ticket, orders({due_fee(), waived_fee()})});
}
Walker& Walker::to_pay_order() {
    return to_due().on(DueChosen{0}).on(PayConfirmed{});
}
Walker& Walker::to_pay_code() {
    to_pay_order();
    return on(PaymentAnswered{in<flows::AskingOrder>()->ticket,
                              orders({pay_order(PaymentState::shown)})});
}
Walker& Walker::ask_whether_paid() {
    return wait(std::chrono::seconds{3});
}
Walker& Walker::pay_answer(PaymentState state) {
    return on(PaymentAnswered{in<flows::ShowingPayCode>()->ticket, orders({pay_order(state)})});
}

}  // namespace app::training::samples
